"""On the first working day of a month the channel reads who was praised in the one before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from handlers.hours import Hours
from handlers.ports import Deps
from handlers.praise_messages import paint_board
from handlers.work import Work
from review.praise import next_month

MARK = "praise_board"


async def praise_board(deps: Deps) -> None:
    """Post the boards that fell due since the last one; the first look has nothing to make up.

    A month in which nobody was praised has none: its message has nothing to say, and is dropped.
    """
    if not deps.company.praise_channels:
        return
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        seen = await tx.occurrences.mark(MARK)
        due = () if seen is None else tuple(_due(seen, work))
    if seen is not None and not due:
        return
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        for month, moment in due:
            await paint_board(month, moment, work)
        await tx.occurrences.set_mark(MARK, work.now)


def _due(seen: datetime, work: Work) -> Iterator[tuple[date, datetime]]:
    """The first day of each month whose board fell due after that moment, and when it did."""
    hours = Hours(work.company)
    month = (hours.date_of(seen).replace(day=1) - timedelta(days=1)).replace(day=1)
    while month < hours.date_of(work.now).replace(day=1):
        due = hours.first_of(next_month(month))
        if seen < due <= work.now:
            yield month, due
        month = next_month(month)
