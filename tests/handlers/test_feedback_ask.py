"""Asking colleagues for feedback: who hears it, what they may do, and what the asker sees of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from feedback_given import GIVEN, HARD, said
from text_chat import as_text
from world import NOON, Home, home, open_cycle, opened, team

from handlers import export, my_data
from handlers.answers import Answer, Continues, Done, Refuses
from handlers.dispatch import dispatch
from handlers.events import Account, Submitted
from handlers.work import Work
from prompts.card import Buttons, Card
from review.feedback import Feedback
from review.feedback_request import AGAIN, Request

QUESTION = "What could I do better?"
GENERAL = GIVEN | {"about": "value:teamwork"}


async def ask(place: Home, who: str, whom: str, **more: str) -> Answer:
    form = opened(await place.press(who, "feedback.ask", ""))
    return await place.fill(who, form, {"whom": whom, "question": QUESTION} | more)


async def requests(place: Home, who: str = "e1") -> tuple[Request, ...]:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.requests.of(who)


async def given(place: Home, who: str = "e1") -> tuple[Feedback, ...]:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.feedback.of(who)


def last(place: Home, who: str) -> Card:
    return place.chat.cards(f"T-{who}")[-1]


def buttons(card: Card) -> list[str]:
    rows = [part for part in card.parts if isinstance(part, Buttons)]
    return [one.action for row in rows for one in row.buttons]


def values(answer: Answer) -> Mapping[str, str | None]:
    return {one.key: one.value for one in opened(answer).fields}


async def test_each_is_asked_at_once_even_at_night_and_alone(tmp_path: Path) -> None:
    async with home(tmp_path, now=NOON + timedelta(hours=12)) as place:
        await open_cycle(place)
        form = opened(await place.press("e1", "feedback.ask", ""))
        (about,) = [one for one in form.fields if one.key == "about"]
        assert [one.value for one in about.options] == [
            *("other", "goal:repeat_rate", "goal:message_rates", "goal:conduct"),
            *("value:customer_first", "value:teamwork"),
        ]
        assert about.value == "other"
        assert await ask(place, "e1", "T-mia,T-e3,T-mia", about="goal:repeat_rate") == Done()
        await place.tick()
        for who in ("mia", "e3"):
            assert as_text(last(place, who)) == (
                "Person 1 would like your feedback on “Repeat-purchase rate”.\n"
                "> What could I do better?\n"
                "What you write reaches Person 1 at once, and only the two of you can read it. "
                "“Not now” is told to nobody."
            )
            assert buttons(last(place, who)) == ["feedback.give", "feedback.not_now"]
        assert as_text(last(place, "e1")) == (
            "You asked for feedback on “Repeat-purchase rate”.\n"
            "> What could I do better?\n"
            "No answer yet: Mia Manager, Person 3\n"
            "They write when they can; nobody has to."
        )
        for who in ("boss", "hr", "e2"):
            assert not any(QUESTION in as_text(one) for one in place.chat.cards(f"T-{who}"))
        assert sorted((one.asked, one.about, one.said.text) for one in await requests(place)) == [
            ("e3", "goal:repeat_rate", QUESTION),
            ("mia", "goal:repeat_rate", QUESTION),
        ]


async def test_what_is_given_is_ordinary_feedback_and_both_see_that_it_came(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        await ask(place, "e1", "T-e3,T-mia", about="goal:repeat_rate")
        await place.tick()
        one, other = sorted(await requests(place), key=lambda each: each.asked)
        answer = await place.press("e3", "feedback.give", one.id)
        form = opened(answer)
        assert (form.key, form.subject) == ("feedback_asked", one.id)
        assert QUESTION in as_text(form)
        assert values(answer)["about"] == "goal:repeat_rate"
        more = {key: text for key, text in GIVEN.items() if key != "about"}
        assert await place.fill("e3", form, more) == Done()
        await place.tick()
        (made,) = await given(place)
        assert (made.giver, made.receiver, made.about) == ("e3", "e1", "goal:repeat_rate")
        assert made.said.about_name["en"] == "Repeat-purchase rate"
        assert GIVEN["behaviour"] in as_text(last(place, "e1"))
        (listed,) = [one for one in place.chat.cards("T-e1") if one.summary.startswith("You asked")]
        assert "✅ Answered: Person 3, Mon 12 Oct\nNo answer yet: Mia Manager\n" in as_text(listed)
        (asked,) = [one for one in place.chat.cards("T-e3") if "they had asked for" in one.summary]
        assert as_text(asked) == (
            "You gave Person 1 the feedback they had asked for: Mon 12 Oct. Thank you."
        )
        assert buttons(asked) == []
        for action in ("give", "not_now"):
            assert said(await place.press("e3", f"feedback.{action}", one.id)).startswith(
                "You have answered Person 1 already."
            )
        assert said(await place.send("e3", form, GIVEN)).startswith("You have answered Person 1")
        assert len(await given(place)) == 1
        assert [each.answered_at is None for each in (await requests(place))] == [
            each.id == other.id for each in await requests(place)
        ]


async def test_not_now_is_told_to_nobody_and_can_be_thought_better_of(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await ask(place, "e1", "T-e3")
        await place.tick()
        before = [*place.chat.log]
        (one,) = await requests(place)
        for _ in range(2):
            assert await place.press("e3", "feedback.not_now", one.id) == Done()
        await place.tick()
        assert {(to, kind) for to, kind, _ in place.chat.log[len(before) :]} == {
            ("T-e3", "feedback_asked")
        }
        assert as_text(last(place, "e3")) == (
            "Person 1 would like your feedback. It can wait, and nobody is told."
        )
        assert buttons(last(place, "e3")) == ["feedback.give"]
        assert "No answer yet: Person 3" in as_text(last(place, "e1"))
        (kept,) = await requests(place)
        assert kept.declined_at is not None
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            people = {one.employee_id: one for one in await tx.people.all()}
            mine = (await my_data.whole(people["e1"], work))["feedback_requests"]
            theirs = (await my_data.whole(people["e3"], work))["feedback_requests"]
            for_hr = await export.person("e1", work)
        assert [row["declined_at"] for row in mine] == [None]
        assert [row["declined_at"] for row in theirs] != [None]
        assert for_hr is not None
        assert for_hr["feedback_requests"] == {"asked_for": 1, "was_asked": 0}
        assert QUESTION not in str(for_hr)
        form = opened(await place.press("e3", "feedback.give", one.id))
        assert await place.fill("e3", form, GENERAL) == Done()


async def test_a_word_of_ones_own_accord_answers_what_it_is_about(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await ask(place, "e1", "T-e3")
        await ask(place, "e1", "T-e3", about="value:teamwork")
        await ask(place, "e1", "T-e3", about="value:customer_first")
        form = opened(await place.press("e3", "feedback.open", "e1"))
        assert await place.fill("e3", form, GENERAL) == Done()
        open_ = [one.about for one in await requests(place) if one.answered_at is None]
        assert open_ == ["value:customer_first"]


async def test_the_one_asked_answers_about_something_else(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await ask(place, "e1", "T-e3", about="value:customer_first")
        (one,) = await requests(place)
        form = opened(await place.press("e3", "feedback.give", one.id))
        assert await place.fill("e3", form, GENERAL) == Done()
        (one,) = await requests(place)
        assert one.answered_at is not None


async def test_the_same_again_within_two_weeks_is_refused(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        assert await ask(place, "e1", "T-e2,T-e3") == Done()
        refused = await ask(place, "e1", "T-mia,T-e3")
        assert isinstance(refused, Continues)
        assert problems(refused) == {
            "whom": "You asked Person 3 the same less than 14 days ago. Please give it some time, "
            "or ask about something else."
        }
        assert values(refused)["question"] == QUESTION
        again = opened(await place.press("e1", "feedback.ask", ""))
        assert again.fields[0].value == "T-mia,T-e3"
        assert await ask(place, "e1", "T-mia,T-e3", about="value:teamwork") == Done()
        place.clock.moment = NOON + AGAIN + timedelta(minutes=1)
        assert await ask(place, "e1", "T-e3") == Done()
        assert len(await requests(place, "e3")) == 3


def problems(answer: Answer) -> dict[str, str | None]:
    return {one.key: one.problem for one in opened(answer).problems}


@pytest.mark.parametrize(
    ("whom", "why"),
    [
        ("T-e2,T-e1", "Feedback is for others: choose a colleague."),
        ("T-e3", "Person 3 is no longer with the company."),
        (
            "T-mia,T-robot",
            "That is a bot, a guest, or somebody who is not in the roster yet. Please choose a "
            "colleague.",
        ),
    ],
)
async def test_some_can_not_be_asked_and_then_nobody_is(
    tmp_path: Path, whom: str, why: str
) -> None:
    people = team()
    gone = replace(people[-1], left_on=NOON.date() - timedelta(days=1))
    async with home(tmp_path, (*people[:-1], gone)) as place:
        refused = await ask(place, "e1", whom)
        assert isinstance(refused, Continues)
        assert problems(refused) == {"whom": why}
        assert await requests(place) == ()
        assert await place.fill("e1", refused.form, {"whom": "T-e2"}) == Done()


async def test_what_is_lacking_is_said_at_its_field(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        form = opened(await place.press("e1", "feedback.ask", ""))
        bad = {"whom": "", "about": "goal:of_another", "question": "x" * 3001}
        answer = await place.send("e1", form, bad)
        assert isinstance(answer, Refuses)
        assert problems(answer) == {
            "whom": "Please choose a colleague.",
            "about": "Please choose one.",
            "question": "Too long: at most 3000 characters, there are 3001.",
        }
        many = await place.send("e1", form, {"whom": "a,b,c,d,e,f", "about": "other"})
        assert problems(many)["whom"] == "At most 5 colleagues."
        assert await requests(place) == ()


async def test_any_text_comes_through_and_no_question_is_needed(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await ask(place, "e1", "T-e2", question=HARD)
        await ask(place, "e1", "T-e3", question="  ")
        await place.tick()
        assert f"> {HARD.strip()}" in as_text(last(place, "e2"))
        assert "想听听您的反馈" in as_text(last(place, "e2"))
        assert ">" not in as_text(last(place, "e3"))


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("feedback ask", None),
        ("feedback ask @Person 2", "T-e2"),
        ("feedback ask @T-e2 @T-mia", "T-e2,T-mia"),
        ("征求反馈 person 3", "T-e3"),
    ],
)
async def test_the_command_takes_names(tmp_path: Path, words: str, whom: str | None) -> None:
    async with home(tmp_path) as place:
        form = opened(await place.command("e1", words))
        assert (form.key, form.fields[0].value) == ("feedback_ask", whom)


async def test_nobody_answers_for_whoever_was_asked(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await ask(place, "e1", "T-e3")
        (one,) = await requests(place)
        for who in ("e1", "mia", "hr", "boss"):
            for action in ("give", "not_now"):
                answer = await place.press(who, f"feedback.{action}", one.id)
                assert said(answer) == "This is for whoever received it to do."
            forged = Submitted(
                who=Account("text", f"T-{who}"),
                form="feedback_asked",
                subject=one.id,
                step=0,
                answers=GENERAL,
                identity=f"forged:{who}",
            )
            assert said(await dispatch(forged, place.deps)) == (
                "This is for whoever received it to do."
            )
        assert await requests(place) == (one,)
        assert said(await place.press("e3", "feedback.give", "no-such")) == (
            "This is for whoever received it to do."
        )


async def test_whoever_asked_and_left_can_be_told_nothing_any_more(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await ask(place, "e1", "T-e3")
        (one,) = await requests(place)
        form = opened(await place.press("e3", "feedback.give", one.id))
        async with place.deps.database.begin() as tx:
            person = await tx.people.get("e1")
            assert person is not None
            left = replace(person, left_on=NOON.date() - timedelta(days=1))
            await tx.people.put_all([left])
        for answer in (
            await place.press("e3", "feedback.give", one.id),
            await place.send("e3", form, GENERAL),
        ):
            assert said(answer) == "Person 1 is no longer with the company."


async def test_an_empty_behaviour_is_said_at_its_field(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await ask(place, "e1", "T-mia")
        (one,) = await requests(place)
        form = opened(await place.press("mia", "feedback.give", one.id))
        answer = await place.fill("mia", form, GENERAL | {"behaviour": " "})
        assert problems(answer) == {"behaviour": "Please write what happened."}
        assert await requests(place) == (one,)


@pytest.mark.parametrize(
    ("words", "meant"), [("ask @T-e2", "feedback ask"), ("求反馈 @T-e2", "征求反馈")]
)
async def test_words_near_it_lead_there(tmp_path: Path, words: str, meant: str) -> None:
    async with home(tmp_path) as place:
        assert f"Did you mean {meant}?" in said(await place.command("e1", words))
