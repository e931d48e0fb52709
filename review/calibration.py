"""Calibration: a group's ratings are looked at side by side, and moved with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from review import scale, steps
from review.distribution import Reading, with_rating
from review.errors_calibration import SameRating, SessionClosed
from review.groups import Group, GroupKind, GroupName
from review.people import EmployeeId
from review.policy import Distribution, Policy, Score
from review.record import Review, SignOff, rules_for
from review.roster import Roster
from review.score import GateState
from review.stages import Desk, Move, Stage
from review.surprise import Told, is_surprise

SessionId = str
MOVABLE = (Stage.CALIBRATION, Stage.SKIP_LEVEL, Stage.HR)
"""Where a rating can still be moved (review.transitions); after that it is signed and told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One look at one group's ratings, from its opening to its close."""

    id: SessionId
    cycle: str
    """The cycle's id."""
    group: GroupName
    turn: int
    """From 1: a group can be looked at again after a close."""
    opened_by: EmployeeId
    opened_at: datetime
    closed_by: EmployeeId | None = None
    """None while it is open, and where time closed it."""
    closed_at: datetime | None = None
    done_at: datetime | None = None
    """When the last of its reviews had gone on."""

    @property
    def is_open(self) -> bool:
        """Whether ratings can be moved in it."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Moved:
    """A rating that calibration moved, as it stands now: the mover is invited to the interview."""

    was: Score | None
    """What the manager had given."""
    now: Score
    by: EmployeeId
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a moved rating does to one group in one quota."""

    group: GroupName
    reading: Reading
    """As it would be then."""
    leaves: bool
    """Whether the group would leave the policy there; else it comes back."""


def check_open(session: Session) -> None:
    """Raises SessionClosed if it is over."""
    if not session.is_open:
        raise SessionClosed


def members(
    group: GroupName, employees: Iterable[EmployeeId], roster: Roster
) -> frozenset[EmployeeId]:
    """Whoever of those people is in the group today: a team is who is in it (ours)."""
    if group.kind is GroupKind.COMPANY:
        return frozenset(employees)
    if group.kind is GroupKind.DEPARTMENT:
        there = roster.departments().get(group.key, ())
    else:
        there = roster.subtree(group.key)
    return frozenset(one.employee_id for one in there).intersection(employees)


def choices(review: Review, policy: Policy) -> tuple[Score, ...]:
    """What a rating can be moved to, best first; nothing while the values gate is shut."""
    if review.outcome is None or review.outcome.gate is GateState.GATED:
        return ()
    return tuple(step.score for step in policy.scale if step.score != review.rating)


def move_rating(
    review: Review,
    to: Score | None,
    because: str,
    told: Told,
    *,
    by: EmployeeId,
    desks: Collection[Desk],
    at: datetime,
    policy: Policy,
) -> Review:
    """The review with its rating moved (the scheme); whoever signed before has to sign anew.

    A rating that comes down so far may be one that the person has not heard of (product.md 7):
    it is marked as any other.

    Raises SameRating, and what steps.act raises: a rating that the values gate sets stays.
    """
    if to is not None and to == review.rating:
        raise SameRating(scale.show(to))
    moved = steps.act(
        review,
        Move.MOVE_RATING,
        by=by,
        desks=desks,
        at=at,
        policy=policy,
        comment=because,
        rating=to,
    )
    return replace(moved, surprise=would_surprise(review, to, told, policy))


def would_surprise(review: Review, to: Score | None, told: Told, policy: Policy) -> bool | None:
    """Whether the person would hear of that rating for the first time in the review."""
    if review.manager_part is None or to is None:
        return review.surprise
    part, rules = replace(review.manager_part, rating=to), rules_for(review, policy)
    return is_surprise(part, told, rules, review.outcome)


def moved(review: Review) -> Moved | None:
    """The move that stands, from what the manager gave; None if the rating is still theirs."""
    was = review.manager_part.rating if review.manager_part else None
    for word in reversed(review.sign_offs):
        if word.decision == Move.MOVE_RATING and word.rating is not None and word.rating != was:
            return Moved(was, word.rating, word.by, word.at, word.comment)
    return None


def came_back(review: Review) -> SignOff | None:
    """The skip-level's word with which it came back to calibration, while it lies there."""
    if review.stage is not Stage.CALIBRATION:
        return None
    for word in reversed(review.sign_offs):
        if word.decision == Move.CALIBRATE:
            return None
        if word.decision == Move.RETURN and word.role == Desk.SKIP_LEVEL:
            return word
    return None


def calibrated(
    review: Review, *, by: EmployeeId | None, at: datetime, policy: Policy
) -> tuple[Review, Move | None]:
    """The review as it goes on to the skip-level, and the move to seal.

    Signed by whoever closed the session; where that is the person themself, or nobody did, it
    goes on without a signature, for nobody signs for oneself.

    Raises NotYourTurn, AlreadySent or Excluded where it does not lie with calibration.
    """
    if by is None or by == review.employee_id:
        return steps.pass_deadline(review, Move.CALIBRATE, policy=policy), None
    seats = {Desk.CALIBRATION}
    done = steps.act(review, Move.CALIBRATE, by=by, desks=seats, at=at, policy=policy)
    return done, Move.CALIBRATE


def what_if(
    every: Iterable[Group],
    old: Score | None,
    new: Score,
    policy: Distribution,
) -> tuple[Change, ...]:
    """Which of a person's groups would leave the policy, or come back, the larger first.

    `every`: the groups that the person is counted in, as they stand. A group that is too small
    to be looked at says nothing.
    """
    found = []
    for group in sorted(every, key=lambda one: (-one.members, one.name)):
        seen = with_rating(group.counts, old, new, policy)
        then = {reading.quota.key: reading for reading in seen.after}
        out = [one for one in seen.breaks if one.quota.warns]
        back = [one.quota.key for one in seen.mends if one.quota.warns and one.quota.key in then]
        found += [Change(group.name, reading, leaves=True) for reading in out]
        found += [Change(group.name, then[key], leaves=False) for key in back]
    return tuple(found)
