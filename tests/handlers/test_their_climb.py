"""One press takes over a ladder as the person climbed it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rating_world import ready
from world import Home, home, opened, rating_answers

from handlers.answers import Continues, Done, Redraws
from prompts.card import Buttons, Form

CLIMB = "climb:customer_first"


async def _on_the_ladder(place: Home, review: str) -> Form:
    form = opened(await place.press("mia", "rate:3.5", review))
    answers = rating_answers(place)
    given = {one.key: answers.get(one.key, one.value or "") for one in form.fields}
    answer = await place.send("mia", form, given)
    assert isinstance(answer, Continues)
    return answer.form


def _offered(form: Form) -> list[str]:
    rows = [part for part in form.parts if isinstance(part, Buttons)]
    return [one.action for row in rows for one in row.buttons if one.action == CLIMB]


async def test_a_press_climbs_it_as_they_did_and_is_gone(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await ready(place)
        form = await _on_the_ladder(place, review)
        assert _offered(form) == [CLIMB]
        answer = await place.press_in("mia", form, CLIMB)
        assert isinstance(answer, Redraws)
        climbed = {one.key: one.value for one in answer.form.fields}
        assert climbed == {
            "value:customer_first:1": "yes",
            "value:customer_first:2": "yes",
            "value:customer_first:3": "partly",
            "case:value:customer_first": None,
        }
        assert _offered(answer.form) == []


@pytest.mark.parametrize("level", ["no", "partly"])
async def test_a_late_press_changes_nothing_that_was_answered(tmp_path: Path, level: str) -> None:
    async with home(tmp_path) as place:
        _, review = await ready(place)
        form = await _on_the_ladder(place, review)
        assert await place.press_in("mia", form, CLIMB, {"value:customer_first:1": level}) == Done()
