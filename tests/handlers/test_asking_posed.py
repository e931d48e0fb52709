"""What is typed answers a form where that was asked in the chat, and is a command beside a card."""

from __future__ import annotations

from pathlib import Path

import pytest
from asked_chat import asked
from test_asking import begun
from world import Home

from handlers.answers import Asks, Done, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Posed
from handlers.ports import Quota


async def pose(place: Home, asks: Asks, *, typed: bool, turn: int = 0) -> None:
    """The platform says where that part stands."""
    event = Posed(
        who=Account("text", "T-e1"),
        surface=asks.surface,
        turn=asks.turn - turn,
        typed=typed,
        identity=place._new(),
    )
    assert await dispatch(event, place.deps) == Done()


async def scores(place: Home) -> list[str]:
    async with place.deps.database.begin(write=False) as tx:
        drafts = await tx.drafts.of("e1")
    return [mark.value for one in drafts for mark in one.marks.values() if mark.value]


async def test_a_form_is_asked_in_the_chat_until_the_platform_says_otherwise(
    tmp_path: Path,
) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        assert talk.asks.typed
        await talk.say("4")
        assert await scores(place) == ["4"]


async def test_beside_a_card_what_is_typed_is_a_command(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        await pose(place, talk.asks, typed=False)
        assert "status" in await talk.say("4"), "the help, for there is no such command"
        assert await scores(place) == []


async def test_a_form_that_came_back_to_the_chat_is_answered_there(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        await pose(place, talk.asks, typed=False)
        await pose(place, talk.asks, typed=True)
        await talk.say("4")
        assert talk.asks.typed
        assert await scores(place) == ["4"]


async def test_what_was_said_of_an_earlier_part_is_over(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        await pose(place, talk.asks, typed=False, turn=1)
        await talk.say("4")
        assert await scores(place) == ["4"]


async def test_a_form_that_is_filled_on_a_card_goes_on_there(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        await talk.fill(goal__repeat_rate="4")
        assert not talk.asks.typed
        await talk.say("3")
        assert isinstance(talk.answers[-1], Says)
        assert await scores(place) == ["4"]


async def test_of_two_forms_what_is_typed_answers_the_one_in_the_chat(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk, _ = await begun(place)
        first = talk.asks
        await pose(place, first, typed=False)
        await talk.does("feedback.open", "e2")
        await talk.say("1")
        assert talk.asks.surface != first.surface
        assert len(await scores(place)) == 1


@pytest.mark.parametrize(("calls", "spare"), [(5_000, True), (0, False)])
async def test_a_form_says_whether_there_are_calls_to_spare_for_it(
    tmp_path: Path, calls: int, *, spare: bool
) -> None:
    async with asked(tmp_path) as place:
        place.deps.quotas = (Quota(platform="text", calls=calls, buckets=frozenset()),)
        talk, _ = await begun(place)
        assert talk.asks.spare is spare
