"""Somebody is taken out of a running review, or in again; one is opened once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from in_out_world import HARD, LATER, form_of, intact, out
from signing import links, lists, rate, record, said, start
from talking import card, held, texts
from text_chat import as_text
from world import home, open_cycle, opened, review_of, self_answers, team

from handlers.answers import Done, Opens, Says
from prompts.card import Form
from review.seals import VOID
from review.stages import Stage


async def test_hr_takes_somebody_out_with_a_reason_that_they_read(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.press("boss", "signoff.agree", review)
        await place.tick()
        await out(place)
        found = await record(place, review)
        assert (found.stage, found.excluded_reason) == (Stage.EXCLUDED, "away")
        assert as_text(card(place, "e1", "You are not part")) == (
            "You are not part of the 2026Q3 review any more: you were away for much of the "
            "period. If that seems wrong, please talk to Hanna HR.\n> Ill."
        )
        assert as_text(card(place, "e1", "My review")) == (
            "## My review 2026Q3\nYou are not part of the 2026Q3 review: you were away for much "
            "of the period. If that seems wrong, please ask HR.\n> Ill."
        )
        assert "Person 1 · not in this review: was away" in texts(place, "mia")
        assert "Hanna HR took Person 1 out of 2026Q3 after you had signed" in texts(place, "boss")
        assert "Person 1" not in as_text(lists(place, "boss")[0])
        assert (await links(place, review))[-1].decision == VOID
        assert await intact(place)


async def test_whoever_is_out_is_taken_in_again_with_what_they_wrote(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await out(place)
        form = await form_of(place, "加入 e1")
        assert "is not in 2026Q3: was away" in as_text(form)
        assert await place.fill("hr", form, {"comment": "Back early."}) == Done()
        await place.tick(place.clock.now() + timedelta(seconds=10))
        found = await record(place, review)
        assert (found.stage, found.excluded_reason) == (Stage.MANAGER_REVIEW, None)
        assert as_text(card(place, "e1", "You are part")) == (
            "You are part of the 2026Q3 review again.\n> Back early."
        )
        await rate(place, review)
        await place.tick()
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await intact(place)


async def test_a_second_time_says_so_and_changes_nothing(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        form = await form_of(place, "exclude e1")
        given = {"reason": "leaving", "comment": ""}
        assert await place.fill("hr", form, given) == Done()
        before = await record(place, review)
        again = said(await place.send("hr", form, given))
        assert again == "Not part of this review: you are leaving the company."
        assert await record(place, review) == before


async def test_something_else_needs_words(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await start(place)
        form = await form_of(place, "exclude e1")
        refused = opened(await place.fill("hr", form, {"reason": "other", "comment": " "}))
        assert [one.problem for one in refused.problems] == ["Please say why in a sentence."]
        assert await place.fill("hr", refused, {"reason": "other", "comment": HARD}) == Done()
        await place.tick()
        assert HARD.strip() in texts(place, "e1")


async def test_hr_opens_a_signed_review_again(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        form = await form_of(place, "reopen e1")
        assert await place.fill("hr", form, {"comment": HARD}) == Done()
        await place.tick(place.clock.now() + timedelta(seconds=10))
        found = await record(place, review)
        assert found.stage is Stage.MANAGER_REVIEW
        assert [word.decision for word in found.sign_offs] == ["reopen"]
        assert HARD.strip() in as_text(card(place, "mia", "Hanna HR opened"))
        assert "returned to you: “🎉" in texts(place, "mia")
        own = card(place, "e1", "Hanna HR opened your review")
        assert HARD not in as_text(own)
        assert isinstance(await place.press("e1", "review.read", review), Says)
        assert await intact(place)
        await rate(place, review, overall="3.75", reason="Seen anew.")
        for who, action in (("boss", "signoff.agree"), ("hr", "hr.confirm")):
            await place.tick(place.clock.now() + timedelta(seconds=10))
            assert await place.press(who, action, review) == Done()
        assert await place.press("mia", "interview.held", review) == Done()
        assert isinstance(await place.press("e1", "review.read", review), Opens)
        assert await intact(place)


async def test_what_was_opened_again_is_not_closed_by_the_old_date(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await held(place)
        form = await form_of(place, "reopen e1")
        assert await place.fill("hr", form, {"comment": "New facts."}) == Done()
        await place.tick(datetime(2026, 11, 12, 4, tzinfo=UTC))
        assert (await record(place, review)).stage is Stage.MANAGER_REVIEW


@pytest.mark.parametrize("who", ["mia", "boss", "e1", "e3"])
async def test_only_hr_admins_take_out_or_open_again(tmp_path: Path, who: str) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        before = await record(place, review)
        for word in ("exclude", "include", "reopen"):
            assert said(await place.command(who, f"{word} e1")).startswith("Only HR can do that")
            assert said(await place.press(who, f"review.{word}", review))
            form = Form(key=f"review_{word}", subject=review, title="", parts=())
            answers = {"reason": "away", "comment": "x"}
            assert said(await place.send(who, form, answers))
        assert await record(place, review) == before


async def test_an_hr_admin_does_nothing_to_their_own(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        assert said(await place.command("hr", "exclude hr")) == "This is for an HR admin to do."


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("exclude", "Please say who: /review exclude @who."),
        ("reopen e1", "That can't be done now: the review is at “self-review”."),
        ("include e1", "That can't be done now: the review is at “self-review”."),
        ("exclude Nobody", "I don't know “Nobody”."),
    ],
)
async def test_what_cannot_be_done_is_said(tmp_path: Path, words: str, answer: str) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        assert said(await place.command("hr", words)).startswith(answer)


async def test_of_two_running_reviews_hr_says_which(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place, "2026Q2", **LATER)
        cycle = await open_cycle(place)
        answer = await place.command("hr", "exclude e1")
        assert isinstance(answer, Says)
        assert as_text(answer.card) == (
            "## Person 1: which review?\n2026Q2 · self-review\n2026Q3 · self-review"
        )
        review = await review_of(place, cycle, "e1")
        assert isinstance(await place.press("hr", "review.exclude", review), Opens)


async def test_somebody_new_in_the_roster_is_added_to_a_running_review(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        fresh = replace(team()[3], employee_id="new", name="Nia New", slack_id="T-new")
        async with place.deps.database.begin() as tx:
            await tx.people.put_all([fresh])
            await tx.people.link_all("text", [("T-new", "new")])
        assert said(await place.command("hr", "include new")) == "Nia New is in 2026Q3 now."
        await place.tick()
        review = await review_of(place, cycle, "new")
        assert (await record(place, review)).stage is Stage.SELF_REVIEW
        assert "You are part of the 2026Q3 review now." in texts(place, "new")
        form = opened(await place.press("new", "self_review.open", review))
        assert await place.fill("new", form, self_answers(place)) == Done()
