"""What a reminder says, and putting it off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.answers import Answer, Says
from handlers.hours import DAY, Hours
from handlers.status import may_write
from handlers.team import standings_of
from handlers.work import Act, Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens.reminders import Due, reminder
from review.cycle import Cycle
from review.people import Person
from review.stages import Stage

BEFORE, ON, AFTER, ASKED = "before", "on", "after", "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Which reminders of a cycle somebody gets today, made up for ones included."""

    own: str | None
    """Of their self-review."""
    rating: str | None
    """Of their ratings."""
    late_writers: bool
    """They are told whose self-review is late."""
    late_raters: bool
    """They are told whose ratings are late."""

    def __bool__(self) -> bool:
        """Any at all."""
        return bool(self.own or self.rating or self.late_writers or self.late_raters)


def slots_for(
    person: Person, cycle: Cycle, last: date, until: datetime | None, work: Work
) -> Slots:
    """What the calendar says, since they were last looked at on the day `last`.

    `until`: they asked not to be reminded before then. What fell due before the cycle was opened
    is not made up for.
    """
    rules = work.company.policy.calendar
    hours = Hours(work.company, person)
    today = work.today(person)
    opened = cycle.opened_at.astimezone(hours.zone).date()
    last = max(last, min(opened, today) - DAY)
    known = (last, today, hours, (rules.remind_before, rules.remind_after))
    asked = until is not None and last < until.astimezone(hours.zone).date() <= today
    return Slots(
        own=ASKED if asked else slot(cycle.self_due, *known),
        rating=ASKED if asked else slot(cycle.manager_due, *known),
        late_writers=goes_up(cycle.self_due, *known),
        late_raters=goes_up(cycle.manager_due, *known),
    )


def slot(
    due: date, last: date, today: date, hours: Hours, company_calendar: tuple[int, int]
) -> str | None:
    """Which reminder of a deadline fell on a day after `last` and up to today, if any.

    A day before, on the day, and some working days after. Deadlines that fall on a day off are
    reminded of when work resumes. Of several that were missed only the latest is made up for,
    in words that are true today.
    """
    before, after = company_calendar
    days = {
        BEFORE: _resumes(due - before * DAY, hours),
        ON: _resumes(due, hours),
        AFTER: hours.add_working_days(due, after),
    }
    if days[BEFORE] >= due:
        del days[BEFORE]
    fell = [(day, name) for name, day in days.items() if last < day <= today]
    if not fell:
        return None
    day, name = max(fell, key=lambda one: one[0])
    if day == today or name == AFTER:
        return name
    return AFTER if today > due else ASKED


def goes_up(
    due: date, last: date, today: date, hours: Hours, company_calendar: tuple[int, int]
) -> bool:
    """Whether the next level is told of a deadline that passed: once, a working day later."""
    _, after = company_calendar
    return last < hours.add_working_days(due, after + 1) <= today


def _resumes(day: date, hours: Hours) -> date:
    while not hours.is_working_day(day):
        day += timedelta(days=1)
    return day


async def due_for(
    person: Person, cycle: Cycle, last: date, work: Work
) -> tuple[tuple[Due, ...], tuple[str, ...]]:
    """What somebody is reminded of today in a cycle, and whose lateness they are told of.

    `last`: the day on which they were looked at before.
    """
    until = await work.tx.occurrences.wait_until(person.employee_id)
    slots = slots_for(person, cycle, last, until, work)
    things: list[Due] = []
    if slots.own:
        mine = await work.tx.reviews.standings(cycle.id, [person.employee_id])
        things += [
            _due("self", slots.own, cycle.self_due, cycle, review=one.id)
            for one in mine
            if may_write(one)
        ]
    if slots.rating:
        people = await _unrated(person, cycle, work)
        if people:
            things.append(_due("ratings", slots.rating, cycle.manager_due, cycle, people=people))
    late: tuple[str, ...] = ()
    if slots.late_writers:
        late = await _late_writers(person, cycle, work)
    if slots.late_raters:
        late = (*late, *await _late_raters(person, cycle, work))
    return tuple(things), late


def _due(
    kind: str,
    when: str,
    due: date,
    cycle: Cycle,
    *,
    review: str = "",
    people: tuple[str, ...] = (),
) -> Due:
    return Due(kind=kind, slot=when, due=due, cycle=cycle.name, review=review, people=people)


async def _unrated(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    return tuple(
        report.name
        for report, standing in await standings_of(person, cycle.id, work)
        if standing.stage is Stage.MANAGER_REVIEW
    )


async def _late_writers(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    return tuple(
        report.name
        for report, standing in await standings_of(person, cycle.id, work)
        if may_write(standing)
    )


async def _late_raters(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    reports = await work.tx.people.reports_of(person.employee_id)
    return tuple([one.name for one in reports if await _unrated(one, cycle, work)])


async def card_for(person: Person, work: Work, last: date | None = None) -> Card | None:
    """The reminder for all that waits; None where nothing does any more.

    `last`: the day on which they were looked at before, if it was not yesterday.
    """
    last = last or work.today(person) - DAY
    things: list[Due] = []
    late: list[tuple[str, tuple[str, ...]]] = []
    for cycle in await work.tx.cycles.running():
        found, people = await due_for(person, cycle, last, work)
        things += found
        if people:
            late.append((cycle.name, people))
    if not things and not late:
        return None
    return reminder(tuple(things), tuple(late), work.words(person))


async def later(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """Put off until tomorrow, or the next working day."""
    hours = Hours(act.company, act.actor)
    until = hours.first_of(act.today(act.actor) + DAY)
    await act.tx.occurrences.set_wait(act.by, until)
    return Says(common.says(act.say, "reminders.later_done", until=until.date()))
