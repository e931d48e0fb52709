"""Which deadlines somebody is reminded of on a day, and who is told of those that are late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.crowd import crowd_of
from handlers.daily import Day, Section
from handlers.hours import DAY, Hours
from handlers.waiting import SOURCES
from handlers.waits import Source
from handlers.work import Work
from prompts.card import CardPart
from prompts.screens.reminders import Due, Overdue, reminder
from review.cycle import Cycle
from review.people import EmployeeId

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


def slots_for(day: Day, cycle: Cycle, work: Work) -> Slots:
    """What the calendar says, since they were last looked at.

    What fell due before the cycle was opened is not made up for.
    """
    rules = work.company.policy.calendar
    hours = Hours(work.company, day.person)
    opened = hours.date_of(cycle.opened_at)
    last = max(day.last, min(opened, day.today) - DAY)
    known = (last, day.today, hours, (rules.remind_before, rules.remind_after))
    asked = replace(day, last=last).asked(hours)
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


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Whom a deadline concerns today that is not met: so many statements a cycle, not a person."""
    return await _whom(days, (BEFORE, ON, AFTER, ASKED), work)


async def _closes(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """For whom a deadline is today that is not met."""
    return await _whom(days, (ON,), work)


async def _whom(days: Sequence[Day], named: Collection[str], work: Work) -> frozenset[EmployeeId]:
    """Whom one of those reminders concerns, and, with those after it, who is told who is late."""
    found: set[EmployeeId] = set()
    for cycle in await work.tx.cycles.running():
        own, late = _concerned(days, cycle, named, work)
        if not own and not late:
            continue
        crowd = await crowd_of(cycle, work)
        for kind, people in own.items():
            found |= people & await _BY_KIND[kind].who(crowd)
        for kind, people in late.items():
            found |= people & await _BY_KIND[kind].who_late(crowd)
    return frozenset(found)


Concerned = dict[str, set[EmployeeId]]
"""Kind of source to those whom the calendar names it to."""


def _concerned(
    days: Sequence[Day], cycle: Cycle, named: Collection[str], work: Work
) -> tuple[Concerned, Concerned]:
    """Who is reminded of what today, and who is told who is late, as far as the calendar goes."""
    known: dict[tuple[object, ...], Slots] = {}
    own: Concerned = defaultdict(set)
    late: Concerned = defaultdict(set)
    for day in days:
        where = (day.person.time_zone, day.person.work_week)
        alike = (*where, day.today, day.last, day.until)  # the calendar says the same to all these
        if alike not in known:
            known[alike] = slots_for(day, cycle, work)
        for source, name in known[alike].own:
            if name in named:
                own[source.kind].add(day.person.employee_id)
        for source in known[alike].late if AFTER in named else ():
            late[source.kind].add(day.person.employee_id)
    return own, late


_BY_KIND = {one.kind: one for one in SOURCES}


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """All that waits, and who is late with what."""
    things: list[Due] = []
    late: list[Overdue] = []
    for cycle in await work.tx.cycles.running():
        slots = slots_for(day, cycle, work)
        things += [
            Due(thing, name)
            for source, name in slots.own
            for thing in await source.find(day.person, cycle, work)
        ]
        late += [
            Overdue(source.kind, cycle.name, people)
            for source in slots.late
            if (people := await source.late(day.person, cycle, work))
        ]
    return reminder(things, late, work.words(day.person)) if things or late else ()


SECTION = Section(who=_who, says=_says, closes=_closes)
