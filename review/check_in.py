"""The short weekly check-in: which week it is about, when it is asked, and what is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from review.errors_check_in import CheckInOver, CheckInsOff
from review.people import EmployeeId
from review.policy import CheckIns

Works = Callable[[date], bool]
"""Whether somebody works that day."""
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
LAST = "last"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ON = (LAST, *DAYS)
"""On which day of their week people are asked."""
FARTHEST = timedelta(days=60)
"""A week that was last worked longer ago is not answered any more (ours)."""
REST = ""
"""The small departments, together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """That somebody answered about one week, and the text that they added, if any.

    What they said of goals and actions stands with the goals and the actions.
    """

    employee_id: EmployeeId
    week: date
    """Its Monday."""
    answered_at: datetime
    """When they first answered."""
    revision: int = 0
    """How often the text was changed."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who were asked have answered."""

    answered: int
    asked: int


def week_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def worked(week: date, works: Works) -> tuple[date, ...]:
    """The days of that week that are worked."""
    days = (week + number * DAY for number in range(7))
    return tuple(day for day in days if works(day))


def asked_on(week: date, works: Works, on: str) -> date | None:
    """The day on which somebody is asked about that week; None: they work on no day of it.

    Where the day that a company chose is off, it is the working day before it, else the next.
    """
    days = worked(week, works)
    if not days:
        return None
    if on == LAST:
        return days[-1]
    wanted = week + DAYS.index(on) * DAY
    return max((day for day in days if day <= wanted), default=days[0])


def running(today: date, works: Works) -> date:
    """The week that can be answered about: until somebody's next working week begins.

    It is the week of the last day that they worked, today included.
    """
    day = today
    while today - day <= FARTHEST:
        if works(day):
            return week_of(day)
        day -= DAY
    return week_of(today)


def check_on(rules: CheckIns) -> None:
    """Raises CheckInsOff where the company does without."""
    if not rules.on:
        raise CheckInsOff


def check_runs(week: date, now: date) -> None:
    """Raises CheckInOver for any other week than the one that runs now."""
    if week != now:
        raise CheckInOver


def ends_on(week: date, works: Works) -> date:
    """The first working day after that week: from then on it is over."""
    day = week + WEEK
    while not works(day) and day - week <= FARTHEST:
        day += DAY
    return day


def first_of_month(week: date, works: Works) -> bool:
    """Whether no earlier week that began in its month had a working day: a month is looked back on.

    A week belongs to the month of its Monday (ours).
    """
    earlier = week - WEEK
    while earlier.month == week.month:
        if worked(earlier, works):
            return False
        earlier -= WEEK
    return True


def month_before(week: date) -> tuple[date, date]:
    """The first day of the month before that week's, and of the week's own."""
    ends = week.replace(day=1)
    return (ends - DAY).replace(day=1), ends


def by_department(
    asked: Mapping[EmployeeId, str], answered: frozenset[EmployeeId], least: int
) -> Mapping[str, Share]:
    """How many answered in each department of at least so many who were asked, by name.

    The smaller ones count together as REST, and where they are too few even so, the next
    larger ones with them: so nobody finds a small one by taking away the others. Nothing is told
    of fewer than `least` in all.
    """
    if len(asked) < least:
        return {}
    groups: dict[str, list[EmployeeId]] = {}
    for one, department in asked.items():
        groups.setdefault(department, []).append(one)
    rest = groups.pop(REST, [])
    named = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    while named and (len(named[-1][1]) < least or 0 < len(rest) < least):
        rest += named.pop()[1]
    found = {name: _share(people, answered) for name, people in sorted(named)}
    return found | ({REST: _share(rest, answered)} if rest else {})


def _share(people: list[EmployeeId], answered: frozenset[EmployeeId]) -> Share:
    return Share(sum(one in answered for one in people), len(people))
