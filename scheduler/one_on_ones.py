"""Each pair's next one-on-one is given a time, some days ahead."""

from __future__ import annotations

from handlers import entries
from handlers.one_on_one_plan import parted, plan_all
from handlers.ports import Deps
from handlers.work import Work
from review.one_on_one import State

RULE = "one_on_ones"


async def one_on_ones(deps: Deps) -> None:
    """Once a day; both hear of it in their next message of a day."""
    if not deps.company.policy.one_on_one.on:
        return
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        mark = await tx.occurrences.mark(RULE)
        if mark is not None and work.date_of(mark) >= work.today():
            return
        planned = await plan_all(work)
        gone = await parted(work) if deps.company.planners else ()
    async with deps.database.begin() as tx:
        made = await tx.one_on_ones.plan(planned)
        ahead = [one for one in made if one.state is State.AHEAD]
        await entries.talks(
            [*ahead, *gone], Work(tx=tx, company=deps.company, now=deps.clock.now())
        )
        await tx.occurrences.set_mark(RULE, deps.clock.now())
