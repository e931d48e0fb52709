"""A half-filled feedback is there again, and any text comes through."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from feedback_given import HARD, give
from text_chat import as_text
from world import home, open_cycle, opened, team

from handlers.answers import Done


async def test_a_half_filled_form_is_there_again(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        form = opened(await place.press("mia", "feedback.open", "e1"))
        await place.fill("mia", form, {"kind": "positive", "behaviour": ""})
        again = opened(await place.press("mia", "feedback.open", "e1"))
        assert {one.key: one.value for one in again.fields}["kind"] == "positive"
        other = opened(await place.press("mia", "feedback.open", "e2"))
        assert {one.key: one.value for one in other.fields}["kind"] is None


async def test_any_text_comes_through_as_it_was_typed(tmp_path: Path) -> None:
    people = team()
    named = replace(people[2], name="Mia " + "长" * 36)
    async with home(tmp_path, (*people[:2], named, *people[3:])) as place:
        await open_cycle(place)
        more = {"behaviour": HARD, "effect": HARD, "expectation": HARD}
        assert await give(place, "mia", "e1", **more) == Done()
        await place.tick()
        card = place.chat.cards("T-e1")[-1]
        assert as_text(card).count(f"> {HARD.strip()}") == 3
