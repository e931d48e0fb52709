"""Skip-level and HR sign: what each sees and does, what goes back, and who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from signing import buttons, lists, rate, rated, record, said, start, why
from talking import texts
from text_chat import as_text
from world import NOON, home, open_cycle, opened, team

from handlers import sign_list
from handlers.answers import Done, Opens, Refuses
from handlers.work import Work
from review.stages import Stage

HARD = "🎉 <!channel> {{ x }} \u202eabc & *b* " + "长" * 2000


async def test_skip_level_then_hr_agree_in_one_press_each(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.tick()
        (card,) = lists(place, "boss")
        assert as_text(card) == (
            "## To sign 2026Q3\n0/1 signed, 1 wait for you, due Fri 23 Oct.\nPerson 1 · 3.5"
        )
        assert buttons(card, review) == ["signoff.agree", "signoff.open", "signoff.return"]
        (waits,) = lists(place, "hr")
        assert "Person 1 · 3.5 · waits for Bo Boss" in as_text(waits)
        assert buttons(waits, review) == ["signoff.open"]

        assert await place.press("boss", "signoff.agree", review) == Done()
        assert (await record(place, review)).stage is Stage.HR
        await place.tick()
        assert "✅ Person 1 · 3.5" in as_text(lists(place, "boss")[0])
        assert buttons(lists(place, "hr")[0], review) == [
            "hr.confirm",
            "signoff.open",
            "hr.return",
        ]
        assert await place.press("hr", "hr.confirm", review) == Done()
        done = await record(place, review)
        assert done.stage is Stage.INTERVIEW
        assert [(word.by, word.role, word.decision) for word in done.sign_offs] == [
            ("mia", "manager", "rate"),
            ("boss", "skip_level", "agree"),
            ("hr", "hr", "agree"),
        ]


async def test_a_second_press_signs_nothing_twice(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.press("boss", "signoff.agree", review)
        again = said(await place.press("boss", "signoff.agree", review))
        assert again == "It is already in; there is no need to send it again."
        assert len((await record(place, review)).sign_offs) == 2


@pytest.mark.parametrize("who", ["e1", "e2", "mia", "hr"])
@pytest.mark.parametrize(
    "action", ["signoff.agree", "signoff.return", "gate.confirm", "gate.lift", "hr.confirm"]
)
async def test_others_cannot_sign_for_the_skip_level(tmp_path: Path, who: str, action: str) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        before = await record(place, review)
        refused = await place.press(who, action, review)
        assert said(refused)
        assert await record(place, review) == before


@pytest.mark.parametrize("who", ["e1", "e2", "mia"])
async def test_only_signers_read_the_whole_review(tmp_path: Path, who: str) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        assert not isinstance(await place.press(who, "signoff.open", review), Opens)
        assert said(await place.press("boss", "signoff.open", "no-such-review"))


async def test_the_whole_review_is_read_and_signed_in_a_form(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        form = opened(await place.press("boss", "signoff.open", review))
        text = as_text(form)
        assert "Rated 3.5 Meets expectations by Mia Manager" in text
        assert "What happened, what was done, what came of it." in text
        assert "It went well." in text
        assert await place.fill("boss", form, {"decision": "agree"}) == Done()
        assert (await record(place, review)).stage is Stage.HR
        later = opened(await place.press("boss", "signoff.open", review))
        assert await place.fill("boss", later, {"decision": "agree"}) != Done()
        assert (await record(place, review)).stage is Stage.HR


async def test_what_was_changed_after_it_was_opened_is_not_signed(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        form = opened(await place.press("boss", "signoff.open", review))
        await rate(place, review, "3.5", overall="3.75", reason="Because.")
        stale = said(await place.fill("boss", form, {"decision": "agree"}))
        assert stale.startswith("This review was changed a moment ago.")
        assert (await record(place, review)).stage is Stage.SKIP_LEVEL


async def test_a_list_that_does_not_show_the_newest_rating_signs_nothing(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.tick()
        await rate(place, review, "3.5", overall="3.75", reason="Because.")
        stale = said(await place.press("boss", "signoff.agree", review))
        assert stale.startswith("This review was changed a moment ago.")
        await place.tick()
        assert await place.press("boss", "signoff.agree", review) == Done()


async def test_a_return_needs_a_word_and_reaches_the_manager_at_night(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        place.clock.moment = NOON + timedelta(hours=12)
        form = opened(await place.press("boss", "signoff.return", review))
        assert isinstance(await place.fill("boss", form, {"comment": "  "}), Refuses)
        assert await place.fill("boss", form, {"comment": HARD}) == Done()
        assert (await record(place, review)).stage is Stage.MANAGER_REVIEW
        await place.tick()
        told = [one for one in place.chat.cards("T-mia") if "returned the review" in one.summary]
        assert len(told) == 1
        assert as_text(told[0]) == (
            "Bo Boss returned the review of Person 1 to you (2026Q3):\n> " + HARD
        )
        team_list = next(one for one in place.chat.cards("T-mia") if "Team ratings" in one.summary)
        assert "Person 1 · returned to you: “🎉 <!channel> {{ x }}" in as_text(team_list)
        assert buttons(team_list, review) == ["rate.change"]


async def test_a_review_returned_three_times_comes_through(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        for number in range(3):
            assert await why(place, "boss", "signoff.return", review, f"Why {number}?") == Done()
            await place.tick()
            await rate(place, review)
            await place.tick()
        await place.press("boss", "signoff.agree", review)
        assert await why(place, "hr", "hr.return", review, "One more look.") == Done()
        await place.tick()
        (card,) = lists(place, "boss")
        assert "returned to you: “One more look.”" in as_text(card)
        await place.press("boss", "signoff.agree", review)
        await place.tick()
        await place.press("hr", "hr.confirm", review)
        done = await record(place, review)
        assert (done.stage, [word.decision for word in done.sign_offs]) == (
            Stage.INTERVIEW,
            ["rate", "agree", "agree"],
        )
        assert sum("Why" in as_text(one) for one in place.chat.cards("T-mia")) == 3


async def test_an_edit_after_a_signature_is_refused(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.press("boss", "signoff.agree", review)
        await place.press("hr", "hr.confirm", review)
        refused = said(await place.press("mia", "rate:4", review))
        assert refused == "That can't be done now: the review is at “interview”."
        assert said(await place.press("mia", "rate.change", review)) == refused


async def test_signers_hear_that_their_word_is_void_after_a_return(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.press("boss", "signoff.agree", review)
        await why(place, "hr", "hr.return", review, "Please look again.")
        await place.tick()
        assert any(
            one.summary == "Hanna HR returned the review of Person 1 to you (2026Q3):"
            for one in place.chat.cards("T-boss")
        )


async def test_a_shut_gate_is_confirmed_by_both_before_they_agree(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await rated(place, cycle, "e1", "3.5", 0, overall="2.5")
        await place.tick()
        (card,) = lists(place, "boss")
        assert "Person 1 · 2.5\n⚑ values gate shut (the scores make 3.25)" in as_text(card)
        assert buttons(card, review) == [
            "signoff.open",
            "gate.confirm",
            "gate.lift",
            "signoff.return",
        ]
        early = said(await place.press("boss", "signoff.agree", review))
        assert early == "The values gate is shut: please confirm or lift it first."
        for who, agree in (("boss", "signoff.agree"), ("hr", "hr.confirm")):
            assert await place.press(who, "gate.confirm", review) == Done()
            assert await place.press(who, agree, review) == Done()
        assert (await record(place, review)).stage is Stage.INTERVIEW


async def test_a_gate_lifted_by_both_goes_back_to_the_manager(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await rated(place, cycle, "e1", "3.5", 0, overall="2.5")
        form = opened(await place.press("boss", "gate.lift", review))
        assert "not the 3.25 that the scores make" in as_text(form)
        assert isinstance(await place.fill("boss", form, {"comment": ""}), Refuses)
        assert await place.fill("boss", form, {"comment": "One bad week."}) == Done()
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await why(place, "hr", "gate.lift", review, "I agree.") == Done()
        back = await record(place, review)
        assert (back.stage, back.outcome and back.outcome.gate) == (Stage.MANAGER_REVIEW, "lifted")
        await place.tick()
        told = next(one for one in place.chat.cards("T-mia") if "lifted" in one.summary)
        assert told.summary.endswith(
            "The 3.25 that the scores make counts again; please pick the rating anew."
        )
        await rate(place, review, "3.5", 0, overall="3.25")
        again = await record(place, review)
        assert (again.stage, again.rating) == (Stage.SKIP_LEVEL, Fraction(13, 4))
        await place.tick()
        assert "⚑ values gate lifted" in as_text(lists(place, "boss")[0])
        await place.press("boss", "signoff.agree", review)
        await place.press("hr", "hr.confirm", review)
        assert (await record(place, review)).stage is Stage.INTERVIEW


async def test_sixty_people_stand_on_four_pages_with_flags_first(tmp_path: Path) -> None:
    async with home(tmp_path, team(60)) as place:
        cycle = await open_cycle(place)
        await rated(place, cycle, "e60", "3.5", 0, overall="2.5")
        pattern = await record(place, await rated(place, cycle, "e1"))
        async with place.deps.database.begin() as tx:
            for number in range(2, 60):
                mine = await tx.reviews.of(cycle.id, f"e{number}")
                assert mine is not None
                keys = {"id", "employee_id", "sheet", "revision"}
                own = {key: getattr(mine, key) for key in keys}
                await tx.reviews.save(replace(pattern, **own))
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            boss = await tx.people.get("boss")
            assert boss is not None
            await sign_list.paint(boss, cycle.id, work)
        await place.tick()
        pages = lists(place, "boss")
        assert len(pages) == 4
        first = next(one for one in pages if "0/60 signed" in as_text(one))
        assert "\n".join(as_text(first).splitlines()[3:5]).startswith("Person 60 · 2.5\n⚑")
        assert await place.press("boss", "signoff.order", cycle.id) == Done()
        await place.tick()
        first = next(one for one in lists(place, "boss") if "0/60 signed" in as_text(one))
        assert as_text(first).splitlines()[3].startswith("Person 1 ")


async def test_the_manager_hears_once_when_the_last_is_signed_off(tmp_path: Path) -> None:
    async with home(tmp_path, team(2)) as place:
        cycle = await open_cycle(place)
        for who in ("e1", "e2"):
            review = await rated(place, cycle, who)
            await place.tick()
            await place.press("boss", "signoff.agree", review)
            await place.press("hr", "hr.confirm", review)
            await place.tick()
        assert "all reviews of your team" not in texts(place, "mia")  # had a message that day
        for _ in range(2):
            await place.tick(place.clock.moment + timedelta(days=1))
        told = "2026Q3: all reviews of your team are signed off. Next are the interviews"
        assert texts(place, "mia").count(told) == 1


async def test_the_person_hears_nothing_of_the_rating(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.press("boss", "signoff.agree", review)
        await place.tick()
        mine = "\n".join(as_text(one) for one in place.chat.cards("T-e1"))
        assert "3.5" not in mine
        assert "is being signed off" in mine
        await place.press("hr", "hr.confirm", review)
        await place.tick()
        mine = "\n".join(as_text(one) for one in place.chat.cards("T-e1"))
        assert "3.5" not in mine
        assert "interview" in mine
