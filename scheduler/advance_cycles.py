"""Deadlines that pass: the self-review opens, and closes."""

from __future__ import annotations

from handlers import living
from handlers.hours import Hours
from handlers.ports import Deps
from handlers.team import manager_of
from handlers.work import Work
from review.cycle import Cycle
from review.people import EmployeeId, Person
from review.stages import Stage


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
        await _paint(cycle, moved, work)


async def _open_self_review(cycle: Cycle, work: Work) -> None:
    moved: list[EmployeeId] = []
    for stage in (Stage.GOALS, Stage.GOALS_SUBMITTED):
        moved += await work.tx.reviews.move_all(cycle.id, stage, Stage.SELF_REVIEW)
    await _paint(cycle, tuple(moved), work)


async def _paint(cycle: Cycle, moved: tuple[EmployeeId, ...], work: Work) -> None:
    """Tell each of them, and their managers, within their hours."""
    if not moved:
        return
    records = {one.employee_id: one for one in await work.tx.reviews.standings(cycle.id, moved)}
    managers: dict[EmployeeId, Person] = {}
    for person in await work.tx.people.many(moved):
        due = Hours(work.company, person).opens(work.now)
        await living.my_review(records[person.employee_id].id, person.employee_id, work, due=due)
        manager = await manager_of(person, work)
        if manager is not None:
            managers[manager.employee_id] = manager
    for manager in managers.values():
        due = Hours(work.company, manager).opens(work.now)
        await living.team_lists(manager, cycle.id, work, due=due)
    await living.board(cycle.id, work)
