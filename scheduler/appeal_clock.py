"""Appeals that wait too long: for somebody to be named, or for the decision."""

from __future__ import annotations

from collections.abc import Iterable

from handlers import appeal_notices
from handlers.hours import Hours
from handlers.ports import Deps
from handlers.team import seated
from handlers.work import Work
from review.people import Person
from storage.appeals import Clock
from storage.notice import Notice

NAMED_WITHIN = 2
"""Working days after which HR is reminded that nobody is named (ours)."""


async def appeal_clock(deps: Deps) -> None:
    """Remind HR of an appeal that nobody decides; whoever does, on the last day and after it.

    Each is said once; once it is overdue, HR hears of it too.
    """
    async with deps.database.begin(write=False) as tx:
        waiting = await tx.appeals.clock()
    if not waiting:
        return
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        admins = await tx.people.many(work.company.hr_admins)
        for one in waiting:
            await _look(one, admins, work)


async def _look(one: Clock, admins: tuple[Person, ...], work: Work) -> None:
    others = [admin for admin in admins if admin.employee_id != one.employee_id]
    if not others and (review := await work.tx.reviews.get(one.review_id)) is not None:
        roster, seats = await seated(review, work)
        others = [roster.people[admin] for admin in seats.hr_admins]
    decider = await work.tx.people.get(one.decider) if one.decider else None
    if decider is None or one.decide_by is None:
        day = work.date_of(one.filed_at)
        if work.today() > Hours(work.company).add_working_days(day, NAMED_WITHIN):
            await _say(appeal_notices.UNNAMED, one, others, "", work)
        return
    today, named = work.today(decider), f"{decider.employee_id}/{one.decide_by}"
    if today == one.decide_by:
        await _say(appeal_notices.LAST_DAY, one, [decider], named, work)
    if (
        today > one.decide_by
        and one.late_at is None
        and await work.tx.appeals.late(one.review_id, work.now)
    ):
        late = {admin.employee_id: admin for admin in (decider, *others)}
        await _say(appeal_notices.LATE, one, late.values(), named, work)


async def _say(kind: str, one: Clock, receivers: Iterable[Person], once: str, work: Work) -> None:
    await work.tx.outbox.put_all(
        Notice(
            kind=kind,
            receiver=receiver.employee_id,
            facts={"review": one.review_id},
            once=f"{kind}/{one.review_id}/{once}/{receiver.employee_id}",
            due=work.now,
            daily=True,
        )
        for receiver in receivers
    )
