"""Skip-level and HR sign a review: they agree, return it, or judge the values gate."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import living, sign_list
from handlers.answers import Answer, Done
from handlers.sealing import seal
from handlers.team import seated, standings_of
from handlers.work import Act
from review import calibration
from review.cycle import Cycle, check_open
from review.desks import Desks
from review.errors import AlreadySent, NotEntitled, NotYourTurn, StaleReview, UnknownReview
from review.people import EmployeeId, Person
from review.record import Review, ReviewId
from review.roster import Roster
from review.seals import Link
from review.signing import DESK_AT
from review.stages import Desk, Move, Stage
from review.steps import act as make
from storage.audit import Happened
from storage.notice import URGENT, Notice

SIGNERS = (Desk.SKIP_LEVEL, Desk.HR)
RETURNED, GATE_OPENED, VOIDED, ALL_SIGNED = "returned", "gate_opened", "sign_voided", "all_signed"
TO_SIGN = {Stage.GOALS, Stage.GOALS_SUBMITTED, Stage.SELF_REVIEW, Stage.MANAGER_REVIEW} | {
    Stage.CALIBRATION,
    Stage.SKIP_LEVEL,
    Stage.HR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One review on the desk of somebody who signs."""

    review: Review
    cycle: Cycle
    person: Person
    roster: Roster
    seats: Desks
    held: frozenset[Desk]
    """The actor's own desks, of those that sign."""


async def case_of(subject: ReviewId, act: Act) -> Case:
    """The review, for whoever signs it. Raises UnknownReview, NotEntitled."""
    found = await act.tx.reviews.with_cycle(subject)
    if found is None:
        raise UnknownReview
    review, cycle = found
    roster, seats = await seated(review, act)
    person = roster.people[review.employee_id]
    held = seats.held_by(act.by) & frozenset(SIGNERS)
    if not held:
        raise NotEntitled(who_can=", ".join(SIGNERS))
    return Case(review=review, cycle=cycle, person=person, roster=roster, seats=seats, held=held)


async def agree(subject: ReviewId, act: Act) -> Answer:
    """`signoff.agree`. Raises what decide raises."""
    return await _pressed(subject, Move.AGREE, frozenset({Desk.SKIP_LEVEL}), act)


async def confirm(subject: ReviewId, act: Act) -> Answer:
    """`hr.confirm`. Raises what decide raises."""
    return await _pressed(subject, Move.AGREE, frozenset({Desk.HR}), act)


async def gate_confirm(subject: ReviewId, act: Act) -> Answer:
    """`gate.confirm`, at whichever of the two desks the review is. Raises what decide raises."""
    return await _pressed(subject, Move.GATE_CONFIRM, frozenset(SIGNERS), act)


async def _pressed(subject: ReviewId, move: Move, wanted: frozenset[Desk], act: Act) -> Answer:
    case = await case_of(subject, act)
    await _check_seen(case, act)
    await decide(case, move, act, wanted=wanted)
    return Done()


async def _check_seen(case: Case, act: Act) -> None:
    """Nobody signs what their list does not show yet. Raises StaleReview."""
    shown = await act.tx.signings.shown(sign_list.SIGN_LIST, [act.by], case.review.cycle)
    listed, rated = shown.get(act.by), case.review.rated_at
    if (moved := calibration.moved(case.review)) is not None:
        rated = moved.at
    if listed is not None and rated is not None and listed.since < rated:
        raise StaleReview(case.review.revision - 1, case.review.revision)


async def decide(
    case: Case,
    move: Move,
    act: Act,
    *,
    comment: str = "",
    wanted: frozenset[Desk] = frozenset(SIGNERS),
) -> Review:
    """Make the move from the desk that the review is at; seal it, tell who has it next.

    Raises NotEntitled, NotYourTurn, AlreadySent, CycleClosed, MissingGateWord, NoGate,
    MissingComment, MissingReason, StaleReview.
    """
    check_open(case.cycle)
    held = case.held & wanted
    if move is Move.AGREE and _agreed(case.review, act.by, held):
        raise AlreadySent(move, case.review.stage)
    if not held:
        raise NotEntitled(who_can=", ".join(sorted(wanted)))
    here = DESK_AT.get(case.review.stage)
    done = make(
        case.review,
        move,
        by=act.by,
        desks=held & {here} if here in held and here else held,
        at=act.now,
        policy=act.company.policy,
        comment=comment,
        instead_of=case.seats.instead_of,
    )
    saved = await act.tx.reviews.save(done)
    said = Happened(
        event=f"sign_off.{move}",
        subject=saved.id,
        actor=act.by,
        at=act.now,
        details={"desk": here},
    )
    voided = await seal(saved, move, said, act)
    await _tell(case, saved, move, act)
    await tell_voided(voided, saved, act, case.roster)
    await shown(saved, case.seats, case.roster, act)
    return saved


