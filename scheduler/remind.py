"""One reminder a day and person, for all that waits, inside their hours."""

from __future__ import annotations

from datetime import timedelta

from handlers.hours import Hours
from handlers.ports import Deps
from handlers.reminders import card_for
from handlers.work import Work
from review.people import EmployeeId, Person
from storage.notice import BULK, Notice

RULE = "remind"


async def remind(deps: Deps) -> None:
    """Write today's reminders of everybody whose working day has begun."""
    now = deps.clock.now()
    async with deps.database.begin(write=False) as tx:
        if not await tx.cycles.running():
            return
        work = Work(tx=tx, company=deps.company, now=now)
        asleep = await tx.occurrences.waiting(now)
        done = await tx.occurrences.happened(RULE, work.today() - timedelta(days=2))
        wanted = [
            person
            for person in await tx.people.all()
            if person.employee_id not in asleep
            and (person.employee_id, work.today(person)) not in done
            and _is_there(person, work)
            and await card_for(person, work) is not None
        ]
    for person in wanted:
        async with deps.database.begin() as tx:
            await _remind(person, Work(tx=tx, company=deps.company, now=now))


def _is_there(person: Person, work: Work) -> bool:
    """At work today, and inside their hours."""
    today = work.today(person)
    if person.has_left(today) or person.on_leave(today):
        return False
    return Hours(work.company, person).opens(work.now) == work.now


async def _remind(person: Person, work: Work) -> None:
    today = work.today(person)
    employee: EmployeeId = person.employee_id
    if not await work.tx.occurrences.happens(RULE, employee, today, "day"):
        return
    await work.tx.outbox.put(
        Notice(
            kind="reminder",
            receiver=employee,
            once=f"reminder/{employee}/{today}",
            due=work.now,
            priority=BULK,
        )
    )
