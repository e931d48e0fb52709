"""The month's praise: counted once, on the first working day, with nobody ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from text_chat import as_text
from world import Home, home

from review.policy import Calendar, Policy

CHANNEL = "#praise"
OCTOBER = datetime(2026, 10, 12, 4, tzinfo=UTC)
MONDAY = datetime(2026, 11, 2, 1, tzinfo=UTC)
"""The first working day of November, 9:00 in Shanghai."""


def opened(place: Home) -> None:
    place.deps.company = replace(place.deps.company, praise_channels=(("text", CHANNEL),))


def boards(place: Home) -> list[str]:
    found = [as_text(card) for card in place.chat.cards(CHANNEL)]
    return [text for text in found if text.startswith("## ")]


async def praise(place: Home, giver: str, receiver: str, value: str, words: str = "So.") -> None:
    await place.command(giver, f"praise T-{receiver} {value} {words}")
    await place.tick()


async def test_the_board_comes_once_on_the_first_working_day_with_names_in_no_order_of_merit(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        opened(place)
        await place.tick()
        await praise(place, "mia", "e3", "teamwork")
        await praise(place, "e1", "e3", "teamwork")
        await praise(place, "e2", "e1", "customer_first")
        await place.tick(MONDAY - timedelta(seconds=1))
        assert boards(place) == []
        for later in (0, 1, 3600, 86400 * 20):
            await place.tick(MONDAY + timedelta(seconds=later))
        assert boards(place) == [
            "## Praise in October\n"
            "3 words of praise.\n"
            "Customer first: 1 · Teamwork: 2\n"
            "Praised: Person 1, Person 3.\n"
            "Thank you for saying so: Mia Manager, Person 1, Person 2."
        ]
        assert [kind for _, kind, _ in place.chat.log].count("praise_board") == 1


async def test_a_month_of_silence_has_no_board_and_what_was_taken_back_is_not_counted(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        opened(place)
        await place.tick()
        await praise(place, "mia", "e3", "teamwork")
        async with place.deps.database.begin(write=False) as tx:
            (one,) = await tx.praise.of("e3")
        await place.press("mia", "praise.take_back", one.id)
        await place.tick(MONDAY)
        await place.tick(MONDAY + timedelta(days=29))
        assert boards(place) == []


async def test_boards_missed_while_the_program_was_down_come_at_once(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        opened(place)
        await place.tick()
        await praise(place, "mia", "e3", "teamwork")
        place.clock.moment = MONDAY - timedelta(hours=30)
        await place.command("e1", "praise T-e2 teamwork On the first of November.")
        await place.tick(datetime(2027, 1, 20, 18, tzinfo=UTC))
        assert [text.splitlines()[0] for text in boards(place)] == [
            "## Praise in October",
            "## Praise in November",
        ]
        await place.tick(datetime(2026, 12, 20, 4, tzinfo=UTC))
        assert len(boards(place)) == 2


async def test_without_a_channel_nothing_is_counted_and_a_new_one_makes_up_for_nothing(
    tmp_path: Path,
) -> None:
    quiet = Policy(calendar=Calendar(quiet_dates=(date(2026, 11, 2),)))
    async with home(tmp_path, now=OCTOBER, policy=quiet) as place:
        await praise(place, "mia", "e3", "teamwork")
        await place.tick(MONDAY)
        opened(place)
        await place.tick(MONDAY)
        assert boards(place) == []
        await place.tick(MONDAY + timedelta(days=1))
        assert len(boards(place)) == 1
