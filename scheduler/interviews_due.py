"""Interviews whose time has passed, and those that nobody holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from handlers.hours import Hours
from handlers.ports import Deps
from handlers.talks import case_of
from handlers.times import ASK, LATE, asked_by
from handlers.work import Work
from review.cycle import Cycle
from review.people import EmployeeId
from storage.interviews import Talk
from storage.notice import Notice


async def interviews_due(deps: Deps) -> None:
    """Ask the manager whether it took place; tell the skip-level once what is long overdue.

    Both inside the receiver's hours (the scheme: overdue by 5 working days).
    """
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        ahead = await tx.interviews.ahead()
        over = [one for one in ahead if _is_over(one, work)]
        late = []
        if any(one.interview.late_at is None for one in ahead):
            cycles = {one.id: one for one in await tx.cycles.all() if _is_late(one, work)}
            late = [one for one in ahead if one.interview.late_at is None and one.cycle in cycles]
    for one in over:
        async with deps.database.begin() as tx:
            await _ask(one, Work(tx=tx, company=deps.company, now=deps.clock.now()))
    if late:
        async with deps.database.begin() as tx:
            await _tell(late, Work(tx=tx, company=deps.company, now=deps.clock.now()))


def _is_over(one: Talk, work: Work) -> bool:
    talk = one.interview
    if talk.starts_at is None or talk.asked_at is not None:
        return False
    return work.now >= talk.starts_at + timedelta(minutes=talk.minutes)


def _is_late(cycle: Cycle, work: Work) -> bool:
    days = work.company.policy.interviews.late_days
    return work.today() > Hours(work.company).add_working_days(cycle.interview_due, days)


async def _ask(one: Talk, work: Work) -> None:
    case = await case_of(one.interview.review, work)
    if case.manager is None:
        return
    await work.tx.interviews.save(replace(one.interview, asked_at=work.now))
    talk = one.interview
    await work.tx.outbox.put(
        Notice(
            kind=ASK,
            receiver=case.manager.employee_id,
            facts={"review": talk.review},
            once=asked_by(talk),
            due=work.now,
            daily=True,
        )
    )


async def _tell(late: list[Talk], work: Work) -> None:
    """One message a skip-level and cycle."""
    groups: defaultdict[tuple[EmployeeId, str], list[Talk]] = defaultdict(list)
    for one in late:
        case = await case_of(one.interview.review, work)
        await work.tx.interviews.save(replace(one.interview, late_at=work.now))
        if case.seats.skip_level is not None:
            groups[case.seats.skip_level, one.cycle].append(one)
    for (above, cycle), talks in groups.items():
        (person,) = await work.tx.people.many([above])
        await work.tx.outbox.put(
            Notice(
                kind=LATE,
                receiver=above,
                facts={"cycle": cycle, "people": [one.employee_id for one in talks]},
                once=f"{LATE}/{cycle}/{above}/{work.today(person)}",
                due=work.now,
                daily=True,
            )
        )
