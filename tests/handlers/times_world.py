"""Times for a talk, for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar
from world import Home, opened

from bot.platforms.calendar_file import as_file
from handlers.answers import Done
from prompts.card import Appointment, Buttons, Card
from review.interview import Interview

DAY = timedelta(days=1)
TUESDAY, WEDNESDAY = (datetime(2026, 10, day, 2, tzinfo=UTC) for day in (13, 14))
"""10:00 in Shanghai."""


async def talk(place: Home, review: str) -> Interview:
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.interviews.get(review)
    assert found is not None
    return found


async def offer(place: Home, review: str, **given: str) -> None:
    form = opened(await place.press("mia", "interview.times", review))
    assert await place.fill("mia", form, given) == Done()
    await place.tick()


def value(shown: Card, action: str) -> str:
    (found,) = [
        one.value
        for part in shown.parts
        if isinstance(part, Buttons)
        for one in part.buttons
        if one.action == action
    ]
    return found


def dates(place: Home, who: str) -> list[Calendar]:
    """What they can put into their calendars, the oldest first."""
    return [
        Calendar.from_ical(as_file(part))
        for one in place.chat.cards(f"T-{who}")
        for part in one.parts
        if isinstance(part, Appointment)
    ]
