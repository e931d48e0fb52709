"""A day begins: who left before the review is left out of it, and who is back is taken in."""

from __future__ import annotations

from handlers.membership import look
from handlers.ports import Deps
from handlers.work import Work

RULE = "who_is_in"


async def who_is_in(deps: Deps) -> None:
    """Look once a day at everybody in each running cycle; an import looks at its own people."""
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        running, today = await tx.cycles.running(), work.today()
        looked = {(one, day) for one, day, _ in await tx.occurrences.happened(RULE, today)}
    for cycle in running:
        if (cycle.id, today) in looked:
            continue
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=deps.clock.now())
            if await tx.occurrences.happens(RULE, cycle.id, today, "day"):
                await look(cycle, work)
