"""What the bot's own message of a day may speak of; a new subject is one entry here."""

from __future__ import annotations

from handlers import (
    check_in_section,
    digest,
    early_look,
    mentor_meetings,
    notes,
    nudge,
    one_on_one_daily,
    overdue,
    reminders,
)
from handlers.daily import Section

SECTIONS: tuple[Section, ...] = (
    reminders.SECTION,
    notes.SECTION,
    overdue.SECTION,
    check_in_section.SECTION,
    one_on_one_daily.SECTION,
    mentor_meetings.SECTION,
    digest.SECTION,
    early_look.SECTION,
    nudge.SECTION,
)
"""In the order in which they stand."""
