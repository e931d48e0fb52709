"""One period's review of everybody in a track."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from review.errors import CycleClosed, DeadlinesOutOfOrder, UnknownCycleName
from review.people import Person, Track
from review.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """A cycle and its deadlines. Dates are days in each person's own time zone, both ends in."""

    name: str
    """Such as "2026Q4", "2026H2" or "2026"."""
    track: Track
    starts: date
    ends: date
    goals_due: date
    self_open: date
    self_due: date
    manager_due: date
    skip_due: date
    hr_due: date
    interview_due: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    revision: int = 0

    @property
    def id(self) -> str:
        """The id: "2026Q4" for staff, "2026H2/senior" for seniors; unique over all cycles."""
        return self.name if self.track is Track.STAFF else f"{self.name}/{self.track}"


def is_year(cycle: str) -> bool:
    """Whether a cycle's id or name is a whole year's: "2026", "2026/senior"."""
    return cycle[4:5] in {"", "/"}


def place_in_year(name: str) -> tuple[int, int]:
    """The place of a cycle's last quarter in its year, and how many quarters it lasts.

    "2026Q3" is (3, 1), "2026H2" is (4, 2).
    """
    number = int(name[5])
    return (number, 1) if name[4] == "Q" else (2 * number, 2)


def parts_of(year: str) -> tuple[str, ...]:
    """The names of a year's quarters and half-years, of both tracks."""
    return (*(f"{year}Q{n}" for n in range(1, 5)), *(f"{year}H{n}" for n in (1, 2)))


def check_open(cycle: Cycle) -> None:
    """Raises CycleClosed if it is over."""
    if cycle.closed_at is not None:
        raise CycleClosed(cycle.name)


@dataclass(frozen=True, slots=True)
class Period:
    """What a cycle's name stands for; both ends in."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """A cycle's period and deadlines."""

    starts: date
    ends: date
    goals_due: date
    self_open: date
    self_due: date
    manager_due: date
    skip_due: date
    hr_due: date
    interview_due: date


HIRED_LATE = "hired_late"
LEFT = "left"
ON_LEAVE = "on_leave"

_NAME = re.compile(r"([12][0-9]{3})(?:Q([1-4])|H([12]))?", re.ASCII)
_IN_ORDER = (
    "starts",
    "goals_due",
    "self_open",
    "self_due",
    "manager_due",
    "skip_due",
    "hr_due",
    "interview_due",
)
_RIGHT = {Track.STAFF: "2026Q4, 2026", Track.SENIOR: "2026H2, 2026"}


def period(name: str, track: Track) -> Period:
    """The period of a name, in any case: staff by quarter, seniors by half-year, both by year.

    Raises UnknownCycleName, which says what would be right for that track.
    """
    found = _NAME.fullmatch(name.strip().upper())
    if found is None:
        raise UnknownCycleName(name, _RIGHT[track])
    year, quarter, half = int(found[1]), found[2], found[3]
    if (half and track is Track.STAFF) or (quarter and track is Track.SENIOR):
        raise UnknownCycleName(name, _RIGHT[track])
    if quarter:
        first, months = 3 * int(quarter) - 2, 3
    elif half:
        first, months = 6 * int(half) - 5, 6
    else:
        first, months = 1, 12
    after = first + months
    next_start = date(year + 1, 1, 1) if after > 12 else date(year, after, 1)  # noqa: PLR2004
    return Period(found[0], date(year, first, 1), next_start - timedelta(days=1))


def previous(cycle: Cycle, every: Iterable[Cycle]) -> Cycle | None:
    """The closed cycle of the same track and kind of period that came last before it, if any."""
    kind = slice(4, 5)
    found = [
        one
        for one in every
        if one.closed_at is not None
        and one.track is cycle.track
        and one.name[kind] == cycle.name[kind]
        and one.ends < cycle.starts
    ]
    return max(found, key=lambda one: one.ends, default=None)


def default_dates(
    starts: date, ends: date, policy: Policy, add_working_days: Callable[[date, int], date]
) -> Dates:
    """The policy's deadlines, counted in working days after the period's end.

    `add_working_days(day, n)` gives the n-th working day after a day.
    """
    due = policy.calendar
    return Dates(
        starts=starts,
        ends=ends,
        goals_due=add_working_days(starts, due.goals_due),
        self_open=add_working_days(ends, due.self_open),
        self_due=add_working_days(ends, due.self_due),
        manager_due=add_working_days(ends, due.manager_due),
        skip_due=add_working_days(ends, due.skip_due),
        hr_due=add_working_days(ends, due.hr_due),
        interview_due=add_working_days(ends, due.interview_due),
    )


def check_dates(dates: Dates | Cycle) -> None:
    """Refuse deadlines in the wrong order; two on one day are fine. Raises DeadlinesOutOfOrder."""
    for first, second in (("starts", "ends"), *pairwise(_IN_ORDER)):
        if getattr(dates, first) > getattr(dates, second):
            raise DeadlinesOutOfOrder(first, second)


def exclusion(person: Person, cycle: Cycle, on: date, policy: Policy) -> str | None:
    """Why somebody is left out of a cycle, None if they are in it (ours).

    "left": their last day is before `on`, the day of the review. "hired_late": hired less than
    60 days before the period's end. "on_leave": on leave for more than half of its days.
    """
    rules = policy.membership
    if person.has_left(on):
        return LEFT
    if person.hired_on and (cycle.ends - person.hired_on).days < rules.least_days:
        return HIRED_LATE
    days = (cycle.ends - cycle.starts).days + 1
    if _leave_days(person, cycle.starts, cycle.ends) > rules.most_leave * days:
        return ON_LEAVE
    return None


def _leave_days(person: Person, starts: date, ends: date) -> int:
    """Days of leave within the period; a leave without an end goes on."""
    if person.leave_from is None:
        return 0
    first, last = max(person.leave_from, starts), min(person.leave_to or ends, ends)
    return max(0, (last - first).days + 1)
