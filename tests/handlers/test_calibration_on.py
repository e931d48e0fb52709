"""What nobody calibrates goes on, and is said; sessions open once, close once, and survive."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from calibrating import (
    CALIBRATED,
    channel,
    later,
    rate,
    session,
    sessions,
    staff,
    started,
)
from signing import record, said
from text_chat import as_text
from world import company, home, open_cycle, team

from handlers import calibration_on
from handlers.answers import Done, Says
from prompts.card import Buttons
from review.stages import Stage

SKIP_DUE = datetime(2026, 10, 23, 4, tzinfo=UTC)
"""The day that skip-levels are due in these cycles."""
HR_DUE = datetime(2026, 10, 27, 4, tzinfo=UTC)


async def test_what_nobody_calibrates_goes_on_by_itself_and_hr_hears_it(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, reviews = await started(place, "3.5", "4")
        assert cycle.skip_due == SKIP_DUE.date()
        await place.tick(SKIP_DUE - timedelta(days=1))
        assert (await record(place, reviews[0])).stage is Stage.CALIBRATION
        for _ in range(2):
            await place.tick(SKIP_DUE)
        for review in reviews:
            done = await record(place, review)
            assert done.stage is Stage.SKIP_LEVEL
            assert [word.decision for word in done.sign_offs] == ["rate"]
        heard = [as_text(one) for one in place.chat.cards("#hr") if "without" in one.summary]
        assert heard == [
            "2026Q3: 2 ratings went on to the skip-level without calibration; no session was open "
            "for them."
        ]
        assert await place.press("boss", "signoff.agree", reviews[0]) == Done()


async def test_a_session_holds_its_own_until_hr_is_due(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, (first, _) = await started(place, "3.5", "4")
        far = await rate(place, cycle, "far", "3.5", by="boss")
        await session(place, cycle)
        await place.tick(SKIP_DUE)
        assert (await record(place, far)).stage is Stage.SKIP_LEVEL
        assert (await record(place, first)).stage is Stage.CALIBRATION
        await place.tick(datetime.combine(cycle.hr_due, SKIP_DUE.timetz()))
        await later(place)
        done = await record(place, first)
        assert done.stage is Stage.SKIP_LEVEL
        assert [word.decision for word in done.sign_offs] == ["rate"]
        (closed,) = await sessions(place, cycle)
        assert (closed.closed_by, closed.is_open) == (None, False)
        assert any("its time was up" in as_text(card) for card in place.chat.cards("#hr"))
        assert "🔒 Closed on" in as_text(channel(place)[0])


async def test_hr_lets_it_go_on_without_and_those_to_come_as_well(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, (first,) = await started(place, "3.5")
        goes = await place.press("hr", "calibration.go_on", cycle.id)
        assert said(goes).startswith("The ratings of 2026Q3 go on to the skip-level")
        await later(place)
        assert (await record(place, first)).stage is Stage.SKIP_LEVEL
        second = await rate(place, cycle, "e2", "4")
        await later(place)
        assert (await record(place, second)).stage is Stage.SKIP_LEVEL
        offers = await place.command("hr", "calibrate")
        assert isinstance(offers, Says)
        assert "You let them go on without." in as_text(offers.card)


async def test_two_of_hr_at_once_open_one_session_and_close_it_once(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, _ = await started(place, "3.5", "4")
        value = f"{cycle.id}|department|Shop"
        both = [place.press("hr", "calibration.open", value) for _ in range(2)]
        answers = [said(one) for one in await asyncio.gather(*both)]
        assert sorted("already" in one for one in answers) == [False, True]
        (one,) = await sessions(place, cycle)
        closing = [place.press("hr", "calibration.close", one.id) for _ in range(2)]
        ends = await asyncio.gather(*closing)
        assert sorted(isinstance(end, Done) for end in ends) == [False, True]
        await later(place)
        threads = [kind for _, kind, _ in place.chat.log if kind.startswith("calibration_")]
        assert threads == ["calibration_opened", "calibration_closed"]


async def test_what_is_rated_after_a_close_waits_for_another_look(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, (first,) = await started(place, "3.5")
        subject = await session(place, cycle)
        await place.press("hr", "calibration.close", subject)
        place.clock.moment += timedelta(seconds=1)
        second = await rate(place, cycle, "e2", "4")
        await later(place)
        assert (await record(place, first)).stage is Stage.SKIP_LEVEL
        assert (await record(place, second)).stage is Stage.CALIBRATION
        waits = await place.command("hr", "")
        assert isinstance(waits, Says)
        assert "2026Q3 ratings are waiting for calibration" in as_text(waits.card)
        assert "calibration" not in as_text((await place.command("mia", "")).card)  # type: ignore[union-attr]


async def test_the_message_shows_ratings_that_come_in_meanwhile(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, _ = await started(place, "3.5")
        await session(place, cycle)
        assert "1/5 rated" in as_text(channel(place)[0])
        await later(place)
        await rate(place, cycle, "e2", "4")
        await later(place)
        await later(place)
        assert "2/5 rated" in as_text(channel(place)[0])


async def test_a_small_group_shows_no_spread(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, _ = await started(place, "3.5", "4")
        await session(place, cycle)
        assert "3.5" not in as_text(channel(place)[0])
        assert "Too few are rated" in as_text(channel(place)[0])


async def test_many_reviews_are_signed_a_few_a_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration_on, "AT_ONCE", 2)
    async with home(tmp_path, staff(5), policy=CALIBRATED) as place:
        cycle, reviews = await started(place, *["3.5"] * 5)
        subject = await session(place, cycle)
        await place.press("hr", "calibration.close", subject)
        await later(place)
        found = [await record(place, one) for one in reviews]
        assert {one.stage for one in found} == {Stage.SKIP_LEVEL}
        assert {one.sign_offs[-1].decision for one in found} == {"calibrate"}
        await later(place)
        (waits,) = [card for card in place.chat.cards("T-boss") if "To sign" in card.summary]
        assert "5 wait for you" in waits.summary


async def test_hr_sees_what_can_be_opened_and_what_is_not_there_is_said(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        await open_cycle(place)
        answer = await place.command("hr", "校准")
        assert isinstance(answer, Says)
        labels = [
            button.label
            for part in answer.card.parts
            if isinstance(part, Buttons)
            for button in part.buttons
        ]
        assert labels == [
            "Start: The company",
            "Start: Shop",
            "Start: Depot",
            "Go on without",
        ]
        for wrong in ("Nowhere", "@nobody", "e1"):
            refused = said(await place.command("hr", f"calibrate {wrong}"))
            assert refused.startswith(f"I know no department or team “{wrong}”")
        assert "is open" in said(await place.command("hr", "calibrate 2026Q3 @Mia Manager"))
        assert "Mia Manager's team" in as_text((await place.command("mia", "calibrate")).card)  # type: ignore[union-attr]
        for value in ("", "2026Q3|planet|x", "nowhere|company|"):
            assert said(await place.press("hr", "calibration.open", value))
        assert said(await place.press("hr", "calibration.go_on", "nowhere"))
        assert said(await place.press("hr", "calibration.close", "nowhere"))


async def test_a_session_of_a_closed_cycle_is_over(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, _ = await started(place, "3.5", "4")
        subject = await session(place, cycle)
        assert said(await place.command("hr", "close 2026Q3 anyway"))
        assert said(await place.press("hr", "calibration.close", subject)) == (
            "2026Q3 is closed already."
        )
        assert said(await place.press("hr", "calibration.go_on", cycle.id))
        await later(place)
        (found,) = await sessions(place, cycle)
        assert found.done_at is not None


async def test_a_policy_that_lost_its_calibration_holds_nothing_up(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        _, (review,) = await started(place, "3.5")
        place.deps.company = company()
        await later(place)
        assert (await record(place, review)).stage is Stage.SKIP_LEVEL


async def test_without_an_hr_channel_it_stands_with_whoever_opened_it(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        place.deps.company = replace(place.deps.company, hr_channels=())
        cycle, (review,) = await started(place, "3.5")
        answer = await place.command("hr", "calibrate Shop")
        assert "our direct message" in said(answer)
        await later(place)
        mine = [card for card in place.chat.cards("T-hr") if "Calibration 2026Q3" in card.summary]
        assert len(mine) == 1
        (one,) = await sessions(place, cycle)
        await place.press("hr", "calibration.close", one.id)
        await place.tick(SKIP_DUE)
        assert (await record(place, review)).stage is Stage.SKIP_LEVEL


async def test_nobody_who_is_no_hr_admin_is_reminded_of_calibration(tmp_path: Path) -> None:
    async with home(tmp_path, team(1)) as place:
        cycle = await open_cycle(place)
        assert said(await place.press("e1", "calibration.list", cycle.id)) == (
            "This is for an HR admin to do."
        )
