"""What the bot itself has to say: in one message a day, together with all else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from signing import rated
from talking import buttons_of, noted, signed, texts
from text_chat import as_text
from world import Home, home, open_cycle

from handlers.answers import Done
from prompts.card import Buttons, Card

DAY = timedelta(days=1)
SIGNED_OFF = "Your 2026Q3 review has been signed off"


def days(place: Home, who: str) -> list[str]:
    """Their messages of a day, with what can be pressed."""
    found = (one for one in place.chat.cards(f"T-{who}") if "remind.later" in buttons_of(one))
    return [f"{as_text(one)} {' '.join(labels(one))}" for one in found]


def labels(card: Card) -> list[str]:
    """What its buttons say."""
    rows = (part.buttons for part in card.parts if isinstance(part, Buttons))
    return [button.label for row in rows for button in row]


async def test_two_things_that_came_up_are_one_message(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await signed(place, "e1", "e3")
        (told,) = days(place, "mia")
        assert "2026Q3: 2 interviews are next" in told
        shown = noted(place, "e1", SIGNED_OFF)
        assert shown.summary.startswith(f"What is new: {SIGNED_OFF}")


async def test_what_comes_up_later_in_the_day_waits_for_tomorrow(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        for who in ("e1", "e3"):
            review = await rated(place, cycle, who)
            await place.tick()
            assert await place.press("boss", "signoff.agree", review) == Done()
            assert await place.press("hr", "hr.confirm", review) == Done()
            await place.tick(place.clock.moment + timedelta(hours=1))
        assert len(days(place, "mia")) == 1
        await place.tick(place.clock.moment + DAY)
        first, second = days(place, "mia")
        assert ("Person 1" in first, "Person 3" in first) == (True, False)
        assert ("Person 1" in second, "Person 3" in second) == (False, True)


async def test_putting_off_brings_it_again_as_far_as_it_is_still_so(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (first, _) = await signed(place, "e1", "e3")
        await place.press("mia", "remind.later", "tomorrow")
        await place.press("mia", "interview.held", first)
        await place.tick(place.clock.moment + timedelta(hours=1))
        assert len(days(place, "mia")) == 1
        await place.tick(place.clock.moment + DAY)
        _, again = days(place, "mia")
        assert "one interview is next" in again
        assert "Person 3" in again
        assert "Person 1" not in again


async def test_nothing_is_said_of_what_was_done_before_the_day_began(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        place.clock.moment += timedelta(hours=8)  # 20:00 in Shanghai
        _, (review,) = await signed(place)
        await place.press("mia", "interview.held", review)
        await place.tick(place.clock.moment + timedelta(hours=13))
        assert SIGNED_OFF not in texts(place, "e1")
        assert "interview is next" not in texts(place, "mia")
