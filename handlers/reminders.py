"""What a reminder says, and putting it off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.answers import Answer, Says
from handlers.hours import DAY, Hours
from handlers.waiting import SOURCES
from handlers.waits import Source
from handlers.work import Act, Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens.reminders import Due, Overdue, reminder
from review.cycle import Cycle
from review.people import Person

BEFORE, ON, AFTER, ASKED = "before", "on", "after", "asked"


@dataclass(frozen=True, slots=True)
class Slots:
    """Which reminders of a cycle somebody gets today, made up for ones included."""

    own: tuple[tuple[Source, str], ...]
    """What waits for them, and which reminder of it it is."""
    late: tuple[Source, ...]
    """Of which they are told who is late."""

    def __bool__(self) -> bool:
        """Any at all."""
        return bool(self.own or self.late)


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
    own = ((one, ASKED if asked else slot(one.due(cycle), *known)) for one in SOURCES)
    return Slots(
        own=tuple((source, name) for source, name in own if name),
        late=tuple(one for one in SOURCES if goes_up(one.due(cycle), *known)),
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
) -> tuple[list[Due], list[Overdue]]:
    """What somebody is reminded of today in a cycle, and whose lateness they are told of.

    `last`: the day on which they were looked at before.
    """
    until = await work.tx.occurrences.wait_until(person.employee_id)
    slots = slots_for(person, cycle, last, until, work)
    things = [
        Due(thing, name)
        for source, name in slots.own
        for thing in await source.find(person, cycle, work)
    ]
    late = [
        Overdue(source.kind, cycle.name, people)
        for source in slots.late
        if (people := await source.late(person, cycle, work))
    ]
    return things, late


async def card_for(person: Person, work: Work, last: date | None = None) -> Card | None:
    """The reminder for all that waits; None where nothing does any more.

    `last`: the day on which they were looked at before, if it was not yesterday.
    """
    last = last or work.today(person) - DAY
    things: list[Due] = []
    late: list[Overdue] = []
    for cycle in await work.tx.cycles.running():
        found, people = await due_for(person, cycle, last, work)
        things += found
        late += people
    if not things and not late:
        return None
    return reminder(things, late, work.words(person))


async def later(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """Put off until tomorrow, or the next working day."""
    hours = Hours(act.company, act.actor)
    until = hours.first_of(act.today(act.actor) + DAY)
    await act.tx.occurrences.set_wait(act.by, until)
    return Says(common.says(act.say, "reminders.later_done", until=until.date()))
