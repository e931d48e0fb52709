"""Every door to the feedback form, and who can't be given any at each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from feedback_given import GIVEN, HARD, said
from text_chat import as_text
from world import NOON, Home, home, open_cycle, opened, team

from handlers.answers import Answer, Continues, Done, Refuses, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Noted
from review.feedback import Feedback
from review.people import Person

SELF = "Feedback is for others: choose a colleague."
LEFT = "Person 3 is no longer with the company."
BOT = "That is a bot, a guest, or somebody who is not in the roster yet. Please choose a colleague."


async def shortcut(
    place: Home, who: str, of: str, text: str = "On Friday I was late.", *, ts: str = "1.1"
) -> Answer:
    """The shortcut on a message of somebody."""
    event = Noted(
        who=Account("text", f"T-{who}"),
        shortcut="give_feedback",
        place=f"C1/{ts}",
        text=text,
        author=f"T-{of}" if of else "",
        author_name="A guest",
        link="https://chat.example/C1",
        sent_at=datetime(2026, 10, 9, 4, tzinfo=UTC),
        identity=f"shortcut:{who}:{ts}:{place.clock.now()}",
    )
    place.clock.moment += timedelta(milliseconds=5)
    return await dispatch(event, place.deps)


async def picker(place: Home, who: str, of: str) -> Answer:
    """The button of the own page, and a choice in its picker."""
    form = opened(await place.press(who, "feedback.open", ""))
    assert [(one.key, one.ask) for one in form.fields] == [("whom", "person")]
    return await place.fill(who, form, {"whom": f"T-{of}"})


async def command(place: Home, who: str, of: str) -> Answer:
    return await place.command(who, f"feedback @T-{of}")


async def button(place: Home, who: str, of: str) -> Answer:
    return await place.press(who, "feedback.open", of)


DOORS = (command, button, shortcut, picker)
Door = Callable[[Home, str, str], Awaitable[Answer]]


def without_e3() -> tuple[Person, ...]:
    people = team()
    return (*people[:-1], replace(people[-1], left_on=NOON.date() - timedelta(days=1)))


def words_of(answer: Answer) -> str:
    """The refusal, wherever that door says it."""
    if isinstance(answer, Says):
        return answer.card.summary
    (field,) = opened(answer).fields
    assert field.problem is not None
    return field.problem


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("of", "why"), [("e1", SELF), ("e3", LEFT), ("robot", BOT)])
async def test_some_can_be_given_no_feedback_at_any_door(
    tmp_path: Path, door: Door, of: str, why: str
) -> None:
    async with home(tmp_path, without_e3()) as place:
        found = words_of(await door(place, "e1", of))
        if of == "robot" and door in {command, button}:
            assert found.startswith("I don't know “")
        else:
            assert found == why
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.feedback.of("e1") == ()


@pytest.mark.parametrize("door", DOORS)
async def test_a_manager_can_be_told_something_at_every_door(tmp_path: Path, door: Door) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        form = opened(await door(place, "e1", "mia"))
        assert (form.key, form.subject) == ("feedback", "mia")
        given = GIVEN | {"about": "value:teamwork"}
        assert await place.fill("e1", form, given) == Done()
        await place.tick()
        (one,) = await of(place, "e1")
        assert (one.giver, one.receiver, one.as_manager) == ("e1", "mia", False)
        assert GIVEN["behaviour"] in as_text(place.chat.cards("T-mia")[-1])
        for who in ("boss", "hr", "e2"):
            assert not any(
                GIVEN["behaviour"] in as_text(one) for one in place.chat.cards(f"T-{who}")
            )


@pytest.mark.parametrize("door", DOORS)
async def test_an_empty_behaviour_is_said_at_its_field_at_every_door(
    tmp_path: Path, door: Door
) -> None:
    async with home(tmp_path) as place:
        form = opened(await door(place, "mia", "e1"))
        answer = await place.fill("mia", form, GIVEN | {"about": "other", "behaviour": " \n "})
        assert isinstance(answer, Refuses)
        assert {one.key: one.problem for one in answer.form.problems} == {
            "behaviour": "Please write what happened."
        }
        assert await of(place, "e1") == ()


async def of(place: Home, who: str) -> tuple[Feedback, ...]:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.feedback.of(who)


def behaviour(answer: Answer) -> str | None:
    return {one.key: one.value for one in opened(answer).fields}["behaviour"]


async def test_the_message_stands_in_the_form_until_something_is_typed_there(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        assert behaviour(await shortcut(place, "mia", "e1", HARD)) == HARD
        assert behaviour(await shortcut(place, "mia", "e1", "")) == HARD
        form = opened(await shortcut(place, "mia", "e1", "Another one.", ts="2.2"))
        assert {one.key: one.value for one in form.fields}["behaviour"] == "Another one."
        await place.fill("mia", form, {"behaviour": "Mine.", "kind": "positive"})
        assert behaviour(await shortcut(place, "mia", "e1", "A third.", ts="3.3")) == "Mine."
        assert behaviour(await place.press("mia", "feedback.open", "e1")) == "Mine."


async def test_a_long_message_is_cut_at_the_limit(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        limit = place.deps.company.policy.sheet.text_limit
        assert behaviour(await shortcut(place, "mia", "e1", "长" * (limit + 1))) == "长" * limit


async def test_a_message_without_an_author_is_answered(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        assert said(await shortcut(place, "mia", "")) == BOT


async def test_a_shortcut_that_is_no_longer_there_says_so(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        event = Noted(
            who=Account("text", "T-mia"),
            shortcut="of_old",
            place="C1/1",
            text="Well done.",
            author="T-e1",
            author_name="",
            link="",
            sent_at=NOON,
            identity="of_old",
        )
        assert said(await dispatch(event, place.deps)).startswith("This button is no longer")


async def test_another_choice_takes_what_was_said_away(tmp_path: Path) -> None:
    async with home(tmp_path, without_e3()) as place:
        form = opened(await place.press("e1", "feedback.open", ""))
        answer = await place.fill("e1", form, {"whom": ""})
        assert isinstance(answer, Refuses)
        assert words_of(answer) == "Please choose a colleague."
        refused = await place.fill("e1", form, {"whom": "T-e3"})
        assert isinstance(refused, Continues)
        assert words_of(refused) == LEFT
        assert words_of(await place.press("e1", "feedback.open", "")) == LEFT
        onward = await place.fill("e1", refused.form, {"whom": "T-e2"})
        assert (opened(onward).key, opened(onward).subject) == ("feedback", "e2")
        assert opened(await place.press("e1", "feedback.open", "")).fields[0].value is None


async def test_whom_the_message_mentions_is_named(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        text = "@T-e2, @T-robot: thanks for a@b.example! cc @T-e2您好"
        shown = behaviour(await shortcut(place, "mia", "e1", text))
        assert shown == "@Person 2, @T-robot: thanks for a@b.example! cc @Person 2您好"
