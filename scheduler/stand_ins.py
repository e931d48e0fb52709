"""Somebody begins or ends to stand in for somebody: both see what is on their desks that day."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.delegate import show_desks
from handlers.ports import Deps
from handlers.work import Work
from storage.delegations import Delegation

RULE = "stand_in"
DAY = timedelta(days=1)
BACK = 7 * DAY
"""How long after its end one is still looked at, after time in which nobody did (ours)."""


async def stand_ins(deps: Deps) -> None:
    """Paint their lists anew on the first day, and on the day after the last; each once."""
    async with deps.database.begin(write=False) as tx:
        today = Work(tx=tx, company=deps.company, now=deps.clock.now()).today()
        found = await tx.delegations.from_on(today - BACK)
        if not found:
            return
        happened = await tx.occurrences.happened(RULE, min(one.first_day for one in found))
        known = {(one, day) for one, day, _ in happened}
    due = [
        (one, day)
        for one in found
        for day in _turns(one)
        if day <= today and (one.id, day) not in known
    ]
    if not due:
        return
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        for one, day in due:
            if await tx.occurrences.happens(RULE, one.id, day, "turn"):
                await show_desks((one.owner, one.stand_in), work)


def _turns(one: Delegation) -> tuple[date, date]:
    return one.first_day, one.last_day + DAY
