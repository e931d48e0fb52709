"""Forms of every kind, asked part by part: goals, lists to read, pickers, one laid over another."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import calibrating
from asked_chat import Talk, asked
from goals_world import DATES, OCTOBER
from world import Home, home, open_cycle, opened, rating_answers, review_of, self_answers, team

from handlers.answers import Asks, Says
from review.goal_setting import GoalSheet


async def sheet_of(place: Home, review: str) -> GoalSheet | None:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.goals.get(review)


async def test_goals_are_added_weighed_and_agreed(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        place.clock.moment = OCTOBER
        review = await review_of(place, await open_cycle(place, "2026Q4", **DATES), "e1")
        ann, mia = Talk(place, "e1"), Talk(place, "mia")
        assert "19. Weight: 45" in await ann.does("goals.open", review)
        assert "New goal" in await ann.press("Add a goal")
        for words in ("More customers buy again", "-", "skip all", "Target met"):
            await ann.say(words)
        assert "50 too many for 100" in await ann.say("五十")
        assert "> 31" in await ann.press("Make it 100")
        assert "30. Weight: 31" in await ann.press("Leave it so")
        assert "> More customers buy again" in await ann.say("change 19")
        await ann.say("More customers buy twice")
        assert "✓ Done: Goals 2026Q4" in await ann.press("Send")
        text = await mia.does("goals.open", review)
        assert "19. What is the goal?: More customers buy twice" in text
        assert "Send" not in [one.label for one in mia.buttons()]
        assert "Nothing noted yet." in await mia.press("Progress so far")
        assert "Question 31 of 32" in await mia.press("Go on")
        await mia.press("1. Agreed")
        await mia.say("skip")
        assert "✓ Done" in await mia.say("send")
        sheet = await sheet_of(place, review)
        assert sheet is not None
        assert [row.weight for row in sheet.proposed.rows] == [28, 21, 31, 20]


async def test_what_is_only_read_takes_no_words_from_what_is_asked(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        place.clock.moment = OCTOBER
        review = await review_of(place, await open_cycle(place, "2026Q4", **DATES), "e1")
        ann = Talk(place, "e1")
        await ann.does("goals.open", review)
        assert "Nothing noted yet." in await ann.does("progress.read", review)
        assert "✓ Done: Goals 2026Q4" in await ann.say("send")
        assert "I don't know “back”" in await ann.say("back")


async def test_names_are_read_and_a_rating_is_moved(tmp_path: Path) -> None:
    people, policy = calibrating.staff(3), calibrating.CALIBRATED
    async with home(tmp_path, people, policy=policy) as place:
        cycle, _ = await calibrating.started(place, "4", "4", "3.5")
        session = await calibrating.session(place, cycle)
        place.deps.asked_in_parts = frozenset({"text"})
        hr = Talk(place, "hr")
        assert "Person 1 · 4" in await hr.does("calibration.names", session)
        await hr.press("Move")
        assert "Question 2 of 2" in await hr.say("3.5")
        assert "2. Because: Beside peers." in await hr.say("Beside peers.")
        assert "Person 1 · 3.5" in await hr.press("Save")
        await hr.press("Move")
        await hr.say("3.5")
        assert "Person 1 · 3.5" in await hr.press("Back to the list")


async def test_people_are_named_and_asked_of_whom_there_are_several(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk = Talk(place, "e1")
        await talk.say("feedback ask")
        assert "Person 1, Person 2, Person 3" in await talk.say("Person")
        assert "nobody called “Zoe”" in await talk.say("Zoe")
        await talk.say("Person 2、mia")
        await talk.say("What should I keep?")
        assert "1. Whom would you like to ask?: Person 2, Mia Manager" in talk.text
        assert "✓ Done" in await talk.say("send")
        async with place.deps.database.begin(write=False) as tx:
            asked_of = {one.asked for one in await tx.requests.of("e1")}
        assert asked_of == {"e2", "mia"}


async def test_people_of_the_same_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    people = tuple(
        replace(one, name="王伟") if one.employee_id in {"e1", "e3"} else one for one in team()
    )
    async with home(tmp_path, people) as place:
        place.deps.asked_in_parts = frozenset({"text"})
        talk = Talk(place, "e2")
        await talk.say("征求反馈")
        assert "王伟 e1、王伟 e3" in await talk.say("王伟")
        await talk.say("e3")
        assert "王伟" in await talk.say("-")


async def test_a_day_is_typed(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk = Talk(place, "e2")
        await talk.does("remind.later:date", "date")
        assert "没看懂这个日期" in await talk.say("改天")
        assert "2026-10-23" in await talk.say("下周五")


async def test_a_form_laid_over_another_comes_first(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await review_of(place, await open_cycle(place), "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        await place.fill("e1", form, self_answers(place))
        place.deps.asked_in_parts = frozenset({"text"})
        mia = Talk(place, "mia")
        await mia.does("rate.change", review)
        given = rating_answers(place)
        while not mia.asks.next[0].key.startswith("value:"):
            await mia.say(given.get(mia.asks.next[0].key, "skip"))
        at = mia.asks.next[0].key
        await mia.press("Ask")
        assert mia.asks.form.key == "ask_first"
        text = await mia.say("later")
        assert "waits" in text
        assert mia.asks.next[0].key == at


async def test_what_was_sent_in_two_messages_is_put_together(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        review = await review_of(place, await open_cycle(place), "e1")
        talk = Talk(place, "e1")
        await talk.does("self_review.open", review)
        await talk.say("4")
        await talk.say("First half.")
        assert "can't read this as a score" in await talk.say("And the second half.")
        assert "Question 3 of 9" in await talk.press("Add it")
        assert "> First half.\nAnd the second half." in await talk.say("back")


async def test_what_comes_after_the_last_answer_can_be_added_to_it(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk = Talk(place, "e1")
        for words in ("praise @e2", "1", "She stayed until ten."):
            await talk.say(words)
        assert "I can add it there" in await talk.say("And she told nobody.")
        assert "She stayed until ten. And she told nobody." in await talk.press("Add it")


async def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        review = await review_of(place, await open_cycle(place), "e1")
        talk = Talk(place, "e1")
        await talk.does("self_review.open", review)
        await talk.say("4")
        keyring = place.deps.database._keyring
    async with home(tmp_path, keyring=keyring) as place:
        place.numbers = count(1000)
        place.deps.asked_in_parts = frozenset({"text"})
        assert "Question 3 of 9" in await Talk(place, "e1").say("Two big customers came back.")


async def test_a_plain_word_without_a_form_is_a_command(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        talk = Talk(place, "e1")
        assert "I don't know “hello”" in await talk.say("hello")
        assert isinstance(talk.answers[-1], Says)
        await talk.say("self")
        assert isinstance(talk.answers[-1], Asks | Says)


async def test_what_is_wrong_with_a_form_is_asked_again(tmp_path: Path) -> None:
    async with asked(tmp_path) as place:
        review = await review_of(place, await open_cycle(place), "e1")
        talk = Talk(place, "e1")
        await talk.does("self_review.open", review)
        await talk.say("send")
        assert "1. Your score: –" in talk.text
        text = await talk.say("send")
        assert "Please choose a score." in text
        assert talk.asks.next[0].key == "goal:repeat_rate"
