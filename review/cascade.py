"""Company goal, department goal, period goal: what the goals of seniors serve (the scheme)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from review.people import EmployeeId, Person
from review.roster import Roster

MOST = 10
"""Goals of a company or department in one period (ours)."""


class Level(StrEnum):
    """Whose goals they are."""

    COMPANY = "company"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeGoal:
    """One goal that others can serve."""

    id: str
    title: str
    means: str = ""
    """What it means."""
    serves: str = ""
    """Of a department's goal: the id of the company's that it serves; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeSheet:
    """The goals of the company, or of a department, in one period."""

    period: str
    """A half-year or a year: "2026H2", "2026"."""
    level: Level
    department: str = ""
    """Empty for the company."""
    goals: tuple[CascadeGoal, ...]
    set_by: EmployeeId
    set_at: datetime


def heads_of(department: str, roster: Roster, on: date) -> frozenset[EmployeeId]:
    """Who heads a department: those in it whose manager is not in it (ours).

    Whoever has left by that day does not count.
    """
    members = roster.departments().get(department, ())
    inside = {one.employee_id for one in members if not one.has_left(on)}
    return frozenset(
        one.employee_id
        for one in members
        if one.employee_id in inside and one.manager_id not in inside
    )


def may_set(who: Person, level: Level, department: str, roster: Roster, on: date) -> bool:
    """HR admins set the company's and every department's; a head sets their own department's."""
    if who.employee_id in roster.hr_admins:
        return True
    return level is Level.DEPARTMENT and who.employee_id in heads_of(department, roster, on)


def periods(cycle: str) -> tuple[str, ...]:
    """The periods whose goals count in a cycle of that name: its own, and its whole year."""
    return tuple(dict.fromkeys((cycle, cycle[:4])))


def half_year(on: date) -> str:
    """The half-year that a day lies in, such as "2026H2"."""
    return f"{on.year}H{1 if on.month <= 6 else 2}"  # noqa: PLR2004


def offered(sheets: Iterable[CascadeSheet]) -> tuple[CascadeGoal, ...]:
    """What a senior's goal may serve: the department's goals first, then the company's."""
    kept = sorted(sheets, key=lambda one: one.level is Level.COMPANY)
    return tuple(goal for sheet in kept for goal in sheet.goals)
