"""What an action may be besides a task: a training, or a pairing with a mentor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from review.people import EmployeeId

WEEK = timedelta(weeks=1)
LINK_LIMIT = 500
"""Characters of a training's address (ours)."""


class ActionKind(StrEnum):
    """What somebody agreed to do."""

    TASK = "task"
    TRAINING = "training"
    """Done with what was learnt."""
    MENTORING = "mentoring"
    """With a mentor, until both have closed it."""


def is_link(text: str) -> bool:
    """Whether it is an address that may be shown: https, with a host, no name or password in it.

    Whoever reads it presses it, so nothing else is taken.
    """
    if len(text) > LINK_LIMIT or any(one.isspace() or not one.isprintable() for one in text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (host or "") and parts.username is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A mentor goes along with whoever does an action."""

    action: str
    mentor: EmployeeId
    began_at: datetime
    declined_at: datetime | None = None
    """The mentor said that they can't."""
    closed_at: datetime | None = None
    """The mentor said that it is complete; its owner says so by having done the action."""
    mentor_word: str = ""
    """What the mentor said with either."""
    owner_word: str = ""
    """What the owner said when it was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Whether the two met, as one of them says it."""

    action: str
    number: int
    """Which of the times that both were asked, counted from 1."""
    by: EmployeeId
    met: bool
    at: datetime


def round_of(began: date, today: date, weeks: int) -> int:
    """How many times both were to be asked by then whether they met; 0 weeks: never."""
    return max(0, (today - began) // (weeks * WEEK)) if weeks > 0 else 0


def asks(began: date, last: date, today: date, weeks: int) -> int | None:
    """Which time it is, if both are to be asked today whether they met; None: not today.

    Every so many weeks, or on the first day after that on which they are looked at again; `last`
    is the day before on which they were. (product.md 15: every two weeks.)
    """
    number = round_of(began, today, weeks)
    return number if number and last < began + number * weeks * WEEK else None
