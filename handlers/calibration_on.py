"""What calibration is done with goes on to the skip-level, and so does what nobody calibrates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import islice

from handlers import living, sign_list
from handlers.calibration import MARK, close_it
from handlers.calibration_room import painting, roster_of
from handlers.sealing import seal
from handlers.work import Act, Work
from review import calibration
from review.calibration import Session
from review.cycle import Cycle
from review.desks import desks
from review.people import EmployeeId
from review.record import Review, in_review
from review.roster import Roster
from review.stages import Stage
from storage.audit import Happened
from storage.calibrations import Looked
from storage.notice import Notice

PASSED = "calibration_passed"
AT_ONCE = 25
"""Reviews that one transaction signs: nobody should wait long for it (ours)."""


async def is_due(cycle: Cycle, sessions: Collection[Session], work: Work) -> bool:
    """Whether go_on_all may have something to do there, for little: it is asked all the time."""
    running = [one for one in sessions if one.is_open]
    if len(running) < len(sessions) or (running and work.today() >= cycle.hr_due):
        return True
    if await work.tx.calibrations.looked_at(cycle.id, lying=True) and await _passes(cycle, work):
        return True
    newest = await work.tx.calibrations.newest_rating(cycle.id) if running else None
    return newest is not None and any(
        [await _shown_before(newest, session, work) for session in running]
    )


async def _shown_before(moment: datetime, session: Session, work: Work) -> bool:
    """Whether the session's message was last sent before then."""
    sent = await work.tx.outbox.find(painting(session, work).once)
    return sent is not None and sent.sent_at is not None and sent.sent_at < moment


async def go_on_all(cycle: Cycle, work: Work) -> bool:
    """What is due in that cycle; whether there is more to do at once.

    The reviews of a closed session go on, signed by whoever closed it. An open one is closed on
    the day that HR's sign-off is due. What no session holds goes on from the day that the
    skip-level's is due, or as soon as HR lets it, or where the policy has no calibration (ours).
    """
    sessions = [one for one in await work.tx.calibrations.unfinished() if one.cycle == cycle.id]
    lying = await work.tx.calibrations.looked_at(cycle.id, lying=True)
    if not sessions and not lying:
        return False
    roster, today = await roster_of(work), work.today()
    held: set[EmployeeId] = set()
    more = False
    for session in sessions:
        inside = calibration.members(session.group, [one.employee_id for one in lying], roster)
        if session.is_open and today < cycle.hr_due:
            held |= inside
            await _show_news(session, cycle, roster, work)
        elif session.is_open:
            await close_it(session, None, work)
            more, held = True, held | inside
        else:
            mine = [one for one in lying if one.employee_id in inside and _due(one, session)]
            held |= {one.employee_id for one in mine}
            more = await _finish(session, cycle, mine, roster, work) or more
    rest = [one for one in lying if one.employee_id not in held]
    if rest and await _passes(cycle, work):
        await _pass_by(cycle, rest, roster, work)
    return more


async def end(session: Session, work: Work) -> None:
    """The session's cycle was closed: it is over, and holds nothing."""
    await work.tx.calibrations.close(session.id, None, work.now)
    await work.tx.calibrations.finished(session.id, work.now)
    await work.tx.outbox.paint_all([painting(session, work)])


def _due(one: Looked, session: Session) -> bool:
    """Whether it had been rated when the session was closed; what came later was not looked at."""
    closed, rated = session.closed_at, one.rated_at
    return closed is not None and rated is not None and rated <= closed


async def _show_news(session: Session, cycle: Cycle, roster: Roster, work: Work) -> None:
    """Its message is painted anew once ratings came in after it was last sent."""
    every = {one.employee_id: one for one in await work.tx.calibrations.looked_at(cycle.id)}
    inside = calibration.members(session.group, every, roster)
    rated = [at for one in inside if (at := every[one].rated_at) is not None]
    if rated and await _shown_before(max(rated), session, work):
        await work.tx.outbox.paint_all([painting(session, work)])


async def _passes(cycle: Cycle, work: Work) -> bool:
    if not work.company.policy.flow.calibration or work.today() >= cycle.skip_due:
        return True
    return await work.tx.occurrences.mark(MARK + cycle.id) is not None


async def _finish(
    session: Session, cycle: Cycle, mine: Sequence[Looked], roster: Roster, work: Work
) -> bool:
    """Sign the next few of a closed session; whether some are left."""
    some = list(islice(mine, AT_ONCE))
    closer = roster.get(session.closed_by)
    if closer is None:
        await _pass_on(cycle, some, "calibration.passed", work)
    else:
        act = Act(tx=work.tx, company=work.company, now=work.now, actor=closer, platform="clock")
        found = [await act.tx.reviews.with_cycle(one.id) for one in some]  # held before any seal
        for one in found:
            if one is not None:
                await _sign(one[0], session, act)
    await _paint(cycle, some, roster, work)
    if len(some) < len(mine):
        return True
    await work.tx.calibrations.finished(session.id, work.now)
    await work.tx.outbox.paint_all([painting(session, work)])
    return False


async def _sign(review: Review, session: Session, act: Act) -> None:
    if review.stage is not Stage.CALIBRATION:
        return  # another process was quicker
    at = session.closed_at or act.now
    done, move = calibration.calibrated(review, by=act.by, at=at, policy=act.company.policy)
    saved = await act.tx.reviews.save(done)
    details = {"session": session.id}
    said = Happened(
        event="calibration.done" if move else "calibration.passed",
        subject=saved.id,
        actor=act.by if move else None,
        at=act.now,
        details=details,
    )
    if move is None:
        await act.tx.audit.record_all([said])
    else:
        await seal(saved, move, said, act)


async def _pass_by(cycle: Cycle, rest: Sequence[Looked], roster: Roster, work: Work) -> None:
    """All at once, without a signature; HR hears of it, once a day."""
    moved = await _pass_on(cycle, rest, "calibration.passed", work)
    await _paint(cycle, rest, roster, work)
    if not moved or not work.company.policy.flow.calibration:
        return
    facts = {"cycle": cycle.id, "count": moved}
    once = f"{PASSED}/{cycle.id}/{work.today()}"
    if not work.company.hr_channels:
        await living.tell_hr_admins(PASSED, facts, once, work)
        return
    await work.tx.outbox.put(
        Notice(
            kind=PASSED,
            receiver=living.HR,
            facts=facts,
            once=once,
            due=work.now,
            priority=living.SOON,
        )
    )


async def _pass_on(cycle: Cycle, some: Iterable[Looked], event: str, work: Work) -> int:
    ids = {one.employee_id: one.id for one in some}
    moved = await work.tx.reviews.move_all(cycle.id, Stage.CALIBRATION, Stage.SKIP_LEVEL, ids)
    await work.tx.audit.record_all(
        Happened(event=event, subject=ids[one], actor=None, at=work.now) for one in moved
    )
    return len(moved)


async def _paint(cycle: Cycle, some: Iterable[Looked], roster: Roster, work: Work) -> None:
    """The lists of whoever signs them next."""
    today = work.today()
    signers: set[EmployeeId] = set()
    for one in some:
        person = roster.get(one.employee_id)
        if person is not None:
            seats = desks(in_review(person, one.led_by), roster, today)
            signers |= {who for who in (seats.skip_level, seats.hr) if who is not None}
    for signer in sorted(signers):
        await sign_list.paint(roster.people[signer], cycle.id, work)
