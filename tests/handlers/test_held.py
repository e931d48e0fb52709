"""The interview was held: what the person sees then, and not before; the word on it; silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from signing import buttons, record, said
from talking import card, held, signed, texts
from text_chat import as_text
from world import home, opened, review_of

from handlers.answers import Done, Opens, Says
from prompts.card import Buttons
from review.stages import Stage

DAY = timedelta(days=1)
CASE = "What happened, what was done, what came of it."
HARD = "🎉 <!channel> {{ x }} \u202eabc & *b* " + "长" * 2000


async def test_the_review_reaches_the_person_when_it_was_held_and_not_before(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        for action in ("review.read", "review.acknowledge", "review.appeal"):
            assert "interview" in said(await place.press("e1", action, review))
        assert "3.5" not in texts(place, "e1")
        assert CASE not in texts(place, "e1")
        assert buttons(card(place, "mia", "Team ratings"), review) == [
            "interview.open",
            "interview.times",
            "interview.held",
        ]

        assert await place.press("mia", "interview.held", review) == Done()
        await place.tick()
        told = card(place, "e1", "Mia Manager has talked")
        shown = as_text(card(place, "e1", "My review"))
        for text in (shown, as_text(told)):
            assert "Your rating: 3.5 Meets expectations" in text
            assert CASE in text
            assert "You can appeal until Mon 19 Oct" in text
        assert buttons(told, review) == ["review.acknowledge", "review.read", "review.appeal"]
        assert "talked through, not acknowledged yet" in texts(place, "mia")
        done = await record(place, review)
        assert (done.stage, done.sign_offs[-1].decision) == (Stage.HELD, "hold")


async def test_what_waits_can_be_said_to_be_held_where_the_list_stays_as_it_was(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        answer = await place.command("mia", "")
        assert isinstance(answer, Says)
        assert buttons(answer.card, review) == ["interview.open", "interview.held"]
        held_buttons = answer.card.parts[-1]
        assert isinstance(held_buttons, Buttons)
        assert [(one.label, one.confirm is None) for one in held_buttons.buttons] == [
            ("Person 1", False)
        ]


async def test_the_person_reads_every_page_and_every_text(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        form = opened(await place.press("e1", "review.read", review))
        pages = [as_text(form)]
        while form.submit is not None:
            form = opened(await place.send("e1", form, {}))
            pages.append(as_text(form))
        whole = "\n".join(pages)
        for words in ("It went well.", CASE, "Customer first", "You 3.5 · manager 3.5"):
            assert words in whole


async def test_others_cannot_say_that_it_was_held(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        before = await record(place, review)
        for who in ("e1", "e2", "hr"):
            assert said(await place.press(who, "interview.held", review))
        assert await record(place, review) == before


async def test_held_happens_once_and_only_after_hr(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, review = await held(place)
        again = said(await place.press("mia", "interview.held", review))
        assert again == "It is already in; there is no need to send it again."
        early = await review_of(place, cycle, "e2")
        assert "self-review" in said(await place.press("mia", "interview.held", early))
        assert said(await place.press("mia", "interview.held", "no-such"))


async def test_the_skip_level_may_settle_an_interview(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        assert await place.press("boss", "interview.held", review) == Done()
        assert (await record(place, review)).sign_offs[-1].by == "boss"


async def test_a_word_with_the_acknowledgement_reaches_the_manager_at_once(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        form = opened(await place.press("e1", "review.acknowledge", review))
        assert await place.fill("e1", form, {"word": HARD}) == Done()
        await place.tick()
        assert HARD in as_text(card(place, "mia", "Person 1 has read"))
        assert "You acknowledged it on Mon 12 Oct" in as_text(card(place, "e1", "My review"))
        assert "acknowledged" in texts(place, "mia")
        again = said(await place.press("e1", "review.acknowledge", review))
        assert again == "It is already in; there is no need to send it again."


async def test_without_a_word_nobody_is_written_to(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        form = opened(await place.press("e1", "review.acknowledge", review))
        assert await place.fill("e1", form, {}) == Done()
        await place.tick()
        assert [one for one in place.chat.log if one[1] == "acknowledged"] == []
        assert (await record(place, review)).stage is Stage.ACKNOWLEDGED


async def test_two_devices_acknowledge_once(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        first = opened(await place.press("e1", "review.acknowledge", review))
        second = opened(await place.press("e1", "review.acknowledge", review))
        assert await place.send("e1", first, {"word": "Thanks."}, surface="V1") == Done()
        assert said(await place.send("e1", second, {"word": "Thanks."}, surface="V2"))
        words = [one.comment for one in (await record(place, review)).sign_offs]
        assert words.count("Thanks.") == 1


async def test_nobody_else_reads_or_acknowledges_by_a_forged_press(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        form = opened(await place.press("e1", "review.acknowledge", review))
        for who in ("e2", "mia", "boss", "hr"):
            for action in ("review.read", "review.acknowledge", "review.appeal"):
                assert not isinstance(await place.press(who, action, review), Opens)
            assert said(await place.send(who, form, {"word": "forged"}))
        assert (await record(place, review)).stage is Stage.HELD


@pytest.mark.parametrize("acknowledged", [True, False])
async def test_after_five_working_days_it_closes_by_itself(
    tmp_path: Path, *, acknowledged: bool
) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        if acknowledged:
            form = opened(await place.press("e1", "review.acknowledge", review))
            await place.fill("e1", form, {})
        start = place.clock.moment
        await place.tick(start + 7 * DAY)  # the last day, a Monday
        assert (await record(place, review)).stage is not Stage.CLOSED
        await place.tick(start + 8 * DAY)
        assert (await record(place, review)).stage is Stage.CLOSED
        await place.tick(start + 8 * DAY)
        shown = as_text(card(place, "e1", "My review"))
        assert ("Not acknowledged" in shown) is not acknowledged
        assert "This review is closed." in shown
        assert "nothing to appeal" in said(await place.press("e1", "review.appeal", review))
        assert "Person 1 · 3.5 · closed" in texts(place, "mia")


async def test_what_waits_is_named_and_interviews_not_held_go_up(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review, _) = await signed(place, "e1", "e2")
        waits = said_all(await place.command("mia", ""))
        assert "2 interviews to hold" in waits
        await place.press("mia", "interview.held", review)
        assert "1 interview to hold" in said_all(await place.command("mia", ""))
        assert "say that you have read it" in said_all(await place.command("e1", ""))


def said_all(answer: object) -> str:
    return as_text(answer.card)  # type: ignore[attr-defined]


async def test_a_review_that_is_opened_anew_is_hidden_and_talked_of_anew(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        form = opened(await place.press("e1", "review.appeal", review))
        await place.fill("e1", form, {"reason": "No."})
        async with place.deps.database.begin() as tx:
            kept = await tx.reviews.get(review)
            assert kept is not None
            words = tuple(one for one in kept.sign_offs if one.role in SIGNED)
            await tx.reviews.save(replace(kept, stage=Stage.INTERVIEW, sign_offs=words))
        assert not isinstance(await place.press("e1", "review.read", review), Opens)
        await place.tick(place.clock.moment + DAY)
        assert texts(place, "e1").count("Your 2026Q3 review has been signed off") == 2
        assert await place.press("mia", "interview.held", review) == Done()
        await place.tick()
        assert "Your appeal" not in as_text(card(place, "e1", "My review"))
        assert isinstance(await place.press("e1", "review.appeal", review), Opens)


SIGNED = {"manager", "skip_level", "hr"}