def _agreed(review: Review, by: EmployeeId, held: frozenset[Desk]) -> bool:
    """Whether they agreed from that desk, and it stands."""
    signed = {Desk(word.role) for word in review.sign_offs if word.decision == Move.AGREE}
    mine = {Desk(word.role) for word in review.sign_offs if word.by == by}
    return bool(held) and held <= signed & mine


async def shown(review: Review, seats: Desks, roster: Roster, act: Act) -> None:
    """All that shows the review is painted anew."""
    manager = roster.get(seats.manager)
    team = () if manager is None else await standings_of(manager, review.cycle, act)
    lists = await sign_list.of_signers(review, seats, roster, act)
    await living.changed(review, manager, team, act, lists)
    last = not any(standing.stage in TO_SIGN for _, standing in team)
    if review.stage is Stage.INTERVIEW and manager is not None and last:
        await _all_signed(review, manager, act)


async def _all_signed(review: Review, manager: Person, act: Act) -> None:
    """One message once the last of a team is signed off, in the manager's hours."""
    await act.tx.outbox.put(
        Notice(
            kind=ALL_SIGNED,
            receiver=manager.employee_id,
            facts={"cycle": review.cycle},
            once=f"{ALL_SIGNED}/{review.cycle}/{manager.employee_id}",
            due=act.now,
            daily=True,
        )
    )


async def _tell(case: Case, saved: Review, move: Move, act: Act) -> None:
    """A return, and a gate that opened, reach whoever has the review next, at once."""
    kind = {Move.RETURN: RETURNED, Move.GATE_LIFT: GATE_OPENED}.get(move)
    back = saved.stage is not case.review.stage
    if kind is None or not back:
        return
    desk = {Stage.SKIP_LEVEL: Desk.SKIP_LEVEL, Stage.CALIBRATION: Desk.CALIBRATION}
    for holder in case.seats.at(desk.get(saved.stage, Desk.MANAGER)):
        if holder != act.by:
            await tell_back(kind, holder, saved, act)


async def tell_back(kind: str, holder: EmployeeId, review: Review, act: Act) -> None:
    """Words from a person to whoever has the review next: at once."""
    await act.tx.outbox.put(from_person(kind, holder, review, act))


def from_person(kind: str, holder: EmployeeId, review: Review, act: Act) -> Notice:
    """What tell_back says."""
    return Notice(
        kind=kind,
        receiver=holder,
        facts={"review": review.id, "by": act.by, "at": act.now.isoformat()},
        once=f"{kind}/{review.id}/{review.revision}/{holder}",
        due=act.now,
        priority=URGENT,
        person=True,
    )


async def tell_voided(
    voided: tuple[Link, ...], review: Review, act: Act, roster: Roster | None = None
) -> None:
    """Whoever signed what was changed after hears that their word no longer stands."""
    await act.tx.outbox.put_all(await voided_notices(voided, review, act, roster))


async def voided_notices(
    voided: tuple[Link, ...], review: Review, act: Act, roster: Roster | None = None
) -> list[Notice]:
    """What tell_voided says, in each one's hours; `roster`: people who are read already."""
    signers: set[EmployeeId] = {
        link.by for link in voided if link.by and link.by != act.by and link.desk in SIGNERS
    }
    known = {} if roster is None else roster.people
    lacking = signers - known.keys()
    there = [known[one] for one in sorted(signers & known.keys())]
    return [
        Notice(
            kind=VOIDED,
            receiver=signer.employee_id,
            facts={"review": review.id, "by": act.by},
            once=f"{VOIDED}/{review.id}/{review.revision}/{signer.employee_id}",
            due=act.now,
            daily=True,
        )
        for signer in (*there, *(await act.tx.people.many(lacking) if lacking else ()))
    ]


def check_here(case: Case, move: Move) -> Desk:
    """The actor's desk that the review is at. Raises NotYourTurn, or NotEntitled at another's."""
    here = DESK_AT.get(case.review.stage)
    if here is None:
        raise NotYourTurn(move, case.review.stage, "")
    if here not in case.held:
        raise NotEntitled(who_can=here)
    return here
