"""HR has signed: the person and their manager are asked to prepare the interview."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from handlers.hours import Hours
from handlers.interview_notices import PREPARE, PREPARE_TEAM
from handlers.ports import Deps
from handlers.talks import case_of
from handlers.work import Work
from review.people import EmployeeId
from storage.interviews import Talk
from storage.notice import Notice


async def begin_interviews(deps: Deps) -> None:
    """Ask both inside their hours: each person once, a manager at most once a day for all."""
    async with deps.database.begin(write=False) as tx:
        unbegun = await tx.interviews.unbegun()
        untold = [one for one in await tx.interviews.ahead() if one.interview.told_at is None]
    if unbegun:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=deps.clock.now())
            for review, employee in unbegun:
                await _begin(review, employee, work)
            untold = [one for one in await tx.interviews.ahead() if one.interview.told_at is None]
    if untold:
        async with deps.database.begin() as tx:
            await _tell(untold, Work(tx=tx, company=deps.company, now=deps.clock.now()))


async def _begin(review: str, employee: EmployeeId, work: Work) -> None:
    minutes = work.company.policy.interviews.minutes
    person = await work.tx.people.get(employee)
    begun = person and await work.tx.interviews.begin(review, work.now, minutes)
    if person is None or not begun:
        return
    await work.tx.outbox.put(
        Notice(
            kind=PREPARE,
            receiver=employee,
            facts={"review": review},
            once=f"{PREPARE}/{review}/{begun.sequence}",
            due=work.now,
            daily=True,
        )
    )


async def _tell(untold: list[Talk], work: Work) -> None:
    """One message a manager and cycle, unless they had one today: then tomorrow."""
    groups: defaultdict[tuple[EmployeeId, str], list[Talk]] = defaultdict(list)
    for one in untold:
        case = await case_of(one.interview.review, work)
        if case.manager is not None:
            groups[case.manager.employee_id, one.cycle].append(one)
    for (manager, cycle), talks in groups.items():
        (person,) = await work.tx.people.many([manager])
        due = Hours(work.company, person).opens(work.now)
        told = await work.tx.outbox.put(
            Notice(
                kind=PREPARE_TEAM,
                receiver=manager,
                facts={"cycle": cycle, "people": [one.employee_id for one in talks]},
                once=f"{PREPARE_TEAM}/{cycle}/{manager}/{due.date()}",
                due=work.now,
                daily=True,
            )
        )
        if told:
            for one in talks:
                await work.tx.interviews.save(replace(one.interview, told_at=work.now))
