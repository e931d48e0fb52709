"""Where calls are counted, what says the same to many says it with the same buttons."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from text_chat import as_text
from world import Home, home, open_cycle, opened, review_of, team

from bot.platforms.dingtalk import draw
from handlers.answers import Says
from handlers.ports import Outcome, Parcel, Quota
from prompts.card import Button, Buttons, Card, Paragraph
from review.cycle import Cycle


async def invited(place: Home) -> Cycle:
    """A cycle was opened on a platform that counts its calls."""
    place.deps.quotas = (Quota(platform="text", calls=10_000, buckets=frozenset()),)
    return await open_cycle(place)


def values(card: Card, action: str) -> list[str]:
    found: list[Button] = []
    for part in card.parts:
        match part:
            case Buttons(buttons):
                found += buttons
            case Paragraph(_, Button() as button):
                found.append(button)
    return [one.value for one in found if one.action == action]


def last(place: Home, who: str) -> Card:
    return place.chat.cards(f"T-{who}")[-1]


async def test_a_reminder_is_the_same_for_all_who_read_one_language(tmp_path: Path) -> None:
    async with home(tmp_path, team(4)) as place:
        cycle = await invited(place)
        await place.tick(datetime(2026, 10, 15, 4, tzinfo=UTC))
        cards = {who: last(place, who) for who in ("e1", "e3", "e4")}
        assert values(cards["e1"], "self_review.open") == [f"own.{cycle.id}"]
        assert cards["e1"] == cards["e3"] == cards["e4"]
        assert last(place, "e2") != cards["e1"]
        assert draw.message(cards["e1"])["msgKey"] == "sampleActionCard5"


async def test_a_press_is_on_the_own_review_of_whoever_presses(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await invited(place)
        for who in ("e1", "e3"):
            form = opened(await place.press(who, "self_review.open", f"own.{cycle.id}"))
            assert form.subject == await review_of(place, cycle, who)


@pytest.mark.parametrize("value", ["own.{cycle}", "own.0123abcd", "own."])
async def test_who_has_no_such_review_is_refused(tmp_path: Path, value: str) -> None:
    async with home(tmp_path) as place:
        cycle = await invited(place)
        who = "boss" if "{" in value else "e1"
        answer = await place.press(who, "self_review.open", value.format(cycle=cycle.id))
        if who == "e1":
            assert isinstance(answer, Says)
            assert "review" in as_text(answer.card)


async def test_on_other_platforms_a_button_names_its_review(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        (value,) = values(last(place, "e1"), "self_review.open")
        assert value == await review_of(place, cycle, "e1")


@pytest.mark.parametrize(("calls", "alike"), [(35 * 5, True), (35 * 6, False)])
async def test_what_says_the_same_to_many_goes_together_where_calls_are_few(
    tmp_path: Path, calls: int, *, alike: bool
) -> None:
    async with home(tmp_path) as place:
        seen: dict[str, bool] = {}
        send = place.chat.send

        async def looks(parcel: Parcel, payload: bytes) -> Outcome:
            seen[parcel.kind] = parcel.plain
            return await send(parcel, payload)

        place.chat.send = looks  # type: ignore[method-assign]
        place.deps.quotas = (Quota(platform="text", calls=calls, buckets=frozenset()),)
        await open_cycle(place)
        await place.tick(datetime(2026, 10, 15, 4, tzinfo=UTC))
        assert seen == {"my_review": alike, "reminder": alike, "team_list": False, "board": False}
