"""45 and 21 days before a period ends, each manager is asked once: who has not heard it yet?"""

from __future__ import annotations

from datetime import timedelta

from handlers.early_look import KIND
from handlers.hours import Hours
from handlers.ports import Deps
from handlers.team import with_stand_ins
from handlers.work import Work
from review.cycle import Cycle, is_year
from review.desks import desks
from review.stages import Stage
from storage.notice import BULK, Notice

MARK = "early_look/"
"""Mark of each cycle and look: it was written down for every manager."""


async def early_look(deps: Deps) -> None:
    """Write the looks that are due; of two that were missed the later one.

    A look that fell due before the cycle was opened is not made up for, nor is any once the
    period is over. A whole year brings none: its last quarter does (ours).
    """
    async with deps.database.begin(write=False) as tx:
        running = await tx.cycles.running()
        marks = await tx.occurrences.marks(MARK)
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        due = [
            (cycle, days)
            for cycle in running
            if not is_year(cycle.name)
            and (days := _due(cycle, work)) is not None
            and _name(cycle, days) not in marks
        ]
    for cycle, days in due:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=deps.clock.now())
            await _write(cycle, days, work)
            await tx.occurrences.set_mark(MARK + _name(cycle, days), work.now)


def _name(cycle: Cycle, days: int) -> str:
    return f"{cycle.id}/{days}"


def _due(cycle: Cycle, work: Work) -> int | None:
    """How many days before the end the latest look was that fell due, if any."""
    today, opened = work.today(), work.date_of(cycle.opened_at)
    if today > cycle.ends:
        return None
    fell = [
        days
        for days in work.company.policy.no_surprise.looks
        if opened <= cycle.ends - timedelta(days=days) <= today
    ]
    return min(fell, default=None)


async def _write(cycle: Cycle, days: int, work: Work) -> None:
    """One a manager who has somebody in the cycle, inside the manager's own hours."""
    inside = [
        one.employee_id
        for one in await work.tx.reviews.standings(cycle.id)
        if one.stage is not Stage.EXCLUDED
    ]
    roster = await with_stand_ins(await work.tx.people.all(), work)
    today = work.today()
    held = {desks(roster.people[one], roster, today).manager for one in inside}
    await work.tx.outbox.put_all(
        Notice(
            kind=KIND,
            receiver=manager,
            facts={"cycle": cycle.id},
            once=f"{KIND}/{cycle.id}/{days}/{manager}",
            due=Hours(work.company, roster.people[manager]).opens(work.now),
            priority=BULK,
        )
        for manager in held
        if manager is not None
    )
