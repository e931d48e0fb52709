"""Asking colleagues for feedback about oneself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from review.errors_feedback import AskedLately
from review.feedback import OTHER, check_receiver
from review.people import EmployeeId, Person
from review.wording import Wording

RequestId = str
MOST = 5
"""Colleagues that are asked at a time (ours)."""
AGAIN = timedelta(days=14)
"""Nobody is asked the same again within this time (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody wants to hear about."""

    text: str = ""
    about_name: Wording = field(default_factory=dict)
    """The goal or value by its name at that time; empty for anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One colleague who is asked. That they would rather not is between them and the bot."""

    id: RequestId
    together: str
    """What all have in common who were asked at one time."""
    asker: EmployeeId
    asked: EmployeeId
    about: str
    """ "goal:<row id>", "value:<key>" or "other", as in feedback."""
    at: datetime
    said: Question
    answered_at: datetime | None = None
    declined_at: datetime | None = None


def check_asked(
    asker: EmployeeId, people: Sequence[Person], about: str, lately: Iterable[Request], on: date
) -> None:
    """Whom somebody may ask about that: colleagues who are there and were not asked it `lately`.

    Raises FeedbackToOneself, PersonGone, AskedLately.
    """
    for one in people:
        check_receiver(asker, one, on)
    before = {one.asked for one in lately if one.about == about}
    again = [one.name for one in people if one.employee_id in before]
    if again:
        raise AskedLately(", ".join(again), AGAIN.days)


def is_answered_by(request: Request, about: str) -> bool:
    """Whether a word on that is what the request asks for."""
    return request.answered_at is None and request.about in {about, OTHER}
