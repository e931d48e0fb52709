"""How far a cycle is, department by department or team by team, for those who may see it."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.work import Work
from prompts.screens.progress import Counts, Line, Progress
from review.cycle import Cycle
from review.people import EmployeeId, Person
from review.roster import Roster
from review.stages import Stage
from storage.standings import Standing

ROWS = 20
"""Departments or teams on one picture (the scheme's number for the board)."""
SIGNED = {Stage.INTERVIEW, Stage.HELD, Stage.ACKNOWLEDGED, Stage.CLOSED}

Named = tuple[str, str, list[Standing]]
"""Kind and name of a group, and where its people stand."""


async def of_cycle(cycle: Cycle, viewer: Person, work: Work) -> Progress | None:
    """What somebody may see of it; None if that is nothing.

    HR admins see all departments, HR partners theirs, a manager the teams in their own sub-tree.
    """
    found = {
        one.employee_id: one
        for one in await work.tx.reviews.standings(cycle.id)
        if one.stage is not Stage.EXCLUDED
    }
    roster = Roster.of(await work.tx.people.all(), work.company.hr_admins)
    groups = list(_groups(viewer, found, roster, everything=work.is_hr_admin(viewer)))
    if work.is_hr_admin(viewer):
        seen = list(found.values())
    else:
        seen = list({one.id: one for _, _, group in groups for one in group}.values())
    if not seen:
        return None
    lines = sorted((_line(*group) for group in groups), key=_slowest)
    shown = lines[:ROWS] if len(lines) > 1 else []
    return Progress(
        cycle=cycle.name,
        whole=_counted(seen),
        self_due=cycle.self_due,
        manager_due=cycle.manager_due,
        hr_due=cycle.hr_due,
        today=work.today(viewer),
        lines=tuple(shown),
        more=len(lines) - ROWS if len(lines) > ROWS else 0,
    )


def _groups(
    viewer: Person, found: dict[EmployeeId, Standing], roster: Roster, *, everything: bool
) -> Iterable[Named]:
    """The departments, then the teams, that somebody may see and that have people under review."""
    for name, members in roster.departments().items():
        if everything or any(one.hrbp_id == viewer.employee_id for one in members):
            yield from _named("department", name, members, found)
    if not everything:
        for head in (viewer, *roster.subtree(viewer.employee_id)):
            reports = roster.reports_of(head.employee_id)
            yield from _named("manager", head.name, reports, found)


def _named(
    kind: str, name: str, people: Iterable[Person], found: dict[EmployeeId, Standing]
) -> Iterable[Named]:
    group = [found[one.employee_id] for one in people if one.employee_id in found]
    if group:
        yield kind, name, group


def _line(kind: str, name: str, group: list[Standing]) -> Line:
    return Line(kind=kind, name=name, counts=_counted(group))


def _counted(group: list[Standing]) -> Counts:
    return Counts(
        people=len(group),
        self_in=sum(one.self_at is not None for one in group),
        rated=sum(one.rated_at is not None for one in group),
        signed=sum(one.stage in SIGNED for one in group),
    )


def _slowest(line: Line) -> tuple[float, int, str]:
    """Least done of all there is to do; among equals the larger first."""
    counts = line.counts
    done = counts.self_in + counts.rated + counts.signed
    return done / counts.people, -counts.people, line.name
