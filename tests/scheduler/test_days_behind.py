"""A chat that is away for days: what its days would have said comes in one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from signing import rated
from talking import buttons_of
from text_chat import TextChat, as_text
from world import Home, home, open_cycle

from handlers.answers import Done
from handlers.ports import NotSent, Outcome, Parcel
from prompts.card import Buttons, Card
from review.cycle import Cycle
from scheduler.deliver import deliver_all


@dataclass
class AwayChat(TextChat):
    """It can't be reached, for as long as it is told so."""

    away: bool = False

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        if self.away:
            return NotSent("unreachable", retry_after=600)
        return await super().send(parcel, payload)


def october(day: int, hour: int = 2) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def days(chat: AwayChat, who: str) -> list[str]:
    """Their messages of a day, with what can be pressed."""
    found = (one for one in chat.cards(f"T-{who}") if "remind.later" in buttons_of(one))
    return [f"{as_text(one)} {labels(one)}" for one in found]


def labels(card: Card) -> list[str]:
    """What its buttons say."""
    rows = (part.buttons for part in card.parts if isinstance(part, Buttons))
    return [button.label for row in rows for button in row]


async def _signed(place: Home, cycle: Cycle, who: str) -> None:
    review = await rated(place, cycle, who)
    await place.tick()
    assert await place.press("boss", "signoff.agree", review) == Done()
    assert await place.press("hr", "hr.confirm", review) == Done()


async def test_days_without_the_chat_are_told_in_one_message_when_it_is_back(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        chat = AwayChat()
        place.deps.messengers = {"text": chat}
        cycle = await open_cycle(place)
        before = len(days(chat, "mia"))
        chat.away = True
        await _signed(place, cycle, "e1")
        await place.tick(october(14))
        await _signed(place, cycle, "e3")
        await place.tick(october(15))
        await place.tick(october(16))
        assert len(days(chat, "mia")) == before
        chat.away = False
        await place.tick(october(16, 3))
        await place.tick(october(16, 4))
        assert len(days(chat, "mia")) == before + 1
        told = days(chat, "mia")[-1]
        assert "Person 1" in told
        assert "Person 3" in told


async def test_what_is_left_of_a_day_before_is_not_sent_ahead_of_todays(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        chat = AwayChat()
        place.deps.messengers = {"text": chat}
        cycle = await open_cycle(place)
        before = len(days(chat, "mia"))
        chat.away = True
        await _signed(place, cycle, "e1")
        await place.tick(october(14))
        chat.away = False
        await place.tick(october(15, 0))  # 8:00: nobody is written to
        assert len(days(chat, "mia")) == before
        place.clock.moment = october(15, 3)  # the clock has not looked yet
        await deliver_all(place.deps)
        assert len(days(chat, "mia")) == before
        for hour in (3, 4, 5):
            await place.tick(october(15, hour) + timedelta(minutes=5))
        assert len(days(chat, "mia")) == before + 1
        assert "Person 1" in days(chat, "mia")[-1]
