"""One-on-ones: somebody and their manager talk at their own rhythm, and keep one sheet of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from review.errors_one_on_one import NotYourPair, NotYourTalk
from review.people import EmployeeId, Person

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


EPOCH = date(2024, 1, 1)
"""A Monday, from which rhythms are counted, so that no beginning has to be kept."""
WORK_DAYS, WEEK_DAYS = 5, 7
LEAD = timedelta(days=3)
"""The bot plans no talk sooner than that (ours)."""
AHEAD = timedelta(weeks=1)
"""So long before the day on which one falls due the bot looks for a time (ours)."""
PATIENCE = timedelta(weeks=1)
"""So long after its time a talk may still be said to be held; then the next one follows (ours)."""


def first_due(rank: int, team: int, weeks: int, after: date) -> date:
    """The day of the first talk with whoever has that place in a manager's team.

    A team is spread evenly over the working days of its rhythm, so that nobody has twelve talks
    in one week.
    """
    span = weeks * WEEK_DAYS
    place = rank * weeks * WORK_DAYS // team
    begin = EPOCH + timedelta(days=(after - EPOCH).days // span * span)
    day = begin + timedelta(days=place // WORK_DAYS * WEEK_DAYS + place % WORK_DAYS)
    return day if day >= after else day + timedelta(days=span)


def leads(actor: Person, other: Person) -> bool:
    """Whether the first leads the second in their one-on-ones, and not the other way round.

    Who names themself means the one with their own manager. Raises NotYourPair.
    """
    if other.manager_id == actor.employee_id:
        return True
    if other.employee_id not in {actor.employee_id, actor.manager_id}:
        raise NotYourPair(other.name)
    return False


def check_theirs(talk: OneOnOne | None, by: EmployeeId) -> OneOnOne:
    """That talk, for one of its two. Raises NotYourTalk."""
    if talk is None or by not in talk.pair:
        raise NotYourTalk
    return talk


def waits(talk: OneOnOne | None, now: datetime, weeks: int) -> bool:
    """Whether the bot is to look for a time, once the day has come.

    Not while one is agreed, nor where it found none and left it to the two, for one rhythm.
    """
    if talk is None or talk.state is not State.AHEAD:
        return True
    if talk.starts_at is not None:
        return False
    return talk.planned_at is None or now - talk.planned_at >= weeks * WEEK


def is_unsaid(talk: OneOnOne, now: datetime) -> bool:
    """Whether its time passed so long ago that nobody will say any more whether it was held."""
    ends = talk.ends_at
    return talk.state is State.AHEAD and ends is not None and now - ends >= PATIENCE


def too_long(since: date, today: date, weeks: int) -> bool:
    """Whether a pair has not talked for its rhythm and half as long again, a week at least."""
    return (today - since).days >= WEEK_DAYS * (weeks + max(1, weeks // 2))
