"""An appointment as a file that any calendar takes; alone knows icalendar."""

from __future__ import annotations

from datetime import UTC

from prompts.card import Appointment, Attachment

MAKER = "-//NoSurprise//NoSurprise//EN"


def as_file(one: Appointment) -> str:
    """The file's content (RFC 5545), with times in UTC: each calendar shows them in its own.

    One that is off is cancelled: a calendar that knows it by its uid takes it out.
    """
    from icalendar import Calendar, Event  # 0.2 s, and needed where a date is sent alone

    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.at.astimezone(UTC))
    event.add("dtstart", one.begins.astimezone(UTC))
    event.add("dtend", one.ends.astimezone(UTC))
    event.add("summary", one.title)
    if one.off:
        event.add("status", "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if one.off else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


def attachment(one: Appointment) -> Attachment:
    """It as a file to open."""
    return Attachment(one.name, as_file(one), one.label)
