"""The talk about a review: what both prepare for it, when it is, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

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
    due: date | None = None


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
    """Taken back by the two who agreed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that two people agreed in an interview."""

    id: str
    review: ReviewId
    about: EmployeeId
    """Whose review it came from."""
    owner: EmployeeId
    text: str
    due: date
    going: Going
    agreed_at: datetime
    changed_at: datetime


def action_id(review: ReviewId, number: int) -> str:
    """An action's id: its place, from 1, in the interview that it comes from."""
    return f"{review}.{number}"


@dataclass(frozen=True, slots=True)
class Moved:
    """The rating was moved after the manager picked it."""

    word: SignOff
    before: str
    after: str


def said(review: Review, move: Move) -> SignOff | None:
    """The last word of that kind that stands."""
    found = [word for word in review.sign_offs if word.decision == move]
    return found[-1] if found else None
