"""A date as a calendar takes it; alone knows icalendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MAKER = "-//NoSurprise//NoSurprise//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A talk in somebody's calendar. It says whom with, and nothing of the review."""

    uid: str
    """Stays the same when the talk is moved."""
    sequence: int
    """Counts the moves: a calendar keeps the highest."""
    starts_at: datetime
    minutes: int
    title: str
    at: datetime
    """When it was written."""


def as_file(date: Date) -> str:
    """The file's content (RFC 5545), with times in UTC: each calendar shows them in its own."""
    from icalendar import Calendar, Event  # 0.2 s, and needed where a date is sent alone

    event = Event()
    event.add("uid", date.uid)
    event.add("sequence", date.sequence)
    event.add("dtstamp", date.at.astimezone(UTC))
    event.add("dtstart", date.starts_at.astimezone(UTC))
    event.add("dtend", (date.starts_at + timedelta(minutes=date.minutes)).astimezone(UTC))
    event.add("summary", date.title)
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()
