"""Feedback from one person to another: the form, its way, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from feedback_given import GIVEN, HARD, give, kept, said
from text_chat import as_text
from world import NOON, home, open_cycle, opened, team

from handlers.answers import Done, Refuses, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Submitted
from prompts.card import Buttons, Form
from review.feedback import Feedback, Kind, Said


async def test_a_managers_word_arrives_at_once_even_at_night(tmp_path: Path) -> None:
    night = NOON + timedelta(hours=12)
    async with home(tmp_path, now=night) as place:
        await open_cycle(place)
        before = len(place.chat.cards("T-e1"))
        assert await give(place, "mia", "e1", talk="yes") == Done()
        await place.tick()
        card = place.chat.cards("T-e1")[before]
        assert card.summary == ("Something to work on, from Mia Manager, on “Repeat-purchase rate”")
        assert as_text(card) == (
            "> On Friday the list went out a day late.\n"
            "Something to work on, from Mia Manager, on “Repeat-purchase rate”\n"
            "What came of it\n"
            "> Two shops had nothing to send.\n"
            "What you hope for from here\n"
            "> Say so a day before.\n"
            "Mia Manager would like to talk about it with you.\n"
            "Only you and Mia Manager can read this."
        )
        (row,) = [part for part in card.parts if isinstance(part, Buttons)]
        assert [one.action for one in row.buttons] == [
            "feedback.thank",
            "feedback.answer",
            "feedback.talk",
        ]
        (one,) = await kept(place)
        assert one == replace(
            Feedback(
                id=one.id,
                giver="mia",
                receiver="e1",
                kind=Kind.CONSTRUCTIVE,
                about="goal:repeat_rate",
                as_manager=True,
                wants_talk=True,
                said=Said(
                    behaviour=GIVEN["behaviour"],
                    effect=GIVEN["effect"],
                    expectation=GIVEN["expectation"],
                    about_name=one.said.about_name,
                ),
                at=one.at,
            ),
            reached_at=one.reached_at,
        )
        assert {row.buttons[0].value} == {one.id}


async def test_the_giver_sees_that_it_arrived(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        await give(place, "mia", "e1")
        await place.tick()
        (one,) = await kept(place)
        assert one.reached_at is None
        told = place.chat.cards("T-mia")[-1]
        assert told.summary == "Your feedback is on its way to Person 1."
        await place.tick()
        (one,) = await kept(place)
        assert one.reached_at is not None
        told = place.chat.cards("T-mia")[-1]
        assert told.summary == "Your feedback reached Person 1: Mon 12 Oct, 12:00."
        edits = len(place.chat.log)
        await place.tick()
        assert len(place.chat.log) == edits


async def test_thanks_an_answer_and_a_talk_reach_the_giver_once(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        await give(place, "mia", "e2")
        await place.tick()
        async with place.deps.database.begin(write=False) as tx:
            (one,) = await tx.feedback.of("e2")
        for _ in range(2):
            assert said(await place.press("e2", "feedback.thank", one.id)) == (
                "已转达您对 Mia Manager 的感谢。"
            )
            assert said(await place.press("e2", "feedback.talk", one.id)) == (
                "已告诉 Mia Manager，您想聊聊。"
            )
        form = opened(await place.press("e2", "feedback.answer", one.id))
        assert await place.fill("e2", form, {"answer": HARD}) == Done()
        assert said(await place.press("e2", "feedback.answer", one.id)) == "您已经回复过了。"
        assert said(await place.fill("e2", form, {"answer": "Other words."})) == "您已经回复过了。"
        await place.tick()
        kinds = [kind for to, kind, _ in place.chat.log if to == "T-mia"]
        assert [kinds.count(f"feedback_{what}") for what in ("thanked", "talk", "answered")] == [
            1,
            1,
            1,
        ]
        texts = [as_text(card) for card in place.chat.cards("T-mia")]
        answered = [text for text in texts if "answers your feedback" in text]
        assert answered == [
            "Person 2 answers your feedback:\n"
            f"> {HARD}\n"
            "You had written:\n"
            "> On Friday the list went out a day late."
        ]


@pytest.mark.parametrize("action", ["thank", "talk", "answer"])
async def test_nobody_else_answers_for_the_receiver(tmp_path: Path, action: str) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        await give(place, "mia", "e1")
        (one,) = await kept(place)
        for who in ("mia", "e2", "hr", "boss"):
            answer = await place.press(who, f"feedback.{action}", one.id)
            assert isinstance(answer, Says)
        assert said(await place.press("boss", f"feedback.{action}", "no-such")) == (
            "This is for whoever received it to do."
        )
        (after,) = await kept(place)
        assert after == one


async def test_a_forged_answer_is_refused(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        await give(place, "mia", "e1")
        (one,) = await kept(place)
        forged = Submitted(
            who=Account("text", "T-boss"),
            form="feedback_answer",
            subject=one.id,
            step=0,
            answers={"answer": "Not mine."},
            identity="forged",
        )
        assert said(await dispatch(forged, place.deps)) == "This is for whoever received it to do."
        assert await kept(place) == [one]


@pytest.mark.parametrize(
    ("giver", "receiver", "why"),
    [
        ("e1", "e1", "Feedback is for others: choose a colleague."),
        ("e1", "e3", "Person 3 is no longer with the company."),
        (
            "e1",
            "nobody",
            "I don't know “nobody”. Please write the name of a colleague as it stands in the "
            "roster, or pick them with @. Bots and guests are not in it.",
        ),
    ],
)
async def test_some_can_not_be_given_feedback(
    tmp_path: Path, giver: str, receiver: str, why: str
) -> None:
    people = team()
    gone = replace(people[-1], left_on=NOON.date() - timedelta(days=1))
    async with home(tmp_path, (*people[:-1], gone)) as place:
        assert said(await place.press(giver, "feedback.open", receiver)) == why
        forged = Submitted(
            who=Account("text", f"T-{giver}"),
            form="feedback",
            subject=receiver,
            step=0,
            answers=GIVEN,
            identity="forged",
        )
        assert said(await dispatch(forged, place.deps)) == why


@pytest.mark.parametrize(
    ("words", "receiver"),
    [
        ("feedback @Person 2", "e2"),
        ("反馈 person 2", "e2"),
        ("feedback @T-mia", "mia"),
        ("feedback e1", "e1"),
        ("feedback Mana", "mia"),
    ],
)
async def test_the_receiver_is_found_by_what_is_said(
    tmp_path: Path, words: str, receiver: str
) -> None:
    async with home(tmp_path) as place:
        assert opened(await place.command("boss", words)).subject == receiver


async def test_a_name_that_fits_several_or_nobody_says_so(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        assert said(await place.command("boss", "feedback Person")) == (
            "“Person” could be Person 1, Person 2, Person 3. Please write the whole name, or "
            "choose the person with @."
        )
        assert said(await place.command("boss", "feedback @UBOT")).startswith("I don't know “UBOT”")


async def test_without_a_name_the_nearest_people_are_offered(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        answer = await place.command("mia", "feedback")
        assert isinstance(answer, Says)
        (row,) = [part for part in answer.card.parts if isinstance(part, Buttons)]
        assert [(one.action, one.value) for one in row.buttons] == [
            ("feedback.open", who) for who in ("e1", "e2", "e3", "boss")
        ]


def subjects(form: Form) -> list[str]:
    (about,) = [one for one in form.fields if one.key == "about"]
    return [option.value for option in about.options]


async def test_a_peer_sees_no_goals_of_the_receiver(tmp_path: Path) -> None:
    values = ["value:customer_first", "value:teamwork", "other"]
    async with home(tmp_path) as place:
        assert subjects(opened(await place.press("mia", "feedback.open", "e1"))) == values
        await open_cycle(place)
        for who, goals in (("mia", True), ("boss", True), ("hr", True), ("e2", False)):
            found = subjects(opened(await place.press(who, "feedback.open", "e1")))
            rows = ["goal:repeat_rate", "goal:message_rates", "goal:conduct"]
            assert found == (rows + values if goals else values), who
        form = opened(await place.press("e1", "feedback.open", "mia"))
        assert await place.fill("e1", form, GIVEN | {"about": "other"}) == Done()
        forged = opened(await place.press("e2", "feedback.open", "e1"))
        assert isinstance(await place.fill("e2", forged, GIVEN), Refuses)


async def test_the_same_words_twice_arrive_once(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        assert await give(place, "mia", "e1") == Done()
        again = await give(place, "mia", "e1")
        assert said(again) == "These very words have been sent already; they arrive once."
        assert await give(place, "mia", "e1", kind="negative") == Done()
        assert len(await kept(place)) == 2


async def test_what_is_lacking_is_said_at_its_field(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        form = opened(await place.press("mia", "feedback.open", "e1"))
        given = {"kind": "", "about": "goal:of_another", "behaviour": " ", "effect": "x" * 3001}
        answer = await place.fill("mia", form, given)
        assert isinstance(answer, Refuses)
        assert {one.key: one.problem for one in answer.form.problems} == {
            "kind": "Please choose one.",
            "about": "Please choose one.",
            "behaviour": "Please write what happened.",
            "effect": "Too long: at most 3000 characters, there are 3001.",
        }
        assert await kept(place) == []
