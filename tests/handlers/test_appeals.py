"""An appeal: filed in time, decided by somebody who did not sign, its clock, and who may what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from signing import buttons, record, said
from talking import card, held, noted, texts
from text_chat import as_text
from world import Home, home, opened, team

from handlers import export
from handlers.answers import Done, Opens, Refuses, Says
from handlers.audit_verify import verify
from handlers.work import Work
from review.stages import Stage

DAY = timedelta(days=1)
WHY = "My second goal was moved in May <!channel> {{ x }} " + "长" * 2000
PEOPLE = (*team(), replace(team()[3], employee_id="dan", name="Dan Decider", slack_id="T-dan"))


async def filed(place: Home, score: str = "3.5") -> str:
    _, review = await held(place, score)
    form = opened(await place.press("e1", "review.appeal", review))
    assert await place.fill("e1", form, {"reason": WHY}) == Done()
    await place.tick()
    return review


async def named(place: Home, score: str = "3.5") -> str:
    review = await filed(place, score)
    form = opened(await place.press("hr", "appeal.name", review))
    assert await place.fill("hr", form, {"decider": "T-dan"}) == Done()
    await place.tick()
    return review


async def test_an_appeal_goes_to_hr_then_to_somebody_who_did_not_sign(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        review = await filed(place)
        assert (await record(place, review)).stage is Stage.APPEALED
        asked = card(place, "hr", "Person 1 appeals")
        assert buttons(asked, review) == ["appeal.name", "appeal.read"]
        assert "Your appeal is in. HR will name" in as_text(card(place, "e1", "My review"))
        form = opened(await place.press("hr", "appeal.name", review))
        for signer in ("T-boss", "T-mia", "T-hr", "T-e1"):
            assert "Please choose somebody else" in said(
                await place.fill("hr", form, {"decider": signer})
            )
        assert said(await place.fill("hr", form, {"decider": "T-nobody"}))
        assert await place.fill("hr", form, {"decider": "T-dan"}) == Done()
        await place.tick()
        told = card(place, "dan", "HR asks you to decide")
        assert "by Mon 19 Oct" in as_text(told)
        assert buttons(told, review) == ["appeal.decide", "appeal.read"]
        assert "Dan Decider, who did not sign" in as_text(card(place, "e1", "My review"))


async def test_a_decision_that_moves_the_rating_is_sealed_and_told_to_both(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        review = await named(place)
        form = opened(await place.press("dan", "appeal.decide", review))
        assert WHY in as_text(form)
        given = {"decision": "moves", "overall": "3.75", "reason": "The goal did move."}
        same = said(await place.fill("dan", form, {**given, "overall": "3.5"}))
        assert same.startswith("That is the rating as it stands")
        form = opened(await place.press("dan", "appeal.decide", review))
        assert await place.fill("dan", form, given) == Done()
        await place.tick()
        done = await record(place, review)
        assert (done.stage, done.rating) == (Stage.CLOSED, Fraction("3.75"))
        mine = as_text(card(place, "e1", "Your appeal"))
        assert "moves from 3.5 to 3.75" in mine
        assert "The goal did move." in mine
        assert "moves from 3.5 to 3.75" in texts(place, "mia")
        shown = as_text(card(place, "e1", "My review"))
        assert "Moved after your appeal from 3.5 to 3.75 by Dan Decider because:" in shown
        assert "the rating was moved. This review is closed." in shown
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            assert (await verify(work)).broken is None
            (row,) = [one for one in await export.reviews(await cycle_of(work), work)
                      if one["employee_id"] == "e1"]  # fmt: skip
        appeal = row["appeal"]
        assert (row["rating"], appeal["outcome"], appeal["decider"]) == ("3.75", "moved", "dan")
        assert (appeal["words"], appeal["reason"]) == (WHY.strip(), "The goal did move.")
        assert (row["stage"], row["acknowledged_at"]) == ("closed", None)
        again = said(await place.press("dan", "appeal.decide", review))
        assert "closed" in again


async def cycle_of(work: Work):  # type: ignore[no-untyped-def]  # noqa: ANN201
    (cycle,) = await work.tx.cycles.running()
    return cycle


async def test_a_decision_that_lets_it_stand_needs_its_reason_too(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        review = await named(place)
        form = opened(await place.press("dan", "appeal.decide", review))
        assert isinstance(await place.send("dan", form, {"decision": "", "reason": ""}), Refuses)
        assert isinstance(await place.fill("dan", form, {"decision": "stands"}), Refuses)
        assert await place.fill("dan", form, {"decision": "stands", "reason": "As it is."}) == (
            Done()
        )
        await place.tick()
        assert (await record(place, review)).rating == Fraction("3.5")
        assert "the rating stands at 3.5" in texts(place, "e1")


async def test_the_decider_reads_the_frozen_copy(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        review = await named(place)
        form = opened(await place.press("dan", "appeal.read", review))
        assert "Rated 3.5 Meets expectations by Mia Manager" in as_text(form)
        assert isinstance(await place.press("hr", "appeal.read", review), Opens)
        while form.submit is not None:
            form = opened(await place.send("dan", form, {}))


ACTIONS = ("appeal.name", "appeal.read", "appeal.decide", "review.appeal")


async def test_nobody_else_names_reads_or_decides(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        review = await named(place)
        before = await record(place, review)
        decide = opened(await place.press("dan", "appeal.decide", review))
        name = opened(await place.press("hr", "appeal.name", review))
        for who in ("e1", "e2", "mia", "boss"):
            for action in ACTIONS:
                assert not isinstance(await place.press(who, action, review), Opens)
            assert said(await place.send(who, decide, {"decision": "stands", "reason": "forged"}))
            assert said(await place.send(who, name, {"decider": f"T-{who}"}))
        assert await record(place, review) == before


async def test_whoever_was_named_before_has_no_say_any_more(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        review = await named(place)
        form = opened(await place.press("hr", "appeal.name", review))
        assert await place.fill("hr", form, {"decider": "T-e2"}) == Done()
        assert not isinstance(await place.press("dan", "appeal.decide", review), Opens)
        assert isinstance(await place.press("e2", "appeal.decide", review), Opens)


async def test_an_hr_admin_does_not_name_who_decides_their_own(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        place.deps.company = replace(place.deps.company, hr_admins=("hr", "e1"))
        review = await filed(place)
        assert "Person 1 appeals" not in texts(place, "e1")
        card(place, "hr", "Person 1 appeals")
        for action in ("appeal.name", "appeal.read"):
            assert not isinstance(await place.press("e1", action, review), Opens)


async def test_words_are_asked_for_and_nothing_is_filed_twice(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        _, review = await held(place)
        form = opened(await place.press("e1", "review.appeal", review))
        assert isinstance(await place.send("e1", form, {"reason": "  "}), Refuses)
        assert await place.send("e1", form, {"reason": "No."}) == Done()
        assert "already" in said(await place.send("e1", form, {"reason": "No, again."}))
        assert "already" in said(await place.press("e1", "review.appeal", review))


async def test_the_days_to_appeal_end(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        _, review = await held(place)
        form = opened(await place.press("e1", "review.appeal", review))
        place.clock.moment += 8 * DAY
        assert "2026-10-19" in said(await place.send("e1", form, {"reason": "Too late."}))
        place.clock.moment -= DAY
        assert await place.send("e1", form, {"reason": "In time."}) == Done()


async def test_the_command_opens_what_can_be_done(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        assert "nothing to appeal" in said(await place.command("e1", "appeal"))
        _, review = await held(place)
        form = opened(await place.command("e1", "申诉"))
        await place.fill("e1", form, {"reason": WHY})
        assert buttons(_card(await place.command("hr", "appeal")), review) == ["appeal.name"]
        name = opened(await place.press("hr", "appeal.name", review))
        await place.fill("hr", name, {"decider": "T-dan"})
        assert buttons(_card(await place.command("dan", "appeal")), review) == ["appeal.decide"]
        assert "nothing to appeal" in said(await place.command("mia", "appeal"))


def _card(answer: object):  # type: ignore[no-untyped-def]  # noqa: ANN202
    assert isinstance(answer, Says)
    return answer.card


async def test_the_clock_reminds_hr_then_whoever_decides_then_both(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        review = await filed(place)
        start = place.clock.moment
        await place.tick(start + 2 * DAY)
        assert "Nobody has been named" not in texts(place, "hr")
        for _ in range(2):
            await place.tick(start + 3 * DAY)
        noted(place, "hr", "Nobody has been named")
        form = opened(await place.press("hr", "appeal.name", review))
        await place.fill("hr", form, {"decider": "T-dan"})
        for day in (10, 11):  # named on Thursday the 15th: the 22nd is the last day
            await place.tick(start + day * DAY)
            assert texts(place, "dan").count("is to be decided today") == 1
        for day in (11, 12):
            await place.tick(start + day * DAY)
            assert texts(place, "hr").count("is overdue; Dan Decider was to decide") == 1
        assert texts(place, "dan").count("appeal (2026Q3) is overdue") == 1
