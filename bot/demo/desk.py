"""What somebody of the sample company does at their desk, by the bot's own use cases."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from bot.demo.cast import Cast
from bot.demo.diary import Deed
from handlers import manager_review, self_review
from handlers.keeping import prefill
from handlers.ports import Deps
from handlers.team import manager_of
from handlers.work import Act, Work
from prompts import answers as names
from review.cycle import Cycle
from review.errors import ReviewError
from review.people import Person
from review.record import Review
from review.stages import Stage
from review.steps import rate, submit_self
from sandbox.company import rating_answers, self_answers

log = logging.getLogger(__name__)
Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """One record, whose it is, and who acts on it now."""

    record: Review
    person: Person
    act: Act

    async def answers(self, cast: Cast, *, manager: bool) -> Answers:
        """What is written here: the person's own words, or their manager's."""
        colleague = next(one for one in cast.people if one.employee_id == self.person.employee_id)
        locale = self.person.locale or self.act.company.locale
        rows = [(row.id, row.title.get(locale, "")) for row in self.record.sheet.rows]
        return (rating_answers if manager else self_answers)(colleague, rows)


async def desk(
    employee: str, cycle: Cycle, cast: Cast, work: Work, *, manager: bool
) -> Desk | None:
    """Where that person, or whoever rates them, sits; None where nobody does."""
    record = await work.tx.reviews.of(cycle.id, employee)
    person = await work.tx.people.get(employee)
    actor = await manager_of(record, work) if manager and record else person
    if record is None or person is None or actor is None:
        return None
    act = Act(tx=work.tx, company=work.company, now=work.now, actor=actor, platform=cast.platform)
    return Desk(record, person, act)


async def do(deed: Deed, cycle: Cycle, cast: Cast, deps: Deps) -> None:
    """Send what the deed is about; a refusal is the story's fault, and only logged."""
    rates = deed.rating
    try:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=deps.clock.now())
            here = await desk(deed.employee, cycle, cast, work, manager=rates)
            if here is None:
                return
            written = await here.answers(cast, manager=rates)
            policy = deps.company.policy
            given = names.assessment(written, here.record.sheet, policy, manager=rates)
            if rates:
                leads = cast.leads(deed.employee)
                await manager_review.submit(here.record, given, here.act, has_reports=leads)
            else:
                await self_review.submit(here.record, given, here.act)
    except ReviewError as refusal:
        log.warning("the sample story does not fit: %s, %s", deed, refusal.key)


async def finish(cycle: Cycle, cast: Cast, work: Work) -> None:
    """Everybody's record of a cycle as it is once they wrote and were rated, without a message."""
    policy = work.company.policy
    for standing in await work.tx.reviews.standings(cycle.id):
        here = await desk(standing.employee_id, cycle, cast, work, manager=True)
        if here is None or here.record.stage is Stage.EXCLUDED:
            continue
        written = await here.answers(cast, manager=False)
        own = names.assessment(written, here.record.sheet, policy, manager=False)
        waiting = replace(here.record, stage=Stage.SELF_REVIEW)
        sent = submit_self(waiting, own, by=standing.employee_id, at=work.now, policy=policy)
        written = await here.answers(cast, manager=True)
        given = names.assessment(written, here.record.sheet, policy, manager=True)
        rated = rate(
            sent,
            given,
            by=here.act.by,
            holder=here.act.by,
            has_reports=cast.leads(standing.employee_id),
            at=work.now,
            policy=policy,
        )
        await work.tx.reviews.save(rated)


async def half_done(employee: str, cycle: Cycle, cast: Cast, deps: Deps) -> None:
    """Whoever rates that person has filled in all but the overall rating."""
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        here = await desk(employee, cycle, cast, work, manager=True)
        if here is None:
            return
        written = await here.answers(cast, manager=True)
        del written[names.OVERALL], written[names.REASON]
        form, subject = manager_review.FORM, here.record.id
        use = await manager_review.load(subject, here.act)
        await prefill(form, subject, written, here.act, step=use.last_step(written))
