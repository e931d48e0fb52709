"""A mentor pairing: introduced, asked about every two weeks, closed with a word from both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from signing import buttons, said
from talking import card, texts
from test_learning import agree, kept, rows
from text_chat import as_text
from world import NOON, Home, home, opened

from handlers import export
from handlers.answers import Done, Says
from handlers.my_data import whole
from handlers.work import Work
from prompts.card import Card
from review.interview import Going
from review.one_on_one import OneOnOne
from review.people import Person
from review.policy import Interviews, Policy

TEXT = "Lead a meeting <!channel> {{ x }} \u202e 🎉"
PAIR = {
    "action:1": TEXT,
    "kind:1": "mentoring",
    "mentor:1": "T-e2",
    "owner:1": "e1",
    "due:1": "2026-12-18",
}


async def paired(place: Home) -> str:
    """e2 is e1's mentor; both read English."""
    async with place.deps.database.begin() as tx:
        (mentor,) = await tx.people.many(["e2"])
        await tx.people.put_all([replace(mentor, locale="en")])
    return f"{await agree(place, PAIR)}.1"


def together_cards(place: Home, mentor: str = "e2") -> list[Card]:
    """What stands in e1's conversations with that mentor."""
    both = f"T-e1,T-{mentor}"
    return [one for to, one in place.chat.posts.values() if to == both]


