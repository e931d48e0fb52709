"""How a review goes from desk to desk. Pure: a state and a move in, a state or a refusal out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from review.errors import (
    AlreadySent,
    AlreadySigned,
    MissingGateWord,
    NoGate,
    NotEntitled,
    NotYourTurn,
    ReviewError,
)
from review.policy import Flow
from review.stages import Desk, Move, Stage, State
from review.transitions import ABOVE_MANAGER, TRANSITIONS, Transition

__all__ = [
    "TRANSITIONS",
    "Desk",
    "Move",
    "Stage",
    "State",
    "Step",
    "Transition",
    "advance",
    "possible",
    "released",
    "waits_for",
]

_WAITS: dict[Stage, Desk] = {
    Stage.GOALS: Desk.PERSON,
    Stage.GOALS_SUBMITTED: Desk.MANAGER,
    Stage.SELF_REVIEW: Desk.PERSON,
    Stage.MANAGER_REVIEW: Desk.MANAGER,
    Stage.CALIBRATION: Desk.CALIBRATION,
    Stage.SKIP_LEVEL: Desk.SKIP_LEVEL,
    Stage.HR: Desk.HR,
    Stage.INTERVIEW: Desk.MANAGER,
    Stage.HELD: Desk.PERSON,
    Stage.ACKNOWLEDGED: Desk.HR_ADMIN,
    Stage.APPEALED: Desk.DECIDER,
}
_RELEASED = frozenset({Stage.HELD, Stage.ACKNOWLEDGED, Stage.CLOSED, Stage.APPEALED})


@dataclass(frozen=True, slots=True)
class Step:
    """A move that was made."""

    before: State
    after: State
    row: Transition
    desk: Desk
    """The desk it was made from."""
    voided: frozenset[Desk]
    """Desks whose signature or gate word no longer stands."""


def waits_for(state: State) -> Desk | None:
    """The desk that a review waits for; None when it is closed or left out."""
    if state.stage is Stage.GOALS_SUBMITTED and Desk.MANAGER in state.signatures:
        return None if Desk.PERSON in state.signatures else Desk.PERSON
    return _WAITS.get(state.stage)


def released(stage: Stage) -> bool:
    """Whether the manager's scores and words have reached the person: from held on."""
    return stage in _RELEASED


def possible(state: State, desks: Collection[Desk], flow: Flow) -> tuple[Move, ...]:
    """The moves that somebody sitting at these desks can make now, in the table's order."""
    own = _own(desks)
    rows = (row for row in TRANSITIONS if row.stage is state.stage and own & set(row.desks))
    return tuple(dict.fromkeys(row.move for row in rows if row.when(state, flow)))


def advance(state: State, move: Move, desks: Collection[Desk], flow: Flow) -> Step:
    """Make a move from the desks that somebody sits at.

    Whoever a review is about is only ever the person in it, whatever other desk they have:
    nobody signs for oneself.

    Raises NotEntitled, NotYourTurn, AlreadySent, AlreadySigned, MissingGateWord or NoGate.
    """
    own = _own(desks)
    for row in TRANSITIONS:
        if row.stage is state.stage and row.move is move and row.when(state, flow):
            desk = next((desk for desk in row.desks if desk in own), None)
            if desk is not None:
                return _made(state, row, desk)
    raise _refusal(state, move, own)


def _own(desks: Collection[Desk]) -> frozenset[Desk]:
    return frozenset({Desk.PERSON} if Desk.PERSON in desks else desks)


def _made(state: State, row: Transition, desk: Desk) -> Step:
    confirms = state.confirms - row.voids
    lifts = state.lifts - row.voids
    if row.move is Move.GATE_CONFIRM:
        confirms, lifts = confirms | {desk}, lifts - {desk}
    if row.move is Move.GATE_LIFT and row.to is state.stage:
        confirms, lifts = confirms - {desk}, lifts | {desk}
    kept = state.signatures - row.voids
    after = replace(
        state,
        stage=row.to,
        signatures=kept | {desk} if row.signs else kept,
        has_self=state.has_self or row.move is Move.SUBMIT_SELF,
        rated=state.rated or row.move is Move.RATE,
        gated=state.gated and not (row.move is Move.GATE_LIFT and row.to is not state.stage),
        confirms=confirms,
        lifts=lifts,
    )
    standing = state.signatures | state.confirms | state.lifts
    return Step(state, after, row, desk, standing & row.voids)


def _refusal(state: State, move: Move, own: frozenset[Desk]) -> ReviewError:
    rows = [row for row in TRANSITIONS if row.move is move]
    here = [row for row in rows if row.stage is state.stage]
    who = dict.fromkeys(desk for row in here or rows for desk in row.desks)
    if own.isdisjoint(who):
        return NotEntitled(", ".join(who))
    if move is Move.RATE and (signed := [d for d in ABOVE_MANAGER if d in state.signatures]):
        return AlreadySigned(signed[0])
    if here and move is Move.AGREE:
        return MissingGateWord()
    if move in {Move.GATE_CONFIRM, Move.GATE_LIFT} and here:
        return NoGate()
    if _done(state, move, own):
        return AlreadySent(move, state.stage)
    return NotYourTurn(move, state.stage, waits_for(state) or "")


def _done(state: State, move: Move, own: frozenset[Desk]) -> bool:
    """Whether this move is what brought the review here."""
    if move is Move.SUBMIT_SELF:
        return state.has_self and state.stage is not Stage.SELF_REVIEW
    if move is Move.CONFIRM_GOALS:
        return Desk.PERSON in state.signatures
    if move in {Move.RETURN, Move.REOPEN}:
        return False
    targets = {
        row.to
        for row in TRANSITIONS
        if row.move is move and row.stage is not row.to and own & set(row.desks)
    }
    return targets == {state.stage}
