"""What somebody who signs looks at first, and whose word is still lacking."""

from __future__ import annotations

from enum import StrEnum

from review.policy import Score
from review.record import Review
from review.score import GateState
from review.stages import Desk, Move, Stage

DESK_AT = {Stage.SKIP_LEVEL: Desk.SKIP_LEVEL, Stage.HR: Desk.HR}
"""The desk that signs at a stage."""
MOVE_WORDS = (Move.GATE_CONFIRM, Move.GATE_LIFT)


class Flag(StrEnum):
    """Why a review is worth a closer look, the weightiest first."""

    GATE = "gate"
    """The values gate is shut."""
    LIFTED = "lifted"
    """The values gate was lifted."""
    SURPRISE = "surprise"
    """The person would hear of it for the first time in the review."""
    SPREAD = "spread"
    """It is one of too many such ratings in a group of theirs."""
    DIFFERS = "differs"
    """The rating is another than the scores suggest."""


def flags(
    *,
    gate: str | None,
    surprise: bool | None,
    rating: Score | None,
    suggested: Score | None,
    spread: bool,
) -> tuple[Flag, ...]:
    """The flags of a review, from what is plain in it."""
    found = {
        Flag.GATE: gate == GateState.GATED,
        Flag.LIFTED: gate == GateState.LIFTED,
        Flag.SURPRISE: bool(surprise),
        Flag.SPREAD: spread,
        Flag.DIFFERS: rating is not None and suggested is not None and rating != suggested,
    }
    return tuple(flag for flag, holds in found.items() if holds)


def is_gated(review: Review) -> bool:
    """Whether the values gate is shut."""
    return review.outcome is not None and review.outcome.gate is GateState.GATED


def lacks_gate_word(review: Review, desk: Desk) -> bool:
    """Whether the gate is shut and that desk has neither confirmed nor lifted it."""
    if not is_gated(review):
        return False
    said = {word.role for word in review.sign_offs if word.decision in MOVE_WORDS}
    return desk not in said


def sent_back(review: Review) -> str | None:
    """Why the review is back at a desk that it had left; None if it is not."""
    for word in reversed(review.sign_offs):
        if word.decision == Move.RETURN and _below(word.role) is review.stage:
            return word.comment
        if word.decision == Move.REOPEN and review.stage is Stage.MANAGER_REVIEW:
            return word.comment
        if word.decision == Move.GATE_LIFT and review.stage is Stage.MANAGER_REVIEW:
            return word.comment
    return None


def _below(desk: str) -> Stage | None:
    below = {
        Desk.SKIP_LEVEL: Stage.MANAGER_REVIEW,
        Desk.CALIBRATION: Stage.MANAGER_REVIEW,
        Desk.HR: Stage.SKIP_LEVEL,
    }
    return below.get(Desk(desk))