async def test_the_two_are_introduced_in_one_conversation_once(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        (intro,) = together_cards(place)
        shown = as_text(intro)
        assert shown.startswith(
            "🤝 Person 1, Person 2, please meet: Mia Manager and Person 1 agreed that Person 2"
        )
        assert TEXT.strip() in shown
        assert "find half an hour this week" in shown
        assert "Every 2 weeks I ask you both" in shown
        assert buttons(intro, action) == ["mentor.decline"]
        await place.press("mia", "interview.open", action.rpartition(".")[0])
        again = await rows(place, action.rpartition(".")[0])
        held = {one.key: one.value or "" for one in again.fields}
        assert await place.send("mia", again, held) == Done()
        await place.tick()
        assert len(together_cards(place)) == 1


async def test_whether_they_met_is_asked_every_two_weeks_and_nobody_is_blamed(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        began = place.clock.moment
        for day in range(1, 14):
            await place.tick(began + timedelta(days=day))
        assert "Have you two met lately?" not in texts(place, "e1") + texts(place, "e2")
        for _ in range(2):
            await place.tick(began + timedelta(days=14))
        for who, line in (
            ("e1", "Person 2 is your mentor. Have you two met lately?"),
            ("e2", "You are Person 1’s mentor. Have you two met lately?"),
        ):
            assert texts(place, who).count(line) == 1
        for who, press, words in (
            ("e1", "not_yet", "That’s fine."),
            ("e1", "not_yet", "That’s fine."),
            ("e2", "met", "Noted."),
            ("e1", "met", "Noted."),
        ):
            answer = await place.press(who, f"mentor:{press}", f"{action}|1")
            assert isinstance(answer, Says)
            assert words in as_text(answer.card)
        async with place.deps.database.begin(write=False) as tx:
            met = await tx.pairings.met([action])
        assert [(one.number, one.by, one.met) for one in met] == [(1, "e1", True), (1, "e2", True)]
        await place.tick(began + timedelta(days=15))
        assert texts(place, "e1").count("Have you two met lately?") == 1
        await place.tick(began + timedelta(days=28))
        assert texts(place, "e1").count("Have you two met lately?") == 2


async def test_once_one_of_them_says_that_they_met_the_other_is_not_asked(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        began = place.clock.moment
        place.clock.moment = began + timedelta(days=14)
        assert isinstance(await place.press("e2", "mentor:met", f"{action}|1"), Says)
        await place.tick()
        assert "Have you two met lately?" not in texts(place, "e1") + texts(place, "e2")


async def test_no_weeks_in_the_policy_and_nobody_is_asked(tmp_path: Path) -> None:
    policy = Policy(interviews=Interviews(mentor_weeks=0))
    async with home(tmp_path, policy=policy) as place:
        await paired(place)
        assert "Every" not in as_text(together_cards(place)[0])
        await place.tick(place.clock.moment + timedelta(days=14))
        assert "Have you two met lately?" not in texts(place, "e1")


async def test_presses_of_others_and_of_days_to_come_are_refused(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        for who, press, value in (
            ("mia", "mentor:met", f"{action}|1"),
            ("e3", "mentor:not_yet", f"{action}|1"),
            ("e1", "mentor:met", f"{action}|1"),
            ("e1", "mentor:met", f"{action}|x"),
            ("e1", "mentor:met", "no-such|1"),
            ("e1", "mentor.decline", action),
            ("mia", "mentor.close", action),
            ("e2", "mentor.close", "no-such"),
        ):
            refused = said(await place.press(who, press, value))
            assert refused.startswith("This is between a mentor and whom they help")
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.pairings.met([action]) == ()


async def test_a_mentor_declines_kindly_and_the_action_stays(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        form = opened(await place.press("e2", "mentor.decline", action))
        assert await place.fill("e2", form, {"word": "After the sale, gladly."}) == Done()
        await place.tick()
        own = card(place, "e1", "Person 2 can’t be your mentor for this right now:")
        assert "After the sale, gladly." in as_text(own)
        assert "Talk about who else could help." in as_text(own)
        told = card(place, "mia", "Person 2 can’t be Person 1’s mentor for this right now:")
        assert "After the sale, gladly." in as_text(told)
        (one,) = await kept(place, action.rpartition(".")[0])
        assert (one.mentor, one.going) == (None, Going.OPEN)
        for press in ("mentor.decline", "mentor.close"):
            assert said(await place.press("e2", press, action)).startswith("This is closed already")
        assert said(await place.press("e2", "mentor:met", f"{action}|1"))
        form = await rows(place, action.rpartition(".")[0])
        held = {each.key: each.value or "" for each in form.fields}
        assert await place.send("mia", form, held) == Done()
        await place.tick()
        assert [each.mentor for each in await kept(place, action.rpartition(".")[0])] == [None]
        other = held | {"mentor:1": "T-e3"}
        assert await place.send("mia", form, other) == Done()
        assert [each.mentor for each in await kept(place, action.rpartition(".")[0])] == ["e3"]


async def test_the_owner_closes_first_and_each_reads_the_others_word(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        form = opened(await place.press("e1", "action:done", action))
        assert form.fields[0].label == "A word to Person 2"
        for _ in range(2):
            assert await place.fill("e1", form, {"words": "I ask first now."}) == Done()
        await place.tick()
        ended = card(place, "e2", "🎉 Person 1 has completed what you were the mentor for.")
        assert "I ask first now." in as_text(ended)
        assert buttons(ended, action) == ["mentor.close"]
        form = opened(await place.press("e2", "mentor.close", action))
        for _ in range(2):
            await place.fill("e2", form, {"word": "You listen well."})
        await place.tick()
        last = card(place, "e1", "🤝 Person 2, your mentor, has closed this, too:")
        assert "You listen well." in as_text(last)
        assert [one.going for one in await kept(place, action.rpartition(".")[0])] == [Going.DONE]
        assert "I ask first now." not in texts(place, "mia")


async def test_the_mentor_closes_first_and_the_word_waits_for_the_owners(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        form = opened(await place.press("e2", "mentor.close", action))
        assert await place.fill("e2", form, {"word": "You listen well."}) == Done()
        await place.tick()
        first = card(place, "e1", "🤝 Person 2 thinks that you two have got there:")
        assert "There is a word for you" in as_text(first)
        assert buttons(first, action) == ["action:done"]
        assert "You listen well." not in texts(place, "e1")
        own, exported = await datas(place, "e1")
        assert (own["pairings"][0]["mentor_word"], exported["pairings"]) == ("", {"paired": 1})
        form = opened(await place.press("e1", "action:done", action))
        assert await place.fill("e1", form, {}) == Done()
        await place.tick()
        assert "You listen well." in texts(place, "e1")
        ended = card(place, "e2", "🎉 Person 1 has completed what you were the mentor for.")
        assert buttons(ended, action) == []
        own, exported = await datas(place, "e1")
        assert own["pairings"][0]["mentor_word"] == "You listen well."
        assert "You listen well." not in str(exported)


async def datas(place: Home, who: str) -> tuple[dict[str, list[dict[str, str]]], dict[str, object]]:
    """All that is kept of somebody: as they have it, and as HR does."""
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        (person,) = await tx.people.many([who])
        exported = await export.person(who, work)
        return dict(await whole(person, work)), dict(exported or {})


async def test_a_manager_closes_it_without_a_word_and_a_drop_says_no_reason_to_the_mentor(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        form = opened(await place.press("mia", "action:drop", action))
        assert await place.fill("mia", form, {"reason": "Another team."}) == Done()
        await place.tick()
        gone = card(place, "e2", "Person 1 no longer does what you were the mentor for.")
        assert "Another team." not in as_text(gone)
        assert "Another team." in texts(place, "e1")
        form = opened(await place.press("mia", "action:done", action))
        back = opened(await place.press_in("mia", form, "action.undo:1"))
        done = opened(await place.press_in("mia", back, "action.mark:done"))
        assert done.key == "action"
        await place.tick()
        card(place, "e2", "🎉 Person 1 has completed what you were the mentor for.")


async def test_another_mentor_is_introduced_and_the_first_is_thanked(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        form = await rows(place, action.rpartition(".")[0])
        held = {one.key: one.value or "" for one in form.fields} | {"mentor:1": "T-e3"}
        assert await place.send("mia", form, held) == Done()
        await place.tick()
        card(place, "e2", "You are no longer asked to be Person 1’s mentor")
        assert said(await place.press("e2", "mentor:met", f"{action}|1"))
        assert len(together_cards(place, "e3")) == 1


async def test_one_who_left_is_neither_introduced_nor_asked_about(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await paired(place)
        async with place.deps.database.begin() as tx:
            (mentor,) = await tx.people.many(["e2"])
            await tx.people.put_all([replace(mentor, left_on=date(2026, 10, 20))])
        await place.tick(place.clock.moment + timedelta(days=14))
        assert "Have you two met lately?" not in texts(place, "e1")


async def test_an_introduction_keeps_the_hours_of_both(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        async with place.deps.database.begin() as tx:
            (mentor,) = await tx.people.many(["e2"])
            far: Person = replace(mentor, time_zone="America/New_York", locale="en")
            await tx.people.put_all([far])
        await agree(place, PAIR)
        assert together_cards(place) == []
        # The 12th is a holiday there, so it is 10:00 of the 13th.
        await place.tick(place.clock.moment + timedelta(hours=34))
        assert len(together_cards(place)) == 1


async def test_a_mentor_of_a_one_on_one_is_introduced_with_what_the_action_says(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, policy=Policy()) as place:
        async with place.deps.database.begin() as tx:
            await tx.one_on_ones.save(
                OneOnOne(id="t1", person="e1", manager="mia", number=1, starts_at=NOON)
            )
        place.clock.moment += timedelta(hours=2)
        form = opened(await place.press("mia", "oneonone.log", "t1"))
        assert await place.fill("mia", form, PAIR) == Done()
        await place.tick()
        (intro,) = together_cards(place)
        assert TEXT.strip() in as_text(intro)
        for who in ("boss", "hr", "e3"):
            assert TEXT.strip() not in texts(place, who)


async def test_a_mentor_finds_whom_they_help_in_their_list_until_they_have_closed_it(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        action = await paired(place)
        answer = await place.command("e2", "actions")
        assert isinstance(answer, Says)
        shown = as_text(answer.card)
        assert shown.startswith(f"## I am the mentor (1)\n> {TEXT.strip()}")
        assert shown.endswith("🤝 With Person 2 as mentor\nPerson 1 · due Fri 18 Dec")
        assert buttons(answer.card, action) == ["mentor.close", "mentor.decline"]
        page = opened(await place.press("e2", "actions.open", "mentoring"))
        form = opened(await place.press_in("e2", page, f"actions.mentor:{action}"))
        assert form.key == "mentor_close"
        assert await place.fill("e2", form, {}) == Done()
        answer = await place.command("e2", "actions")
        assert isinstance(answer, Says)
        assert as_text(answer.card) == "Nothing that was agreed is open."
