"""Managers hear of people to whom they have said nothing for six weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from feedback_given import give
from text_chat import as_text
from world import Home, home, open_cycle, team

from handlers.answers import Done
from review.policy import NoSurprise, Policy

JULY = datetime(2026, 7, 1, 4, tzinfo=UTC)
"""Wednesday, noon in Shanghai; six weeks later the next Monday is 17 August."""
MONDAY = datetime(2026, 8, 17, 4, tzinfo=UTC)
TITLE = "A word is due"
DATES: dict[str, Any] = {
    "self_open": date(2026, 10, 9),
    "self_due": date(2026, 10, 16),
    "manager_due": date(2026, 10, 23),
}


def nudges(place: Home, who: str = "mia") -> list[str]:
    texts = [as_text(card) for card in place.chat.cards(f"T-{who}")]
    return [text[text.index(TITLE) :] for text in texts if TITLE in text]


async def days(place: Home, until: datetime) -> None:
    """Every day at noon."""
    while place.clock.moment < until:
        await place.tick(place.clock.moment + timedelta(days=1))


async def test_after_six_weeks_a_manager_is_asked_once_about_those_who_heard_nothing(
    tmp_path: Path,
) -> None:
    people = [
        replace(one, leave_from=date(2026, 8, 10), leave_to=date(2026, 8, 20))
        if one.employee_id == "e3"
        else replace(one, hired_on=date(2026, 8, 3))
        if one.employee_id == "e4"
        else one
        for one in team(5)
    ]
    async with home(tmp_path, tuple(people), now=JULY) as place:
        await open_cycle(place, **DATES)
        await days(place, datetime(2026, 7, 20, 4, tzinfo=UTC))
        place.clock.moment = datetime(2026, 7, 20, 4, tzinfo=UTC)
        assert await give(place, "mia", "e2", about="other") == Done()
        await place.tick()
        await days(place, MONDAY - timedelta(days=3))
        assert nudges(place) == []
        await days(place, MONDAY + timedelta(days=4))
        (said,) = nudges(place)
        assert "Person 1: no word from you yet" in said.replace("*", "")
        assert "Person 5: no word from you yet" in said.replace("*", "")
        for other in ("Person 2", "Person 3", "Person 4"):
            assert other not in said
        (above,) = nudges(place, "boss")
        assert "Mia Manager" in above
        assert nudges(place, "e1") == nudges(place, "hr") == []


async def test_who_heard_a_word_since_is_not_asked_about_and_a_company_may_switch_it_off(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=JULY) as place:
        await open_cycle(place, **DATES)
        await days(place, MONDAY - timedelta(days=4))
        for one in ("e1", "e2", "e3"):
            assert await give(place, "mia", one, about="other") == Done()
        await place.tick()
        await days(place, MONDAY + timedelta(days=1))
        assert nudges(place) == []
    (tmp_path / "off").mkdir()
    never = Policy(no_surprise=NoSurprise(nudge_weeks=0))
    async with home(tmp_path / "off", now=JULY, policy=never) as place:
        await open_cycle(place, **DATES)
        await days(place, MONDAY + timedelta(days=1))
        assert nudges(place) == nudges(place, "boss") == []
