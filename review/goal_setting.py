"""How a sheet is agreed: drafted, submitted, adjusted by the manager, confirmed by the person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from review.errors_goals import GoalsChanged, GoalsOver
from review.goals import Sheet, Span, check
from review.people import EmployeeId
from review.policy import Policy
from review.record import Review, ReviewId, SignOff
from review.stages import Desk, Move, Stage
from review.steps import act
from review.wording import Wording

SETTING = frozenset({Stage.GOALS, Stage.GOALS_SUBMITTED})
"""Stages at which goals can be changed."""


class GoalState(StrEnum):
    """Whose hand the goals wait for."""

    DRAFT = "draft"
    RETURNED = "returned"
    """Drafted anew, after a word of the manager."""
    TO_LOOK = "to_look"
    """The manager looks at them."""
    TO_CONFIRM = "to_confirm"
    """The person confirms what the manager made of them."""
    AGREED = "agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalMarks:
    """When what was done to the goals that are proposed; None: not yet, or no longer."""

    submitted_at: datetime | None = None
    returned_at: datetime | None = None
    approved_at: datetime | None = None
    confirmed_at: datetime | None = None
    agreed_at: datetime | None = None
    """When the sheet that is scored was last agreed; None: it stands as the cycle began with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSheet:
    """The goals that are being agreed; on confirming they become the sheet that is scored."""

    review: ReviewId
    proposed: Sheet
    before: Sheet | None = None
    """What the person last sent or confirmed, to show what the manager changed."""
    words: tuple[SignOff, ...] = ()
    """Both hands' words that stand, and why they came back."""
    marks: GoalMarks = GoalMarks()
    version: int = 0

    @property
    def why_returned(self) -> str:
        """The manager's word with which they came back."""
        return next((one.comment for one in self.words if one.decision == Move.RETURN), "")


def state_of(stage: Stage, marks: GoalMarks | None) -> GoalState:
    """Whose hand the goals of a review at that stage (one of SETTING) wait for."""
    if stage is Stage.GOALS:
        back = marks is not None and marks.returned_at is not None
        return GoalState.RETURNED if back else GoalState.DRAFT
    if marks is None or marks.approved_at is None:
        return GoalState.TO_LOOK
    return GoalState.TO_CONFIRM if marks.confirmed_at is None else GoalState.AGREED


def check_version(kept: GoalSheet | None, seen: int, move: Move, stage: Stage) -> None:
    """Nobody agrees to what they have not seen. Raises GoalsChanged."""
    if (kept.version if kept else 0) != seen:
        raise GoalsChanged(move, stage)


def submit(
    review: Review,
    kept: GoalSheet | None,
    sheet: Sheet,
    *,
    by: EmployeeId,
    at: datetime,
    cycle: Span,
    policy: Policy,
    offered: Collection[Wording] = (),
) -> tuple[Review, GoalSheet]:
    """The person sends their goals, for the first time or changed; the manager looks next.

    `offered`: what a senior's goals may serve (review.goals.check).

    Raises SheetWeights, MissingStandard, TooLong, MissingServes, GoalsOver, NotEntitled, Excluded.
    """
    _check(sheet, at, cycle, policy, offered)
    kept = kept or GoalSheet(review=review.id, proposed=review.sheet)
    own = {Desk.PERSON} if by == review.employee_id else set()
    if review.stage is Stage.GOALS_SUBMITTED:
        review, kept = _move(review, kept, Move.REDRAFT_GOALS, own, by=by, at=at, policy=policy)
    review, kept = _move(review, kept, Move.SUBMIT_GOALS, own, by=by, at=at, policy=policy)
    marks = GoalMarks(submitted_at=at, agreed_at=kept.marks.agreed_at)
    words = tuple(one for one in kept.words if one.decision != Move.RETURN)
    return review, replace(kept, proposed=sheet, before=sheet, marks=marks, words=words)


def approve(
    review: Review,
    kept: GoalSheet,
    sheet: Sheet,
    *,
    by: EmployeeId,
    desks: Collection[Desk],
    at: datetime,
    cycle: Span,
    policy: Policy,
    instead_of: Mapping[Desk, EmployeeId] = MappingProxyType({}),
    offered: Collection[Wording] = (),
) -> tuple[Review, GoalSheet]:
    """The manager's word on the goals, adjusted or not; the person confirms next.

    Raises SheetWeights, MissingStandard, TooLong, MissingServes, GoalsOver, NotEntitled,
    NotYourTurn, Excluded.
    """
    _check(sheet, at, cycle, policy, offered)
    review, kept = _move(
        review,
        kept,
        Move.APPROVE_GOALS,
        desks,
        by=by,
        at=at,
        policy=policy,
        instead_of=instead_of,
    )
    marks = replace(kept.marks, approved_at=at, confirmed_at=None)
    return review, replace(kept, proposed=sheet, marks=marks)


def confirm(
    review: Review, kept: GoalSheet, *, by: EmployeeId, at: datetime, policy: Policy
) -> tuple[Review, GoalSheet]:
    """The person agrees: from now on this sheet is what is scored.

    Raises GoalsOver, NotEntitled, NotYourTurn, AlreadySent, Excluded.
    """
    own = {Desk.PERSON} if by == review.employee_id else set()
    review, kept = _move(review, kept, Move.CONFIRM_GOALS, own, by=by, at=at, policy=policy)
    marks = replace(kept.marks, confirmed_at=at, agreed_at=at)
    agreed = replace(kept, before=kept.proposed, marks=marks)
    return replace(review, sheet=kept.proposed), agreed


def give_back(
    review: Review,
    kept: GoalSheet,
    comment: str,
    *,
    by: EmployeeId,
    desks: Collection[Desk],
    at: datetime,
    policy: Policy,
    instead_of: Mapping[Desk, EmployeeId] = MappingProxyType({}),
) -> tuple[Review, GoalSheet]:
    """The manager asks for other goals, with a word on why.

    Raises MissingComment, GoalsOver, NotEntitled, NotYourTurn, Excluded.
    """
    review, kept = _move(
        review,
        kept,
        Move.RETURN,
        desks,
        by=by,
        at=at,
        policy=policy,
        comment=comment,
        instead_of=instead_of,
    )
    return review, replace(kept, marks=GoalMarks(returned_at=at, agreed_at=kept.marks.agreed_at))


def _check(
    sheet: Sheet, at: datetime, cycle: Span, policy: Policy, offered: Collection[Wording]
) -> None:
    blocks = check(sheet, at.date(), cycle, policy, offered=offered).blocks
    if blocks:
        raise blocks[0]


def _move(
    review: Review,
    kept: GoalSheet,
    move: Move,
    desks: Collection[Desk],
    *,
    by: EmployeeId,
    at: datetime,
    policy: Policy,
    comment: str = "",
    instead_of: Mapping[Desk, EmployeeId] = MappingProxyType({}),
) -> tuple[Review, GoalSheet]:
    """The flow's move; words on goals stand with the goals, those on the rating with the review."""
    if review.stage not in SETTING | {Stage.EXCLUDED}:
        raise GoalsOver
    done = act(
        replace(review, sign_offs=kept.words),
        move,
        by=by,
        desks=desks,
        at=at,
        policy=policy,
        comment=comment,
        instead_of=instead_of,
    )
    after = replace(kept, words=done.sign_offs, version=kept.version + 1)
    return replace(done, sign_offs=review.sign_offs), after
