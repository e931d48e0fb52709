"""Where a review can stand, whose hand it can take, and what can be done to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a review stands (the scheme; goals_submitted, appealed, excluded beside the line)."""

    GOALS = "goals"
    GOALS_SUBMITTED = "goals_submitted"
    SELF_REVIEW = "self_review"
    MANAGER_REVIEW = "manager_review"
    CALIBRATION = "calibration"
    SKIP_LEVEL = "skip_level"
    HR = "hr"
    INTERVIEW = "interview"
    HELD = "held"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    APPEALED = "appealed"
    EXCLUDED = "excluded"


class Desk(StrEnum):
    """Whose hand it takes. Who sits there is another matter (review.desks)."""

    PERSON = "person"
    MANAGER = "manager"
    CALIBRATION = "calibration"
    SKIP_LEVEL = "skip_level"
    HR = "hr"
    HR_ADMIN = "hr_admin"
    DECIDER = "decider"
    """Named by an HR admin to decide an appeal."""
    CLOCK = "clock"
    """A deadline that passed."""


class Move(StrEnum):
    """What can be done to a review."""

    SUBMIT_GOALS = "submit_goals"
    APPROVE_GOALS = "approve_goals"
    """The manager's word on the goals, adjusted or not; a change in mid-period too."""
    CONFIRM_GOALS = "confirm_goals"
    REDRAFT_GOALS = "redraft_goals"
    OPEN_SELF_REVIEW = "open_self_review"
    SUBMIT_SELF = "submit_self"
    CLOSE_SELF_REVIEW = "close_self_review"
    TAKE_BACK = "take_back"
    """The manager goes on with the self-review that there is, after returning it."""
    RATE = "rate"
    MOVE_RATING = "move_rating"
    """Calibration moves a rating."""
    CALIBRATE = "calibrate"
    """Calibration is done with this review."""
    GATE_CONFIRM = "gate_confirm"
    GATE_LIFT = "gate_lift"
    AGREE = "agree"
    RETURN = "return"
    HOLD = "hold"
    """The interview took place."""
    ACKNOWLEDGE = "acknowledge"
    APPEAL = "appeal"
    DECIDE_APPEAL = "decide_appeal"
    CLOSE = "close"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    REOPEN = "reopen"
    """HR has it rated and signed anew, with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All of a review that the flow looks at."""

    stage: Stage
    signatures: frozenset[Desk] = frozenset()
    """Desks whose word stands."""
    has_self: bool = False
    rated: bool = False
    gated: bool = False
    """Whether the values gate is shut, and not lifted."""
    confirms: frozenset[Desk] = frozenset()
    """Desks that confirmed the gate."""
    lifts: frozenset[Desk] = frozenset()
    """Desks that would lift the gate."""
