"""A rating is moved in calibration, or goes back to its manager."""

from __future__ import annotations

from uuid import uuid4

from handlers import sign_off
from handlers.calibration_room import Room, painting
from handlers.sealing import seal
from handlers.work import Act
from review import calibration, scale
from review.cycle import check_open
from review.desks import Desks
from review.errors_calibration import NotInSession
from review.policy import Score
from review.record import Review
from review.roster import Roster
from review.stages import Desk, Move
from review.steps import act as make
from review.surprise import Told
from storage.audit import Happened
from storage.calibrations import MoveMade
from storage.notice import URGENT, Notice

RATING_MOVED = "rating_moved"


async def move(
    review: Review,
    to: Score,
    because: str,
    act: Act,
    *,
    room: Room,
    around: tuple[Roster, Desks],
    told: Told,
) -> Review:
    """Move it, seal that, and tell the manager at once; signatures on what it was are void.

    Raises SessionClosed, CycleClosed, NotInSession, and what calibration.move_rating raises.
    """
    _check(review, room)
    roster, seats = around
    moved = calibration.move_rating(
        review,
        to,
        because,
        told,
        by=act.by,
        desks=seats.held_by(act.by),
        at=act.now,
        policy=act.company.policy,
    )
    saved = await act.tx.reviews.save(moved)
    made = MoveMade(
        id=uuid4().hex,
        session=room.session.id,
        review=saved.id,
        was=review.rating,
        now=to,
        by=act.by,
        at=act.now,
        because=saved.sign_offs[-1].comment,
    )
    await act.tx.calibrations.add_move(made)
    was = None if review.rating is None else scale.show(review.rating)
    said = Happened(
        event="calibration.moved",
        subject=saved.id,
        actor=act.by,
        at=act.now,
        details={"from": was, "to": scale.show(to), "session": room.session.id},
    )
    voided = await seal(saved, Move.MOVE_RATING, said, act)
    await sign_off.tell_voided(voided, saved, act)
    if seats.manager is not None and seats.manager != act.by:
        await _tell(seats.manager, saved, act)
    await sign_off.shown(saved, seats, roster, act)
    await act.tx.outbox.paint_all([painting(room.session, act)])
    return saved


async def send_back(
    review: Review, comment: str, act: Act, *, room: Room, around: tuple[Roster, Desks]
) -> Review:
    """The manager looks again, and reads why at once.

    Raises SessionClosed, CycleClosed, NotInSession, and what steps.act raises.
    """
    _check(review, room)
    roster, seats = around
    done = make(
        review,
        Move.RETURN,
        by=act.by,
        desks=seats.held_by(act.by) & {Desk.CALIBRATION, Desk.PERSON},
        at=act.now,
        policy=act.company.policy,
        comment=comment,
    )
    saved = await act.tx.reviews.save(done)
    said = Happened(
        event="calibration.returned",
        subject=saved.id,
        actor=act.by,
        at=act.now,
        details={"session": room.session.id},
    )
    voided = await seal(saved, Move.RETURN, said, act)
    await sign_off.tell_voided(voided, saved, act)
    if seats.manager is not None and seats.manager != act.by:
        await sign_off.tell_back(sign_off.RETURNED, seats.manager, saved, act)
    await sign_off.shown(saved, seats, roster, act)
    await act.tx.outbox.paint_all([painting(room.session, act)])
    return saved


def _check(review: Review, room: Room) -> None:
    calibration.check_open(room.session)
    check_open(room.cycle)
    if review.employee_id not in room.inside:
        raise NotInSession


async def _tell(manager: str, review: Review, act: Act) -> None:
    await act.tx.outbox.put(
        Notice(
            kind=RATING_MOVED,
            receiver=manager,
            facts={"review": review.id, "by": act.by, "at": act.now.isoformat()},
            once=f"{RATING_MOVED}/{review.id}/{review.revision}",
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )
