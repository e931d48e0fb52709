"""Deadlines that pass: the self-review opens, and closes."""

from __future__ import annotations

from collections import Counter

from handlers import living
from handlers.hours import Hours
from handlers.ports import Deps
from handlers.team import with_stand_ins
from handlers.work import Work
from review.cycle import Cycle
from review.desks import desks
from review.people import EmployeeId
from review.stages import Stage
from storage.audit import Happened


async def advance_cycles(deps: Deps) -> None:
    """Move every record whose day has come; each move happens once, whoever looks."""
    async with deps.database.begin(write=False) as tx:
        running = await tx.cycles.running()
    for cycle in running:
        async with deps.database.begin() as tx:
            await _advance(cycle, Work(tx=tx, company=deps.company, now=deps.clock.now()))


async def _advance(cycle: Cycle, work: Work) -> None:
    today = work.today()
    if today >= cycle.self_open:
        await _open_self_review(cycle, work)
    if today > cycle.self_due:
        moved = await work.tx.reviews.move_all(cycle.id, Stage.SELF_REVIEW, Stage.MANAGER_REVIEW)
        await _tell(cycle, moved, "self_review.closed", work)


async def _open_self_review(cycle: Cycle, work: Work) -> None:
    moved: list[EmployeeId] = []
    for stage in (Stage.GOALS, Stage.GOALS_SUBMITTED):
        moved += await work.tx.reviews.move_all(cycle.id, stage, Stage.SELF_REVIEW)
    await _tell(cycle, tuple(moved), "self_review.opened", work)


async def _tell(cycle: Cycle, moved: tuple[EmployeeId, ...], event: str, work: Work) -> None:
    """Write it into each record's trail; tell them, and their managers, within their hours."""
    if not moved:
        return
    records = {one.employee_id: one for one in await work.tx.reviews.standings(cycle.id)}
    await work.tx.audit.record_all(
        Happened(event=event, subject=records[one].id, actor=None, at=work.now) for one in moved
    )
    roster = await with_stand_ins(await work.tx.people.all(), work)
    today = work.today()
    rated_by = {
        one: desks(person, roster, today).manager
        for one in records
        if (person := roster.get(one)) is not None
    }
    shown = [
        living.own(records[one].id, one, Hours(work.company, roster.people[one]).opens(work.now))
        for one in moved
    ]
    teams = Counter(rated_by.values())
    for manager in sorted({head for one in moved if (head := rated_by[one]) is not None}):
        due = Hours(work.company, roster.people[manager]).opens(work.now)
        shown += living.lists(manager, cycle.id, living.pages(teams[manager]), due)
    await work.tx.outbox.paint_all([*shown, *living.boards(cycle.id, work)])
