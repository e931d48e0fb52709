"""One person's record in one cycle. What may be done to it stands in review.steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from review.annual import Part
from review.assessment import Assessment
from review.cycle import is_year
from review.errors import StaleReview
from review.flow import Desk, Move, Stage, State
from review.goals import RowId, Sheet
from review.people import EmployeeId, Person, Track
from review.policy import Policy, Score
from review.score import GateState, Outcome, outcome_so_far
from review.transitions import SIGNING

__all__ = [
    "Assessment",
    "Review",
    "ReviewId",
    "SignOff",
    "check_revision",
    "in_review",
    "may_decide",
    "rules_for",
    "standing",
    "state",
]

ReviewId = str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Somebody's word on a review, as long as it stands."""

    by: EmployeeId
    role: str
    """The desk (review.flow.Desk) it was said from."""
    decision: str
    """The move (review.flow.Move): "rate", "agree", "return", "gate_lift" …"""
    at: datetime
    comment: str = ""
    """Why: for a return, a lifted gate, a moved rating."""
    rating: Score | None = None
    """The rating that calibration or an appeal moved to."""
    instead_of: EmployeeId | None = None
    """Whose stand-in said it, where they had named one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One person's record in one cycle."""

    id: ReviewId
    cycle: str
    """The cycle's id."""
    track: Track
    employee_id: EmployeeId
    stage: Stage
    sheet: Sheet
    excluded_reason: str | None = None
    """A key: "hired_late", "left", "on_leave"."""
    self_part: Assessment | None = None
    self_at: datetime | None = None
    manager_part: Assessment | None = None
    rated_at: datetime | None = None
    rated_by: EmployeeId | None = None
    outcome: Outcome | None = None
    surprise: bool | None = None
    """Whether the rating came without a word before (review.surprise); None: nobody looked."""
    same_words: bool | None = None
    """Whether a case nearly repeated another person's (review.likeness); None: nobody looked."""
    year: tuple[Part, ...] | None = None
    """In a whole year's review: its quarters as they stood when it was rated."""
    actuals: Mapping[RowId, str] | None = None
    """What was really reached on a row, as it was imported; it is information, never a score."""
    led_by: EmployeeId | None = None
    """Who led them at the period's end, where the roster has moved them since (the scheme), or
    whom HR named; None: whoever leads them today."""
    sign_offs: tuple[SignOff, ...] = ()
    """Words that stand, oldest first; one whose numbers were changed after is no longer here."""
    revision: int = 0

    @property
    def rating(self) -> Score | None:
        """The rating that counts: the manager's, unless it was moved after."""
        moved = [word.rating for word in self.sign_offs if word.rating is not None]
        picked = self.manager_part.rating if self.manager_part else None
        return moved[-1] if moved else picked


def state(review: Review) -> State:
    """What the flow looks at."""
    gated = review.outcome is not None and review.outcome.gate is GateState.GATED
    words = [(Desk(word.role), Move(word.decision)) for word in review.sign_offs]
    return State(
        stage=review.stage,
        signatures=frozenset(desk for desk, move in words if move in SIGNING),
        has_self=review.self_part is not None,
        rated=review.manager_part is not None,
        gated=gated,
        confirms=frozenset(d for d, move in words if gated and move is Move.GATE_CONFIRM),
        lifts=frozenset(d for d, move in words if gated and move is Move.GATE_LIFT),
    )


def standing(part: Assessment | None, review: Review, policy: Policy) -> Outcome | None:
    """What an assessment's own scores make, whoever wrote it; None while they are not complete.

    None in a whole year's review: nothing is scored in it.
    Read its numbers and suggested_ungated: whether the person has reports is not looked at.
    """
    if part is None or is_year(review.cycle):
        return None
    return outcome_so_far(part.scores, part.levels, review.sheet, has_reports=False, policy=policy)


def rules_for(review: Review, policy: Policy) -> Policy:
    """The policy as that review asks it: in a whole year's nobody climbs a ladder (ours).

    Its sheet has no rows either: K and V come from the quarters (review.annual).
    """
    return replace(policy, values=()) if is_year(review.cycle) else policy


def in_review(person: Person, led_by: EmployeeId | None) -> Person:
    """Somebody as a review of theirs sees them: below whoever led them at the period's end."""
    return person if led_by is None else replace(person, manager_id=led_by)


def check_revision(review: Review, expected: int) -> None:
    """Refuse a change that was made from an older reading. Raises StaleReview."""
    if review.revision != expected:
        raise StaleReview(expected, review.revision)


def may_decide(employee: EmployeeId, review: Review) -> bool:
    """Whether somebody may decide an appeal: not about themself, and they did not sign (ours)."""
    return employee != review.employee_id and all(word.by != employee for word in review.sign_offs)
