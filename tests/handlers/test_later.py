"""Putting off the bot's own message of a day, in words and by its buttons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from signing import said
from text_chat import as_text
from world import NOON, Home, home, open_cycle, opened

from handlers.answers import Done, Refuses

EIGHTH = datetime(2026, 10, 15, 4, tzinfo=UTC)
"""Thursday, noon in Shanghai: the day before self-reviews are due."""


async def until(place: Home, who: str = "e1") -> str:
    """Until when they put it off, where they are."""
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.occurrences.wait_until(who)
    return "" if found is None else f"{found + timedelta(hours=8):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("", "10-13 09:00"),
        ("hour", "10-12 13:00"),
        ("An hour", "10-12 13:00"),
        ("tomorrow", "10-13 09:00"),
        ("monday", "10-19 09:00"),
        ("周一", "10-19 09:00"),
        ("一小时", "10-12 13:00"),
        ("2026-10-17", "10-19 09:00"),
        ("2026/10/20", "10-20 09:00"),
        ("2026年10月14日", "10-14 09:00"),
        ("2026-10-12", ""),
        ("2026-12-24", ""),
        ("2026-13-01", ""),
        ("whenever", ""),
    ],
)
async def test_a_time_is_taken_in_words(tmp_path: Path, word: str, wanted: str) -> None:
    async with home(tmp_path) as place:
        answer = said(await place.command("e1", f"remind later {word}"))
        assert await until(place) == wanted
        assert ("2026-12-01" in answer) is (not wanted)
        assert wanted or f"“{word}”" in answer


async def test_an_hour_before_the_evening_is_the_next_morning(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        place.clock.moment = NOON + timedelta(hours=6, minutes=30)
        await place.press("e1", "remind.later:hour", "hour")
        assert await until(place) == "10-13 09:00"


async def test_another_day_is_asked_for_and_has_to_be_near(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        form = opened(await place.press("e2", "remind.later:date", "date"))
        for day in ("2026-10-12", "2026-11-13", ""):
            answer = await place.send("e2", form, {"until": day})
            assert isinstance(answer, Refuses)
            (problem,) = answer.form.problems
            assert problem.problem == "请选明天或以后的日子，最远 31 天。"
            assert (problem.value or "") == day
        assert await place.send("e2", form, {"until": "2026-11-12"}) == Done()
        assert await until(place, "e2") == "11-12 09:00"


async def test_what_was_put_off_comes_at_that_time_and_only_then(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)

        def told() -> list[str]:
            texts = [as_text(card) for card in place.chat.cards("T-e1")]
            return [text for text in texts if text.startswith("## Reminder")]

        await place.tick(EIGHTH)
        assert len(told()) == 1
        for press in (1, 2):
            await place.press("e1", "remind.later:hour", "hour")
            await place.tick(place.clock.now() + timedelta(minutes=59))
            assert len(told()) == press
            for _ in range(2):
                await place.tick(place.clock.now() + timedelta(minutes=1))
                assert len(told()) == press + 1
        assert "2026Q3" in told()[-1]
        await place.press("e1", "remind.later", "tomorrow")
        await place.tick(datetime(2026, 10, 16, 1, tzinfo=UTC))
        assert len(told()) == 4
        await place.tick(datetime(2026, 10, 16, 6, tzinfo=UTC))
        assert len(told()) == 4
