"""One reminder a day and person, for all that waits, inside their hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from handlers.hours import DAY, Hours
from handlers.ports import Deps
from handlers.reminders import card_for, slots_for
from handlers.work import Work
from review.cycle import Cycle
from review.people import Person
from storage.notice import BULK, Notice

RULE = "remind"
LOOKED = "remind/"
"""Mark of each person: when they were last looked at, within their hours."""
FARTHEST = timedelta(days=31)
"""What was missed longer ago is not made up for (ours)."""


async def remind(deps: Deps) -> None:
    """Write today's reminders of everybody whose working day has begun.

    Days on which nobody looked, because the program was down or they were away, are made up
    for: once, with the latest reminder that they missed.
    """
    now = deps.clock.now()
    async with deps.database.begin(write=False) as tx:
        cycles = await tx.cycles.running()
        if not cycles:
            return
        work = Work(tx=tx, company=deps.company, now=now)
        there = [one for one in await tx.people.all() if _is_there(one, work)]
        marks = await tx.occurrences.marks(LOOKED)
        wanted = await _wanted(there, cycles, marks, work)
    first = [one.employee_id for one in there if _day(one, marks, work) != work.today(one)]
    if first or wanted:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=now)
            await tx.occurrences.set_marks(LOOKED, first, now)
            for person, last in wanted:
                await _remind(person, last, work)


async def _wanted(
    there: Sequence[Person],
    cycles: Sequence[Cycle],
    marks: Mapping[str, datetime],
    work: Work,
) -> list[tuple[Person, date]]:
    """Who is to be reminded now, and on which day they were looked at before."""
    waits = await work.tx.occurrences.waits()
    done = await work.tx.occurrences.happened(RULE, work.today() - 2 * DAY)
    wanted = []
    for person in there:
        today, until = work.today(person), waits.get(person.employee_id)
        if (until is not None and until > work.now) or (person.employee_id, today) in done:
            continue
        last = _last(person, marks, work)
        if not any(slots_for(person, cycle, last, until, work) for cycle in cycles):
            continue
        if await card_for(person, work, last) is not None:
            wanted.append((person, last))
    return wanted


def _last(person: Person, marks: Mapping[str, datetime], work: Work) -> date:
    """The day before today on which they were looked at, if that is known and not long ago.

    A mark of today, or of a later day from which the clock was set back, says nothing of it.
    """
    today, day = work.today(person), _day(person, marks, work)
    return today - DAY if day is None or day >= today else max(day, today - FARTHEST)


def _day(person: Person, marks: Mapping[str, datetime], work: Work) -> date | None:
    at = marks.get(person.employee_id)
    return None if at is None else at.astimezone(Hours(work.company, person).zone).date()


def _is_there(person: Person, work: Work) -> bool:
    """At work today, and inside their hours."""
    today = work.today(person)
    if person.has_left(today) or person.on_leave(today):
        return False
    return Hours(work.company, person).opens(work.now) == work.now


async def _remind(person: Person, last: date, work: Work) -> None:
    today = work.today(person)
    if not await work.tx.occurrences.happens(RULE, person.employee_id, today, "day"):
        return
    await work.tx.outbox.put(
        Notice(
            kind="reminder",
            receiver=person.employee_id,
            facts={"last": last.isoformat()},
            once=f"reminder/{person.employee_id}/{today}",
            due=work.now,
            priority=BULK,
        )
    )
