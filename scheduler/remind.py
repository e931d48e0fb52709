"""One message a day and person, for all that the bot itself wants, inside their hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.daily import AT_OPENING, KIND, Day, is_over, is_there, last_of, painting
from handlers.daily_sections import SECTIONS
from handlers.hours import DAY, Hours
from handlers.ports import Deps
from handlers.work import Work
from review.people import EmployeeId, Person
from storage.transaction import Transaction

Unsaid = tuple[EmployeeId, str]
"""Whose message it is, and its name."""
RULE = "remind"
LOOKED = "remind/"
"""Mark of each person: when they were last looked at, within their hours."""
FARTHEST = timedelta(days=31)
"""What was missed longer ago is not made up for (ours)."""


async def remind(deps: Deps) -> None:
    """Write today's message of everybody whose working day has begun.

    Days on which nobody looked, because the program was down or they were away, are made up
    for: once, with the latest that they missed. A message of an earlier day that could not be sent
    by now is not sent any more: today's says what it would have said.
    """
    now = deps.clock.now()
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=now)
        there = [one for one in await tx.people.all() if is_there(one, work)]
        marks = await tx.occurrences.marks(LOOKED)
        unsaid = await _unsaid(there, work)
        wanted = await _wanted(there, marks, {one for one, _ in unsaid.values()}, work)
        closing = await _closing(wanted, work) if deps.quotas else frozenset()
    first = [one.employee_id for one in there if _day(one, marks, work) != work.today(one)]
    if first or wanted:
        async with deps.database.begin() as tx:
            await tx.occurrences.set_marks(LOOKED, first, now)
            wanted = await _with_unsaid(wanted, unsaid, tx)
            await tx.occurrences.happen(RULE, [turn for day in wanted for turn in _turns(day)])
            await tx.outbox.tell({day.person.employee_id: day.subject for day in wanted})
            await tx.outbox.paint_all(
                painting(one, day.subject, now, closes=one in closing)
                for day in wanted
                for one in [day.person.employee_id]
            )


async def _closing(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """For whom something closes today."""
    found: frozenset[EmployeeId] = frozenset()
    for section in SECTIONS:
        found |= await section.closes(days, work)
    return found


async def _unsaid(there: Sequence[Person], work: Work) -> Mapping[str, Unsaid]:
    """Messages of earlier days to these people that were not sent, by id."""
    days = {one.employee_id: work.today(one) for one in there}
    if not days:
        return {}
    found = await work.tx.outbox.unsaid(KIND, max(days.values()).isoformat())
    return {
        key: (receiver, subject)
        for key, (receiver, subject) in found.items()
        if receiver in days and is_over(subject, days[receiver])
    }


async def _with_unsaid(
    wanted: Sequence[Day], unsaid: Mapping[str, Unsaid], tx: Transaction
) -> list[Day]:
    """The same days, each going back as far as the messages that they stand for."""
    turns = {day.person.employee_id for day in wanted}
    taken = await tx.outbox.take_back({key: one for key, one in unsaid.items() if one[0] in turns})
    begins = [(receiver, last_of(subject)) for receiver, subject in taken]
    return [
        replace(
            day, last=min([day.last, *(at for one, at in begins if one == day.person.employee_id)])
        )
        for day in wanted
    ]


async def _wanted(
    there: Sequence[Person],
    marks: Mapping[str, datetime],
    found: set[EmployeeId],
    work: Work,
) -> list[Day]:
    """The days of those who are to be written to now; of those in `found` that is known."""
    waits = await work.tx.occurrences.waits()
    done = await work.tx.occurrences.happened(RULE, work.today() - 2 * DAY)
    days = [
        day
        for person in there
        if (day := _turn(person, _last(person, marks, work), waits, done, work)) is not None
    ]
    for section in SECTIONS:
        rest = [day for day in days if day.person.employee_id not in found]
        found = found | await section.who(rest, work)
    return [day for day in days if day.person.employee_id in found]


def _turn(
    person: Person,
    last: date,
    waits: Mapping[str, datetime],
    done: frozenset[tuple[str, date, str]],
    work: Work,
) -> Day | None:
    """Their day, if it is their turn: once a day, and once more at a moment they asked for."""
    one, today, until = person.employee_id, work.today(person), waits.get(person.employee_id)
    if until is not None and until > work.now:
        return None
    if (one, today, AT_OPENING) not in done:
        return Day(person, today, last, until)
    if until is None or Hours(work.company, person).date_of(until) != today:
        return None
    again = until.isoformat()
    return None if (one, today, again) in done else Day(person, today, last, until, again)


def _turns(day: Day) -> Iterator[tuple[str, date, str]]:
    """What is done with that message: its turn, and the moment to which it was put off."""
    for turn in {day.turn, *([day.until.isoformat()] if day.until else [])}:
        yield day.person.employee_id, day.today, turn


def _last(person: Person, marks: Mapping[str, datetime], work: Work) -> date:
    """The day before today on which they were looked at, if that is known and not long ago.

    Else their last working day before today: so what falls on days off is told after them. A
    mark of today, or of a later day from which the clock was set back, says nothing of it.
    """
    today, day = work.today(person), _day(person, marks, work)
    if day is None or day >= today:
        return Hours(work.company, person).add_working_days(today, -1)
    return max(day, today - FARTHEST)


def _day(person: Person, marks: Mapping[str, datetime], work: Work) -> date | None:
    at = marks.get(person.employee_id)
    return None if at is None else Hours(work.company, person).date_of(at)
