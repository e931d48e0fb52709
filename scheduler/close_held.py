"""Days to appeal that are over: what was acknowledged, or never was, is closed."""

from __future__ import annotations

from handlers import living
from handlers.hours import DAY
from handlers.ports import Deps
from handlers.talks import case_of
from handlers.team import standings_of
from handlers.work import Work
from review.record import ReviewId
from review.stages import Move, Stage
from review.steps import pass_deadline
from storage.audit import Happened

OPEN = {Stage.HELD, Stage.ACKNOWLEDGED}


async def close_held(deps: Deps) -> None:
    """Close each review whose last day to appeal is over where the person is (ours).

    Silence closes it as not acknowledged. It goes on in a cycle that HR has closed.
    """
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        found = await tx.interviews.held_until(work.today() + DAY)
    for talk in found:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=deps.clock.now())
            await _close(talk.interview.review, work)


async def _close(subject: ReviewId, work: Work) -> None:
    case = await case_of(subject, work)
    talk = await work.tx.interviews.get(subject)
    over = talk and talk.ends_on and talk.ends_on < work.today(case.person)
    if case.review.stage not in OPEN or not over:
        return
    saved = await work.tx.reviews.save(
        pass_deadline(case.review, Move.CLOSE, policy=work.company.policy)
    )
    said = Happened(event="review.closed", subject=subject, actor=None, at=work.now)
    await work.tx.audit.record_all([said])
    manager = case.manager
    team = () if manager is None else await standings_of(manager, saved.cycle, work)
    await living.changed(saved, manager, team, work)
