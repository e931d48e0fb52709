"""Goals: written, looked at, confirmed; changed in mid-period; what stands when nobody agreed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from goals_world import MANAGERS, OCTOBER, REFUSED, says, setting
from text_chat import as_text
from world import home

from handlers.answers import Done, Refuses
from review.stages import Stage


async def test_from_the_first_word_to_both_hands(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        form = await here.open()
        assert (form.step, form.steps) == (2, 3)
        assert await here.send(
            form, {"weight:repeat_rate": "50", "weight:message_rates": "30"}
        ) == (Done())
        review, _ = await here.now()
        assert review.stage is Stage.GOALS_SUBMITTED
        look = await here.open("mia")
        assert "Person 1" in as_text(look)
        changed = {"weight:repeat_rate": "60", "weight:message_rates": "20", "decision": "approve"}
        assert await here.send(look, changed, "mia") == Done()
        await place.tick()
        review, kept = await here.now()
        assert kept is not None
        assert {row.id: row.weight for row in kept.proposed.rows} == {
            "repeat_rate": 60,
            "message_rates": 20,
            "conduct": 20,
        }
        assert review.sheet != kept.proposed
        assert await place.press("e1", "goals.confirm", f"{here.review}@{kept.version}") == Done()
        review, _ = await here.now()
        assert review.sheet == kept.proposed


async def test_each_change_reaches_the_person_at_once_as_before_and_after(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        look = await here.open("mia")
        changed = {"weight:repeat_rate": "60", "weight:message_rates": "20", "decision": "approve"}
        place.clock.moment = datetime(2026, 10, 8, 16, tzinfo=UTC)  # midnight in Shanghai
        assert await here.send(look, changed, "mia") == Done()
        await place.tick()
        (word,) = here.told("e1", "goals_word")
        assert word.splitlines() == [
            "Mia Manager has looked at your goals and changed 2 things. Please confirm.",
            "Repeat-purchase rate · weight: 45 → 60",
            "Open and conversion rate of messages · weight: 35 → 20",
        ]
        (own,) = here.told("e1", "my_review")
        assert "Repeat-purchase rate · weight: 45 → 60" in own


async def test_goals_that_come_back_bring_the_word_at_once(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        look = await here.open("mia")
        refused = await here.send(look, {"decision": "return"}, "mia")
        assert isinstance(refused, Refuses)
        assert [one.key for one in refused.form.problems] == ["comment"]
        back = {"decision": "return", "comment": "Fewer, please."}
        assert await here.send(look, back, "mia") == Done()
        await place.tick()
        (word,) = here.told("e1", "goals_word")
        assert word.splitlines()[1] == "> Fewer, please."
        form = await here.open()
        assert "> Fewer, please." in as_text(form)
        assert await here.send(form, {}) == Done()
        review, _ = await here.now()
        assert review.stage is Stage.GOALS_SUBMITTED


async def test_a_change_in_mid_period_asks_both_again_and_the_old_sheet_stands_so_long(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        before, _ = await here.now()
        place.clock.moment = datetime(2026, 11, 20, 4, tzinfo=UTC)
        form = await here.open()
        changed = {"weight:repeat_rate": "70", "weight:message_rates": "10"}
        assert await here.send(form, changed) == Done()
        review, kept = await here.now()
        assert kept is not None
        assert (review.sheet, kept.marks.agreed_at) == (before.sheet, kept.marks.agreed_at)
        assert await place.press("mia", "goals.approve", f"{here.review}@{kept.version}") == Done()
        assert await place.press("e1", "goals.confirm", f"{here.review}@{kept.version + 1}") == (
            Done()
        )
        review, _ = await here.now()
        assert [row.weight for row in review.sheet.rows] == [70, 10, 20]


@pytest.mark.parametrize("action", ["goals.open", "goals.approve", "goals.confirm"])
@pytest.mark.parametrize("who", ["e2", "boss", "hr"])
async def test_nobody_else_writes_agrees_or_confirms(tmp_path: Path, who: str, action: str) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        before = await here.now()
        assert says(await place.press(who, action, here.review)) in REFUSED
        assert await here.now() == before


async def test_each_hand_does_its_own_part_only(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        early = says(await place.press("mia", "goals.open", here.review))
        assert early == "That can't be done now: the review is at “goals”."
        assert await here.send(await here.open(), {}) == Done()
        assert says(await place.press("e1", "goals.approve", here.review)) == MANAGERS
        assert (
            says(await place.press("mia", "goals.confirm", here.review))
            == "This is for the person themself to do."
        )


async def test_nobody_agrees_to_what_they_have_not_seen(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        assert await place.press("mia", "goals.approve", f"{here.review}@1") == Done()
        await here.send(await here.open("mia"), {"decision": "approve"}, "mia")
        said = says(await place.press("e1", "goals.confirm", f"{here.review}@2"))
        assert said == "These goals were changed meanwhile. Please look at them as they are now."


async def test_a_second_press_agrees_nothing_twice(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        before = await here.now()
        says(await place.press("e1", "goals.confirm", here.review))
        assert await here.now() == before


async def test_once_the_self_review_is_open_goals_are_what_they_are(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        await place.tick(datetime(2027, 1, 4, 4, tzinfo=UTC))
        assert says(await place.press("e1", "goals.open", here.review)) == (
            "The self-review is open: these goals are what is scored now."
        )
        review, _ = await here.now()
        assert (review.stage, review.sign_offs) == (Stage.SELF_REVIEW, ())


async def test_the_managers_list_shows_who_waits_and_is_edited_in_place(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        await place.tick()
        (listed,) = here.told("mia", "goal_list")
        assert listed.splitlines() == [
            "## Team goals 2026Q4",
            "0/3 agreed, due Wed 21 Oct.",
            "Person 1 · waits for your word",
            "Person 2 · not sent yet",
            "Person 3 · not sent yet",
        ]
        assert await place.press("mia", "goals.approve", f"{here.review}@1") == Done()
        assert await place.press("e1", "goals.confirm", f"{here.review}@2") == Done()
        await place.tick()
        (listed,) = here.told("mia", "goal_list")
        assert listed.splitlines()[1:3] == ["1/3 agreed, due Wed 21 Oct.", "✅ Person 1 · agreed"]


async def test_what_waits_is_named_to_each_hand(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert "2026Q4 goals, due" in says(await place.command("e1", ""))
        assert await here.send(await here.open(), {}) == Done()
        assert "1 person waits for your word" in says(await place.command("mia", ""))
        assert says(await place.command("e1", "")) == "Nothing waits for you."
        assert await place.press("mia", "goals.approve", here.review) == Done()
        assert "wait for your confirmation" in says(await place.command("e1", ""))


async def test_when_the_day_has_passed_both_hear_what_stands_once(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        for hour in (4, 5):
            await place.tick(datetime(2026, 10, 22, hour, tzinfo=UTC))
        passed = "The day for setting goals (Wed 21 Oct) has passed"
        assert [text.count(passed) for text in here.told("e1", "reminder")] == []
        assert [text.count(passed) for text in here.told("e3", "reminder")] == [1]
        (above,) = here.told("mia", "reminder")
        assert (
            "2026Q4: goals were due on Wed 21 Oct. Not agreed yet: Person 2, Person 3. "
            "The goals they began the period with stand until they are changed."
        ) in above


async def test_the_own_goals_are_shown_by_a_word_and_in_the_own_language(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert "Repeat-purchase rate · 45 %" in says(await place.command("e1", "goals"))
        assert "老会员重复购买率 · 45%" in says(await place.command("e2", "目标"))
        await here.send(await here.open(), {})
        assert "Person 1" not in says(await place.command("boss", "goals"))
