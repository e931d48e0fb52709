"""A manager asks those above and HR before sending: one thread, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from rating_world import ready
from text_chat import as_text
from world import Home, home, opened, rating_answers

from handlers.answers import Continues, Done, Refuses, Says, Stacks
from prompts.card import Form
from storage.notice import members, together

TOGETHER = ",".join(sorted(("T-boss", "T-hr", "T-mia")))
ASK = "ask:customer_first"
TYPED = "emoji 🙂 <!channel> {{ x }} \u202eabc"


async def _ladder(place: Home, review: str) -> Form:
    form = opened(await place.press("mia", "rate:3.5", review))
    answers = rating_answers(place)
    given = {one.key: answers.get(one.key, one.value or "") for one in form.fields}
    answer = await place.send("mia", form, given)
    assert isinstance(answer, Continues)
    return answer.form


async def test_a_question_stands_in_one_thread_of_manager_skip_level_and_hr(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        _, review = await ready(place)
        form = await _ladder(place, review)
        laid = await place.press_in("mia", form, ASK, {"value:customer_first:1": "yes"})
        assert isinstance(laid, Stacks)
        assert "Person" in as_text(laid.form)
        for question in (TYPED, TYPED, "And the second"):
            assert await place.send("mia", laid.form, {"question": question}) == Done()
        await place.tick()
        said = [as_text(card) for card in place.chat.cards(TOGETHER)]
        assert len(said) == 3
        assert said[0].startswith("Mia Manager would like a second opinion before rating Person ")
        assert said[1] == f"Mia Manager asks about Customer first:\n> {TYPED}"
        assert said[2].endswith("> And the second")
        assert not any("T-e" in to for to, _, _ in place.chat.log if "," in to)
        form = opened(await place.press("mia", "rate:3.5", review))
        assert {one.key: one.value for one in form.fields if one.value == "yes"} == {
            "value:customer_first:1": "yes"
        }


async def test_a_blank_question_is_refused_and_a_stranger_is_too(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await ready(place)
        form = await _ladder(place, review)
        laid = await place.press_in("mia", form, ASK)
        assert isinstance(laid, Stacks)
        assert isinstance(await place.send("mia", laid.form, {"question": " "}), Refuses)
        for who in ("e1", "e2", "boss", "hr"):
            answer = await place.send(who, laid.form, {"question": "x"})
            assert isinstance(answer, Says), answer
        forged = Form(key="ask_first", subject=f"{review}:luck", title="", parts=())
        assert isinstance(await place.send("mia", forged, {"question": "x"}), Says)
        assert await place.press_in("mia", form, "ask:luck") == Done()
        await place.tick()
        assert place.chat.cards(TOGETHER) == []


@pytest.mark.parametrize("ids", [("a", "b"), ("a,b", "#c", "d%2C")])
def test_several_people_are_one_receiver(ids: tuple[str, ...]) -> None:
    assert members(together(ids)) == tuple(sorted(ids, key=lambda one: together([one])))
    assert members("#hr") == members("a") == ()
