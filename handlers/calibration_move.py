"""A rating is moved in calibration, or goes back to its manager."""

from __future__ import annotations

from uuid import uuid4

from handlers import living, sign_list, sign_off
from handlers.calibration_room import Room, painting
from handlers.sealing import seal
from handlers.work import Act
from review import calibration, scale
from review.cycle import check_open
from review.desks import Desks
from review.errors_calibration import NotInSession
from review.policy import Score
from review.record import Review
from review.seals import Link
from review.stages import Desk, Move
from review.steps import act as make
from review.surprise import Told
from storage.audit import Happened
from storage.calibrations import MoveMade

RATING_MOVED = "rating_moved"


async def move(
    review: Review,
    to: Score,
    because: str,
    act: Act,
    *,
    room: Room,
    seats: Desks,
    told: Told,
) -> Review:
    """Move it, seal that, and tell the manager at once; signatures on what it was are void.

    Raises SessionClosed, CycleClosed, NotInSession, and what calibration.move_rating raises.
    """
    _check(review, room)
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
    await _tell_and_show(RATING_MOVED, voided, saved, act, room=room, seats=seats)
    return saved


async def send_back(review: Review, comment: str, act: Act, *, room: Room, seats: Desks) -> Review:
    """The manager looks again, and reads why at once.

    Raises SessionClosed, CycleClosed, NotInSession, and what steps.act raises.
    """
    _check(review, room)
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
    await _tell_and_show(sign_off.RETURNED, voided, saved, act, room=room, seats=seats)
    return saved


def _check(review: Review, room: Room) -> None:
    calibration.check_open(room.session)
    check_open(room.cycle)
    if review.employee_id not in room.inside:
        raise NotInSession


async def _tell_and_show(
    kind: str, voided: tuple[Link, ...], saved: Review, act: Act, *, room: Room, seats: Desks
) -> None:
    """The manager hears of it at once, and so do those whose word it voids; then all is shown."""
    told = await sign_off.voided_notices(voided, saved, act, room.roster)
    if seats.manager is not None and seats.manager != act.by:
        told.append(sign_off.from_person(kind, seats.manager, saved, act))
    await act.tx.outbox.put_all(told)
    lists = await sign_list.that_stand(saved, seats, room.roster, act)
    also = (*lists, painting(room.session, act))
    await living.changed(saved, None, (), act, also)
