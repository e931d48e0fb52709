"""An appeal: its words, the clock, and who decides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from review.errors_interview import AppealLate, DeciderGone, DeciderSigned
from review.people import EmployeeId, Person
from review.record import Review, ReviewId, may_decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One person's appeal against their review."""

    review: ReviewId
    filed_at: datetime
    words: str
    copy: Review
    """The review as it stood when the appeal was filed (ours: nothing said after changes it)."""
    decider: EmployeeId | None = None
    named_at: datetime | None = None
    decide_by: date | None = None
    """The last day, where the decider is."""
    decided_at: datetime | None = None
    moved: bool | None = None
    """Whether the rating was moved; None: not decided."""
    why: str = ""
    """The decider's reason."""
    late_at: datetime | None = None
    """When HR heard that it is overdue."""


def is_about(appeal: Appeal, held_at: datetime | None) -> bool:
    """Whether it came after the interview that was held last: one opened anew is talked of anew."""
    return held_at is not None and appeal.filed_at >= held_at


def check_in_time(ends_on: date | None, today: date) -> None:
    """Refuse an appeal that comes too late (ours: 5 working days). Raises AppealLate."""
    if ends_on is None or today > ends_on:
        raise AppealLate(ends_on)


def check_decider(person: Person, review: Review, today: date) -> None:
    """Refuse whoever can't decide it (ours). Raises DeciderSigned, DeciderGone."""
    if not may_decide(person.employee_id, review):
        raise DeciderSigned(person.name)
    if person.has_left(today) or person.on_leave(today):
        raise DeciderGone(person.name)
