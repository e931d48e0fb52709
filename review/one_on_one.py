"""One-on-ones: somebody and their manager talk at their own rhythm, and keep one sheet of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from review.people import EmployeeId

WEEK = timedelta(weeks=1)
RHYTHMS = (1, 2, 4)
"""Weeks between two talks that a pair may choose (the scheme: four, two or one)."""


class State(StrEnum):
    """Where one talk stands."""

    AHEAD = "ahead"
    HELD = "held"
    SKIPPED = "skipped"
    UNSAID = "unsaid"
    """Its time passed, and nobody said whether it took place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOnOne:
    """One talk of a pair."""

    id: str
    person: EmployeeId
    manager: EmployeeId
    number: int
    """Counted up from 1 with each talk of the pair."""
    state: State = State.AHEAD
    starts_at: datetime | None = None
    minutes: int = 30
    sequence: int = 0
    """Counts the times agreed; a calendar takes the highest (RFC 5545)."""
    planned_at: datetime | None = None
    """When the bot looked for a time by itself; None: the two have settled it since."""
    settled_at: datetime | None = None
    """When it was said to be held or skipped, or given up."""

    @property
    def pair(self) -> tuple[EmployeeId, EmployeeId]:
        """The person and their manager."""
        return self.person, self.manager

    @property
    def ends_at(self) -> datetime | None:
        """When it should be over."""
        return None if self.starts_at is None else self.starts_at + timedelta(minutes=self.minutes)

    def other(self, employee: EmployeeId) -> EmployeeId:
        """With whom one of the two talks."""
        return self.manager if employee == self.person else self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What a pair wants otherwise than the company."""

    person: EmployeeId
    manager: EmployeeId
    weeks: int | None = None
    """Between two talks; None: as the policy says."""
    paused_until: date | None = None
    """No talk is planned before that day."""
    by: EmployeeId
    """Who of the two last changed it."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one of the two wrote on the sheet; the other reads it, and nobody else."""

    topics: str = ""
    """What they want to talk about."""
    notes: str = ""
    """What they want to remember of it."""
