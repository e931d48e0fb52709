"""The talk about a review: what both prepare for it, when it is, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from review.learning import ActionKind
from review.people import EmployeeId
from review.record import Review, ReviewId, SignOff
from review.stages import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Where the talk about one review stands."""

    review: ReviewId
    began_at: datetime
    """When it was to be prepared."""
    told_at: datetime | None = None
    """When the manager was asked to prepare it."""
    slots: tuple[datetime, ...] = ()
    """Times that the manager offered, until the person takes one."""
    starts_at: datetime | None = None
    """The time agreed."""
    minutes: int = 60
    sequence: int = 0
    """Counts the times agreed; a calendar takes the highest (RFC 5545)."""
    asked_at: datetime | None = None
    """When the manager was asked whether it took place."""
    late_at: datetime | None = None
    """When the skip-level heard that it is overdue."""
    held_at: datetime | None = None
    ends_on: date | None = None
    """The last day, where the person is, on which an appeal may be filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One action, as somebody proposes it."""

    text: str
    by: EmployeeId
    """Who does it."""
    due: date
    kind: ActionKind = ActionKind.TASK
    link: str = ""
    """Where a training is; "" where none was given."""
    mentor: EmployeeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one of the two prepared (the scheme's three parts)."""

    good: str = ""
    """Behaviours that were good, with their cases."""
    improve: str = ""
    """Behaviours to improve, with their cases."""
    judged: str = ""
    """How each is judged."""
    expected: str = ""
    """What is expected from here."""
    actions: tuple[Promise, ...] = field(default=())


class Going(StrEnum):
    """How an action is."""

    OPEN = "open"
    """Nobody has said yet."""
    GOING = "going"
    STUCK = "stuck"
    DONE = "done"
    DROPPED = "dropped"
    """Given up with a reason, or taken back by the two who agreed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that two people agreed in an interview or a one-on-one."""

    id: str
    review: ReviewId | None = None
    """The review whose interview it came from."""
    talk: str | None = None
    """The one-on-one that it came from: then it is the pair's alone (product.md 13)."""
    about: EmployeeId
    """Whose review it came from, or whose one-on-one with their manager."""
    owner: EmployeeId
    text: str
    due: date
    going: Going
    agreed_at: datetime
    changed_at: datetime
    kind: ActionKind = ActionKind.TASK
    link: str = ""
    mentor: EmployeeId | None = None
    """Who goes along with the owner; None as well where the one agreed cannot take it on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWord:
    """Somebody's word on how an action goes; none is ever changed, the next one follows it."""

    action: str
    number: int
    """Counted up from 1 with each word on that action."""
    going: Going
    by: EmployeeId
    at: datetime
    words: str = ""
    """What is in the way, why it is dropped, or what was learnt."""


SHUT = frozenset({Going.DONE, Going.DROPPED})
"""Nothing is left to do about it."""


def undone(said: Sequence[ActionWord], going: Going) -> Going | None:
    """How an action went before its last word, which closed it; None: there is nothing to undo.

    What the two took back in the interview's sheet, without a word, is agreed there again (ours).
    """
    if going not in SHUT or not said or said[-1].going is not going:
        return None
    if going is Going.DROPPED and not said[-1].words:
        return None
    before = [one.going for one in said if one.going not in SHUT]
    return before[-1] if before else Going.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where actions are agreed: the interview about a review, or one's own list of a one-on-one."""

    about: EmployeeId
    review: ReviewId | None = None
    talk: str | None = None
    list: str
    """What their ids begin with."""

    def action_id(self, number: int) -> str:
        """An action's id: its place, from 1, in that list."""
        return f"{self.list}.{number}"


def interview_of(review: Review) -> Origin:
    """The interview about that review."""
    return Origin(about=review.employee_id, review=review.id, list=review.id)


def agreed(
    origin: Origin, promises: Sequence[Promise], before: Iterable[Action], at: datetime
) -> tuple[Action, ...]:
    """What changes when these are agreed: actions that are new, other than before, or taken back.

    An action stays the same one as long as it keeps its place; how it goes is kept (ours).
    """
    known = {one.id: one for one in before}
    changed = []
    for number, promise in enumerate(promises, start=1):
        made = Action(
            id=origin.action_id(number),
            review=origin.review,
            talk=origin.talk,
            about=origin.about,
            owner=promise.by,
            text=promise.text,
            due=promise.due,
            going=Going.OPEN,
            agreed_at=at,
            changed_at=at,
            kind=promise.kind,
            link=promise.link,
            mentor=promise.mentor,
        )
        was = known.pop(made.id, None)
        if was is None:
            changed.append(made)
            continue
        going = Going.OPEN if was.going is Going.DROPPED else was.going
        kept = replace(made, going=going, agreed_at=was.agreed_at, changed_at=was.changed_at)
        if kept != was:
            changed.append(replace(kept, changed_at=at))
    gone = [one for one in known.values() if one.going is not Going.DROPPED]
    dropped = [replace(one, going=Going.DROPPED, changed_at=at) for one in gone]
    return (*changed, *dropped)


def said(review: Review, move: Move) -> SignOff | None:
    """The last word of that kind that stands."""
    found = [word for word in review.sign_offs if word.decision == move]
    return found[-1] if found else None
