"""What a move would do, a large company, who leaves, two devices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from calibrating import (
    CALIBRATED,
    by_name,
    later,
    move,
    press_in,
    rate,
    session,
    staff,
    started,
)
from moving import names, names_of_the_rest, press_refused
from rating_world import SEPTEMBER, heard
from signing import buttons, links, record, said
from text_chat import as_text
from world import NOON, Home, company, home, open_cycle, opened, team

from handlers.answers import Continues, Done, Opens, Refuses, Says
from prompts.card import Card
from review.calibration import moved
from review.people import Person
from review.stages import Stage


async def test_what_a_move_would_do_is_said_while_choosing(tmp_path: Path) -> None:
    async with home(tmp_path, staff(6), policy=CALIBRATED) as place:
        cycle, reviews = await started(place, "3.5", "3.5", "3.5", "3.5", "4", "4")
        subject = await session(place, cycle, "@mia")
        form = await press_in(place, await by_name(place, subject), f"move:{reviews[0]}")
        key = "overall"
        up = await place.fill("hr", form, {key: "4", "reason": " "})
        text = as_text(opened(up))
        assert (
            "⚠️ Mia Manager's team would leave the policy (4 and above): 3 of 6, at most 2" in text
        )
        assert "would be a surprise" not in text
        again = await press_in(place, await by_name(place, subject), f"move:{reviews[0]}")
        down = await place.fill("hr", again, {key: "3.25", "reason": " "})
        assert "No group would leave the policy or come back to it." in as_text(opened(down))
        assert "The person has not heard this from their manager yet" in as_text(opened(down))


async def test_a_moved_rating_down_is_a_surprise_that_hr_counts(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        cycle, (review,) = await started(place, "3.5")
        assert (await record(place, review)).surprise is False
        subject = await session(place, cycle)
        answer = await move(place, subject, review, "3.25")
        assert isinstance(answer, Continues)
        assert "⚑ a surprise" in as_text(answer.form)
        assert (await record(place, review)).surprise is True


async def test_a_company_of_two_hundred_is_paged_and_each_page_left_where_it_was(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, staff(60), policy=CALIBRATED) as place:
        cycle = await open_cycle(place)
        review = await rate(place, cycle, "e60", "4")
        subject = await session(place, cycle)
        form = await by_name(place, subject)
        assert (form.steps, len(names(form))) == (3, 25)
        assert names(form)[0] == "Person 60"
        second = opened(await place.send("hr", form, {}))
        assert second.step == 1
        assert (await by_name(place, subject)).step == 1
        one = await press_in(place, second, f"move:{review}")
        assert "Person 60" in as_text(one)
        assert (await press_in(place, one, "names")).step == 1
        assert isinstance(await press_refused(place, second), Done)


async def test_whoever_leaves_the_group_leaves_the_session(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, (review, other) = await started(place, "3.5", "4")
        subject = await session(place, cycle)
        form = await press_in(place, await by_name(place, subject), f"move:{review}")
        moved_on: list[Person] = [
            replace(one, department="Depot") if one.employee_id == "e1" else one for one in staff(2)
        ]
        async with place.deps.database.begin() as tx:
            await tx.people.put_all(moved_on)
        late = await place.send("hr", form, {"overall": "4", "reason": "So."})
        assert said(late).startswith("That person is no longer in this calibration.")
        assert moved(await record(place, review)) is None
        assert names(await by_name(place, subject)) == ["Person 2", *names_of_the_rest()]
        await place.press("hr", "calibration.close", subject)
        await later(place)
        assert (await record(place, other)).stage is Stage.SKIP_LEVEL
        assert (await record(place, review)).stage is Stage.CALIBRATION


async def test_a_company_without_calibration_is_told_how(tmp_path: Path) -> None:
    async with home(tmp_path, team(1)) as place:
        await open_cycle(place)
        for text in ("calibrate", "校准 Shop"):
            answer = await place.command("hr", text)
            assert isinstance(answer, Says)
            assert "calibration = true" in answer.card.summary
        assert company().policy.flow.calibration is False
        assert not isinstance(await place.command("mia", "calibrate"), Opens)


async def test_the_manager_is_told_at_once_that_a_calibrated_rating_is_signed(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, (review, other) = await started(place, "3.5", "4")
        assert isinstance(await place.press("mia", "rate.change", review), Opens)
        subject = await session(place, cycle)
        await move(place, subject, review, "4")
        await later(place)
        listed = next(one for one in place.chat.cards("T-mia") if "Team ratings" in one.summary)
        assert "✅ Person 1 · 4 · calibrated\n✅ Person 2 · 4" in as_text(listed)
        assert (buttons(listed, review), buttons(listed, other)) == ([], ["rate.change"])
        for action in ("rate.change", "rate:3.5"):
            refused = said(await place.press("mia", action, review))
            assert refused.startswith("This rating has been signed off and can't be changed.")


async def test_a_second_send_of_the_same_move_moves_nothing_twice(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        cycle, (review,) = await started(place, "3.5")
        subject = await session(place, cycle)
        form = await press_in(place, await by_name(place, subject), f"move:{review}")
        answers = {"overall": "4", "reason": "Beside peers."}
        assert isinstance(await place.send("hr", form, answers), Continues)
        first = await record(place, review)
        assert isinstance(await place.send("hr", form, answers), Refuses)
        assert await record(place, review) == first
        assert len([one for one in await links(place, review) if one.decision != "void"]) == 2


async def test_two_devices_move_two_people_and_mix_nothing_up(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, reviews = await started(place, "3.5", "4")
        subject = await session(place, cycle)
        listed = await by_name(place, subject)
        phone, desk = [await press_in(place, listed, f"move:{one}") for one in reviews]
        half = await place.send("hr", desk, {"overall": "4.5", "reason": ""}, surface="V2")
        assert isinstance(half, Refuses)
        done = await place.send("hr", phone, {"overall": "3.75", "reason": "So."})
        assert isinstance(done, Continues)
        assert [str((await record(place, one)).rating) for one in reviews] == ["15/4", "4"]
        again = await press_in(place, await by_name(place, subject), f"move:{reviews[1]}")
        assert {one.key: one.value for one in again.fields} == {"overall": "4.5", "reason": None}


@pytest.mark.parametrize(("giver", "surprise"), [("hr", True), ("mia", False)])
async def test_a_word_counts_if_it_was_the_managers_and_not_the_movers(
    tmp_path: Path, giver: str, *, surprise: bool
) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED, now=SEPTEMBER) as place:
        await heard(place, giver, "e1", about="value:teamwork")
        place.clock.moment = NOON
        cycle, (review,) = await started(place, "3.5")
        subject = await session(place, cycle)
        answer = await move(place, subject, review, "3.25")
        assert isinstance(answer, Continues)
        assert ("⚑ a surprise" in as_text(answer.form)) is surprise
        assert (await record(place, review)).surprise is surprise


async def test_whoever_led_them_sees_the_name_and_hears_of_the_move(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, (review, _) = await started(place, "3.5", "4")
        async with place.deps.database.begin() as tx:
            before = await tx.people.get("e1")
            assert before is not None
            await tx.people.put_all([replace(before, manager_id="boss")])
            found = await tx.reviews.get(review)
            assert found is not None
            await tx.reviews.save(replace(found, led_by="mia"))
        subject = await session(place, cycle)
        assert "Person 1" in names(await by_name(place, subject, "mia"))
        assert isinstance(await move(place, subject, review, "4"), Continues)
        await later(place)
        assert any("moved your rating of Person 1" in as_text(one) for one in told(place, "mia"))
        assert not any("moved your rating" in as_text(one) for one in told(place, "boss"))


def told(place: Home, who: str) -> list[Card]:
    return list(place.chat.cards(f"T-{who}"))
