"""Whose week is when, and who has something to say about one; for many people at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handlers.hours import DAY, Hours
from handlers.work import Work
from review import check_in
from review.check_in import Works
from review.cycle import Cycle, is_year
from review.goal_progress import NOTING
from review.goal_setting import GoalMarks
from review.people import EmployeeId, Person
from review.record import ReviewId
from review.stages import Stage


class Weeks:
    """Each person's working days; for people alike a week is looked at once."""

    def __init__(self, work: Work) -> None:
        """Take the company's calendar."""
        self._work = work
        self._hours: dict[tuple[object, ...], Hours] = {}
        self._asked: dict[tuple[object, ...], date | None] = {}

    def works(self, person: Person) -> Works:
        """Whether they work on a day: none of their leave, nor before they came or after."""
        alike = (person.time_zone, person.work_week)
        if alike not in self._hours:
            self._hours[alike] = Hours(self._work.company, person)
        hours = self._hours[alike]

        def on(day: date) -> bool:
            there = not person.on_leave(day) and not person.has_left(day)
            came = person.hired_on is None or person.hired_on <= day
            return there and came and hours.is_working_day(day)

        return on

    def asked_on(self, person: Person, week: date) -> date | None:
        """When they are asked about that week; None: they do not work in it."""
        away = (person.leave_from, person.leave_to, person.hired_on, person.left_on)
        alike = (week, person.time_zone, person.work_week, *away)
        if alike not in self._asked:
            day = self._work.company.policy.check_in.day
            self._asked[alike] = check_in.asked_on(week, self.works(person), day)
        return self._asked[alike]

    def first(self, person: Person, week: date) -> date | None:
        """The first day of that week that they work."""
        return next(iter(check_in.worked(week, self.works(person))), None)

    def running(self, person: Person, today: date, until: datetime | None = None) -> date:
        """The week about which they can answer on that day.

        `until`: when they asked to be told again; on that day what ran the day before runs on, so
        that a check-in put off to Monday is not over by then.
        """
        again = until is not None and self._work.date_of(until, person) == today
        return check_in.running(today - DAY if again else today, self.works(person))


def is_asked(cycle: Cycle, on: date) -> bool:
    """Whether goals of that cycle are asked about on that day; a year has none of its own."""
    return not is_year(cycle.name) and cycle.starts <= on <= cycle.ends


def stand(marks: GoalMarks | None, cycle: Cycle, on: date, work: Work) -> bool:
    """Whether goals were settled by then: agreed, or the day for them had passed."""
    if marks is not None and marks.agreed_at is not None:
        return work.date_of(marks.agreed_at) <= on or on > cycle.goals_due
    return on > cycle.goals_due and work.date_of(cycle.opened_at) <= on


async def with_goals(
    people: Collection[EmployeeId] | None,
    on: date,
    work: Work,
    stages: Collection[Stage] = NOTING,
) -> dict[ReviewId, EmployeeId]:
    """The records whose goals are asked about then, and whose each is; opens no text.

    None: everybody's.
    """
    found: dict[ReviewId, EmployeeId] = {}
    for cycle in await work.tx.cycles.running():
        if not is_asked(cycle, on):
            continue
        standings = await work.tx.reviews.standings(cycle.id, people)
        noting = {one.id: one.employee_id for one in standings if one.stage in stages}
        marks = await work.tx.goals.marks(noting)
        found |= {
            review: employee
            for review, employee in noting.items()
            if stand(marks[review].marks if review in marks else None, cycle, on, work)
        }
    return found


async def has_something(
    people: Collection[EmployeeId], on: date, work: Work
) -> frozenset[EmployeeId]:
    """Who of them had goals that stand by then, or has something to do from that time."""
    if not people:
        return frozenset()
    goals = await with_goals(people, on, work)
    until = datetime.combine(on + DAY, time(), ZoneInfo(work.company.time_zone))
    return frozenset(goals.values()) | await work.tx.actions.busy(people, until)
