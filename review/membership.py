"""Who is taken out of a running cycle, who is taken in again, and what is opened once more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from review.cycle import HIRED_LATE, LEFT, ON_LEAVE, Cycle
from review.errors_in_out import AppealDecided
from review.people import EmployeeId
from review.policy import Policy
from review.record import Review
from review.stages import Desk, Move, Stage
from review.steps import act, pass_deadline, rating_outcome

BY_RULE = frozenset({HIRED_LATE, LEFT, ON_LEAVE})
"""Reasons that the roster gives: it may take them back (review.cycle.exclusion)."""
OTHER = "other"
BY_HR = ("leaving", "away", "new_job", "elsewhere", OTHER)
"""Reasons that HR gives by hand (ours); "other" needs words."""
_UNRATED = frozenset(tuple(Stage)[: tuple(Stage).index(Stage.CALIBRATION)])


def wanted(stage: Stage, *, rated: bool, excluded: str | None, reason: str | None) -> Move | None:
    """What the roster asks for: to leave somebody out, to take them in again, or nothing (ours).

    `reason`: why the rule leaves them out as the roster is now. Who was rated already is left to
    HR, and so is whoever is out for a reason of HR's own.
    """
    if stage is Stage.EXCLUDED:
        return Move.INCLUDE if reason is None and excluded in BY_RULE else None
    return Move.EXCLUDE if reason and stage in _UNRATED and not rated else None


def leave_out(
    review: Review,
    reason: str,
    words: str,
    *,
    by: EmployeeId,
    desks: Collection[Desk],
    at: datetime,
    policy: Policy,
) -> Review:
    """HR leaves somebody out; the reason's key and their words are kept and shown.

    Raises NotEntitled, NotYourTurn from the interview on, Excluded.
    """
    done = act(review, Move.EXCLUDE, by=by, desks=desks, at=at, policy=policy, comment=words)
    return replace(done, excluded_reason=reason, sign_offs=done.sign_offs[-1:])


def take_in(
    review: Review,
    words: str,
    *,
    by: EmployeeId | None,
    desks: Collection[Desk],
    at: datetime,
    today: date,
    cycle: Cycle,
    policy: Policy,
) -> Review:
    """HR, or the roster (`by` None), takes somebody in again, at the stage that the day asks for.

    What both had written is there; a rating is signed anew. Raises NotEntitled, NotYourTurn.
    """
    if by is None:
        done = pass_deadline(review, Move.INCLUDE, policy=policy)
    else:
        done = act(review, Move.INCLUDE, by=by, desks=desks, at=at, policy=policy, comment=words)
    said = () if by is None else done.sign_offs[-1:]
    if today >= cycle.self_open:
        done = pass_deadline(done, Move.OPEN_SELF_REVIEW, policy=policy)
        if done.self_part is not None or today > cycle.self_due:
            done = pass_deadline(done, Move.CLOSE_SELF_REVIEW, policy=policy)
    return replace(done, excluded_reason=None, sign_offs=said)


def reopen(
    review: Review,
    words: str,
    *,
    by: EmployeeId,
    desks: Collection[Desk],
    at: datetime,
    has_reports: bool,
    policy: Policy,
) -> Review:
    """HR has it rated and signed anew (ours): no word stands, and a lifted gate is shut again.

    Raises NotEntitled, NotYourTurn before it is rated, MissingReason, Excluded, AppealDecided.
    """
    done = act(review, Move.REOPEN, by=by, desks=desks, at=at, policy=policy, comment=words)
    if any(word.decision == Move.DECIDE_APPEAL for word in review.sign_offs):
        raise AppealDecided
    part, fresh = done.manager_part, replace(done, outcome=None, sign_offs=done.sign_offs[-1:])
    if part is None:
        return fresh
    found = rating_outcome(fresh, part, has_reports=has_reports, policy=policy, year=done.year)
    return replace(fresh, outcome=found)
