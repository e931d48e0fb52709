"""Feedback that one person gives another in the flow of work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from review.errors_feedback import FeedbackToOneself, PersonGone
from review.people import EmployeeId, Person
from review.wording import Wording

FeedbackId = str


class Kind(StrEnum):
    """What somebody hears (the scheme)."""

    POSITIVE = "positive"
    CONSTRUCTIVE = "constructive"
    NEGATIVE = "negative"


CRITICAL = frozenset({Kind.CONSTRUCTIVE, Kind.NEGATIVE})
"""Kinds that say that something is not as it should be."""
OTHER = "other"
"""It is about something else than a goal or a value of theirs."""


def about_goal(row: str) -> str:
    """The name of a goal that feedback is about."""
    return f"goal:{row}"


def about_value(key: str) -> str:
    """The name of a value that feedback is about."""
    return f"value:{key}"


def on_work(about: str) -> bool:
    """Whether it is about a goal or a value, and not about something else."""
    return about.partition(":")[0] in {"goal", "value"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words of one feedback, as its giver wrote them."""

    behaviour: str
    """What the person did: a fact."""
    effect: str = ""
    expectation: str = ""
    """What is hoped for from here on."""
    about_name: Wording = field(default_factory=dict)
    """The goal or value by its name at that time; empty for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One feedback, and what became of it. Only its giver and its receiver ever read it."""

    id: FeedbackId
    giver: EmployeeId
    receiver: EmployeeId
    kind: Kind
    about: str
    """ "goal:<row id>", "value:<key>" or "other"."""
    as_manager: bool
    """Whether the giver sat at the receiver's manager's desk when it was given."""
    wants_talk: bool
    said: Said
    at: datetime
    reached_at: datetime | None = None
    """When the receiver's chat had it; None: it is on its way."""
    thanked_at: datetime | None = None
    talk_asked_at: datetime | None = None
    """When the receiver asked for a talk about it."""
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What reached somebody, without its words."""

    giver: EmployeeId
    kind: Kind
    about: str
    as_manager: bool
    reached_at: datetime
    public: bool = False
    """It was praise before everybody."""


def check_receiver(giver: EmployeeId, receiver: Person, on: date) -> None:
    """Anybody in the company may hear from anybody else who is there (the scheme).

    Raises FeedbackToOneself, PersonGone.
    """
    if receiver.employee_id == giver:
        raise FeedbackToOneself
    if receiver.has_left(on):
        raise PersonGone(receiver.name)
