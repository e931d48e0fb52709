"""An appointment as an event of somebody's DingTalk calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.platforms.shorten import cut
from prompts.card import Appointment

SUMMARY = 2048
"""DingTalk: characters of an event's title (slug create-event)."""
BEFORE = 15
"""Minutes before it begins that DingTalk reminds of it (ours)."""


def path(union: str, event: str = "") -> str:
    """Where the person's events are, or that one."""
    found = f"v1.0/calendar/users/{quote(union, safe='')}/calendars/primary/events"
    return f"{found}/{quote(event, safe='')}" if event else found


def body(one: Appointment, event: str = "") -> dict[str, Any]:
    """What is said of it; an event that stands there already is named in it.

    Nobody is invited: each of those who meet has an event of their own.
    """
    said = {
        "summary": cut(one.title, SUMMARY),
        "start": _moment(one.begins, one.zone),
        "end": _moment(one.ends, one.zone),
        "isAllDay": False,
        "reminders": [{"method": "dingtalk", "minutes": BEFORE}],
    }
    return said | {"id": event} if event else said


def _moment(at: datetime, zone: str) -> dict[str, str]:
    local = at.astimezone(ZoneInfo(zone))
    return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": zone}
