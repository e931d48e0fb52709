"""Cards: forms are filled and sent on them, and a press is answered where it was made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from ding_chat import OURS, listening, settings_of

from bot.platforms.dingtalk import card_draw, card_listen, card_press
from bot.platforms.dingtalk.card_press import CardPress
from bot.platforms.dingtalk.cards import Cards
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.answers import Answer, Asks, Done, Says
from handlers.events import Account, Event, Filled, Pressed
from handlers.ports import Outcome, Parcel, Sent
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Card,
    Confirm,
    Field,
    Form,
    FormPart,
    Option,
    Paragraph,
    Span,
)
from sandbox.dingtalk import DingTalkServer, Organisation, Person

ANN = Account("dingtalk", "ann")
CREATE, UPDATE = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances"
BATCH = "/v1.0/robot/oToMessages/batchSend"
RATING = Field(
    key="score:g 1",
    ask=Ask.SCORE,
    label="Rating",
    options=(Option("3", "3 Good"), Option("4", "4 Very good")),
)
WHY = Field(key="why", ask=Ask.TEXT, label="Why?", required=False)
LATER, SEND = Button("asking.later", "Later", "s1:2"), Button("asking.send", "Send", "s1:3")


def said(words: str, *buttons: Button) -> Card:
    return Card(words, (Paragraph((Span(words),)), Buttons(buttons)))


def asks(turn: int, *fields: Field, card: Card | None = None, surface: str = "s1") -> Asks:
    parts: tuple[FormPart, ...] = (Paragraph((Span("About Q3."),)), *fields)
    form = Form(key="f", subject="s", title="Your review", parts=parts, submit="Send")
    return Asks(surface, turn, form, fields, card or said("Question 1", LATER))


def an_organisation(patience: float = 5.0) -> tuple[Organisation, Person]:
    organisation = Organisation(redeliver_seconds=patience)
    organisation.add_template(OURS)
    organisation.add_member("bo", userid="bo")
    return organisation, organisation.person(organisation.add_member("ann", userid="ann").userid)


def called(server: DingTalkServer) -> list[str]:
    return [path for path, _ in server.calls if "Token" not in path and "gateway" not in path]


def answering(*said: Answer) -> Callable[[Event], Answer]:
    """The answers in turn, and then the last one for ever."""
    left = list(said)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


async def test_a_form_is_filled_on_a_card_part_by_part_and_sent() -> None:
    organisation, ann = an_organisation()
    summary = asks(3, card=said("Rating: 4. All in?", SEND))
    turns = answering(asks(1, RATING, WHY), asks(2, WHY), summary, Says(said("It was sent.")))
    async with listening(organisation, turns) as (told, _, server):
        await ann.say("self")
        assert ann.card()["title"] == "Your review"
        assert "About Q3." in ann.card()["text1"]
        assert [one["type"] for one in ann.form()] == ["TEXT", "CHECKBOX_GROUP", "TEXT_AREA"]
        await ann.fill({"Rating": "4"})
        first = told.events[1]
        assert isinstance(first, Filled)
        assert (first.who, first.surface) == (ANN, "s1")
        assert first.answers == {"score:g 1": "4", "why": ""}
        assert [one["name"] for one in ann.form()] == ["asked", "why"]
        await ann.fill({"Why?": "It went well"})
        second = told.events[2]
        assert isinstance(second, Filled)
        assert second.answers == {"why": "It went well"}
        assert ann.card()["form_status"] == "disabled"
        assert "All in?" in ann.card()["title"]
        await ann.press("Send")
        sent = told.events[3]
        assert isinstance(sent, Pressed)
        assert (sent.action, sent.value) == ("asking.send", "s1:3")
        assert ann.card()["title"] == "It was sent."
        assert ann.card()["btns"] == "[]"
        assert called(server) == [CREATE]
        assert len(ann.talk()) == 2
    assert (ann.troubles, organisation.updates_while_answering) == ([], [])


async def test_what_is_wrong_is_said_at_its_question_with_what_was_typed() -> None:
    organisation, ann = an_organisation()
    wrong = Field(key="n", ask=Ask.NUMBER, label="How many?", value="lots", problem="No number.")
    fine = Field(key="n", ask=Ask.NUMBER, label="How many?")
    async with listening(organisation, answering(asks(1, fine), asks(2, wrong))) as (_, _, _server):
        await ann.say("self")
        await ann.fill({"How many?": 8})
        assert "No number." in ann.card()["text1"]
        (asked, again) = ann.form()
        assert asked["defaultValue"] == "s1:2"
        assert (again["type"], again["defaultValue"]) == ("TEXT", "lots")
        assert again["label"].startswith("⚠")


async def test_a_button_beside_the_questions_goes_the_same_way() -> None:
    organisation, ann = an_organisation()
    answer = Button("asking.answer", "3", "s1:1:3")
    card = said("Question 1", answer, LATER)
    away = Says(said("Put aside.", Button("asking.go_on", "Go on", "s1")))
    async with listening(organisation, answering(asks(1, WHY, card=card), away)) as (told, _, _s):
        await ann.say("self")
        assert [one["text"] for one in json.loads(ann.card()["btns"])] == ["Later"]
        await ann.press("Later")
        assert isinstance(told.events[1], Pressed)
        assert ann.card()["form_status"] == "disabled"
        await ann.press("Go on")
        assert len(told.events) == 3


async def test_the_same_form_asked_anew_is_a_new_card() -> None:
    organisation, ann = an_organisation()
    async with listening(organisation, answering(asks(1, WHY), asks(4, WHY))) as (_, _, server):
        await ann.say("self")
        await ann.say("self")
        tracks = [body["outTrackId"] for path, body in server.calls if path == CREATE]
        assert [one.rsplit("-", 1)[0] for one in tracks] == ["form-s1-1", "form-s1-4"]


async def a_message(server: DingTalkServer, *buttons: Button, group: str = "") -> None:
    """A card with these buttons, as the outbox puts it there."""
    async with session() as calls:
        made = Cards(DingTalkClient(settings_of(server), calls), {group})
        await made.make("card-d1", group or "ann", card_draw.message(said("Board", *buttons)))


OPEN = Button("board.show", "Show", "c1")


async def test_a_press_is_answered_below_the_card_to_whoever_pressed_alone() -> None:
    organisation, ann = an_organisation()
    group = organisation.add_group("HR", ["ann", "bo"])
    more = said("Three are late.", Button("late.names", "Who?", "c1"))
    async with listening(organisation, answering(Says(more), Done())) as (told, _, server):
        await a_message(server, OPEN, group=group.id)
        await ann.press("Show")
        assert ann.card()["note1"] == "Three are late."
        assert organisation.person("bo").card()["note1"] == ""
        await ann.press("Who?")
        assert [(one.action, one.value) for one in told.events if isinstance(one, Pressed)] == [
            ("board.show", "c1"),
            ("late.names", "c1"),
        ]
        assert (ann.card()["note1"], ann.card()["note_btns"]) == ("", "[]")
        assert called(server) == [CREATE]


async def test_an_answer_that_has_no_room_below_the_card_is_a_message() -> None:
    organisation, ann = an_organisation()
    async with listening(organisation, answering(Says(said("Long. " * 1000)))) as (_, _, server):
        await a_message(server, OPEN)
        await ann.press("Show")
        await organisation.until(lambda: len(ann.talk()) == 2)
        assert "Long. Long." in ann.last().words
        assert called(server) == [CREATE, BATCH]


async def test_a_press_that_is_asked_about_counts_after_yes_and_not_after_no() -> None:
    organisation, ann = an_organisation()
    erase = Button("erase", "Erase", "r1", confirm=Confirm("Sure?", "It is final.", "Yes", "No"))
    async with listening(organisation) as (told, _, server):
        await a_message(server, erase)
        assert "It is final." in ann.card()["text1"]
        await ann.press("Erase")
        assert "Do you really want “Erase”?" in ann.card()["note1"]
        await ann.press("No")
        assert (ann.card()["note1"], told.events) == ("", [])
        await ann.press("Erase")
        await ann.press("Yes")
        (pressed,) = told.events
        assert isinstance(pressed, Pressed)
        assert (pressed.action, pressed.value) == ("erase", "r1")
        assert ann.card()["note1"] == ""
        assert called(server) == [CREATE]


async def test_a_form_that_a_press_opens_is_a_card_of_its_own() -> None:
    organisation, ann = an_organisation()
    async with listening(organisation, answering(asks(1, WHY))) as (_, _, server):
        await a_message(server, OPEN)
        await ann.press("Show")
        await organisation.until(lambda: len(ann.talk()) == 2)
        assert [one["name"] for one in ann.form()] == ["asked", "why"]
        assert called(server) == [CREATE, CREATE]


async def test_two_presses_both_count_and_a_repeated_frame_does_not() -> None:
    organisation, ann = an_organisation()
    async with listening(organisation) as (told, _, server):
        await a_message(server, OPEN)
        await ann.press("Show")
        await ann.press("Show")
        assert len({one.identity for one in told.events}) == 2
        organisation.faults.stream.repeat()
        await ann.press("Show")
        assert len(told.events) == 3


async def test_a_repeat_under_another_frame_is_known_until_the_press_is_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(card_listen, "ANSWER_WITHIN", 0.1)
    organisation, ann = an_organisation()
    async with listening(organisation) as (told, _, server):
        await a_message(server, OPEN)
        told.gate.clear()
        organisation.faults.stream.repeat(new_id=True)
        pressing = asyncio.create_task(ann.press("Show"))
        await organisation.until(lambda: told.events)
        await asyncio.sleep(0.15)
        told.gate.set()
        await pressing
        assert len(told.events) == 1


async def test_a_form_that_is_sent_twice_is_one_answer() -> None:
    organisation, ann = an_organisation()
    async with listening(organisation, answering(asks(1, WHY))) as (told, _, _server):
        await ann.say("self")
        organisation.faults.stream.repeat(new_id=True)
        await ann.fill({"Why?": "x"})
        assert len({one.identity for one in told.events[1:]}) == 1


async def test_an_answer_that_comes_too_late_is_put_on_the_card_by_a_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(card_listen, "ANSWER_WITHIN", 0.1)
    monkeypatch.setattr(card_listen, "OVER", 2.2)
    organisation, ann = an_organisation()
    async with listening(organisation, answering(Says(said("Done.")))) as (told, _, server):
        await a_message(server, OPEN)
        told.gate.clear()
        pressing = asyncio.create_task(ann.press("Show"))
        await organisation.until(lambda: told.events)
        await asyncio.sleep(0.2)
        told.gate.set()
        await pressing
        await organisation.until(lambda: ann.card()["note1"])
        assert ann.card()["note1"] == "Done."
        assert called(server) == [CREATE, UPDATE]
    assert organisation.updates_while_answering == []


async def test_without_a_card_the_question_is_asked_in_the_chat(
    caplog: pytest.LogCaptureFixture,
) -> None:
    organisation, ann = an_organisation()
    organisation.faults.error(CREATE, "param.cardTemplateNotExist", times=1)
    async with listening(organisation, answering(asks(1, WHY))) as (_, _, server):
        await ann.say("self")
        await ann.say("self")
        assert "Question 1" in ann.last().words
        assert called(server).count(CREATE) == 1
    told = [one for one in caplog.records if "DINGTALK_FORM_TEMPLATE" in one.getMessage()]
    assert len(told) == 1


async def test_what_is_said_besides_stands_on_the_card_or_before_it() -> None:
    organisation, ann = an_organisation()
    short = replace(asks(1, WHY), says=said("First this one."))
    long = replace(asks(2, WHY), says=said("Much to read. " * 600))
    async with listening(organisation, answering(short, long)) as (_, _, _server):
        await ann.say("self")
        assert ann.card()["text1"].startswith("First this one.")
        await ann.fill({"Why?": "x"})
        await organisation.until(lambda: "Much to read." in ann.last().words)
        assert "Much to read." not in "".join(ann.card().values())


async def test_a_fault_leaves_the_form_as_it_is() -> None:
    organisation, ann = an_organisation()
    left: list[Answer] = [asks(1, WHY)]

    def fails(_: Event) -> Answer:
        return left.pop()

    async with listening(organisation, fails) as (_, _, _server):
        await ann.say("self")
        await ann.fill({"Why?": "x"})
        assert "something went wrong" in ann.card()["note1"]
        assert [one["name"] for one in ann.form()] == ["asked", "why"]


def press(params: dict[str, Any], actions: list[str], **other: Any) -> dict[str, Any]:
    content = json.dumps({"cardPrivateData": {"actionIds": actions, "params": params}})
    return {"userId": "ann", "outTrackId": "t1", "content": content} | other


def test_a_press_on_a_card_is_read() -> None:
    wanted = CardPress(who=ANN, track="t1", action="goals.open", value="r1")
    assert card_press.read(press({"action": "goals.open", "value": "r1"}, ["b1"])) == wanted
    assert card_press.read(press({"value": "r1"}, ["goals.open"])) == wanted
    event = Pressed(who=ANN, action="goals.open", value="r1", identity="press:f1")
    assert wanted.event("f1") == event


def test_a_choice_is_read_however_the_client_sends_it() -> None:
    fields = [{"name": "asked"}, {"name": "a"}, {"name": "kept__b"}, {"name": "c"}]
    form = {"asked": "s:1:7", "a": {"index": 1, "value": "4"}, "c": 3.0}
    read = card_press.read(press({"form": form, "current_form": {"fields": fields}}, ["x"]))
    assert read is not None
    assert read.sent is not None
    assert (read.sent.surface, read.sent.turn) == ("s:1", "7")
    assert read.sent.answers == {"a": "4", "c": "3"}
    bare = card_press.read(press({"form": form | {"kept__b": ["x", "y"]}}, []))
    assert bare is not None
    assert bare.sent is not None
    assert bare.sent.answers == {"a": "4", "c": "3", "b": "x,y"}


@pytest.mark.parametrize(
    "data",
    [
        press({"form": {"why": "x"}}, ["submit"]),
        press({}, []),
        press({}, ["a"], userId=""),
        {"userId": "ann"},
        {"userId": "ann", "content": "no JSON"},
        {"userId": "ann", "content": {"cardPrivateData": {"actionIds": "a"}}},
    ],
)
def test_what_says_nothing_is_left_alone(data: dict[str, Any]) -> None:
    assert card_press.read(data) is None


async def test_what_a_press_changes_on_its_card_goes_with_the_answer() -> None:
    organisation, ann = an_organisation()
    sent: list[Outcome] = []

    async with listening(organisation) as (told, watch, server), session() as calls:
        messenger = DingTalkMessenger(DingTalkClient(settings_of(server), calls), ())
        messenger.answering = watch._listener._answering
        parcel = Parcel(delivery="d1", kind="board", to="ann", ts="card-d1", living=True)

        async def edit(card: Card) -> None:
            sent.append(await messenger.send(parcel, await messenger.draw(card, parcel)))

        def changes(_: Event) -> Answer:
            assert messenger.buckets(parcel) == ()
            asyncio.get_running_loop().create_task(edit(said("Two of three", OPEN)))
            return Says(said("Thank you."))

        told.answer = changes
        await a_message(server, OPEN)
        await ann.press("Show")
        assert (ann.card()["title"], ann.card()["note1"]) == ("Two of three", "Thank you.")
        assert called(server) == [CREATE]
        await edit(said("Three of three", OPEN))
        assert ann.card()["title"] == "Three of three"
        assert sent == [Sent("ann", "card-d1")] * 2
        assert called(server) == [CREATE, UPDATE]


async def test_what_a_press_in_the_chat_changes_is_shown_and_else_that_it_is_done() -> None:
    organisation = Organisation()
    ann = organisation.person(organisation.add_member("ann", userid="ann").userid)
    async with listening(organisation) as (told, watch, server), session() as calls:
        messenger = DingTalkMessenger(DingTalkClient(settings_of(server), calls), ())
        messenger.answering = watch._listener._answering
        parcel = Parcel(delivery="d1", kind="day", to="ann", living=True)
        first = await messenger.send(parcel, await messenger.draw(said("1 open", OPEN), parcel))
        assert isinstance(first, Sent)
        stands = replace(parcel, ts=first.ts)

        async def edit() -> None:
            await messenger.send(stands, await messenger.draw(said("0 open"), stands))

        def changes(_: Event) -> Answer:
            asyncio.get_running_loop().create_task(edit())
            return Done()

        told.answer = changes
        await ann.tap("Show")
        assert "0 open" in ann.last().words
        told.answer = lambda _: Done()
        await ann.tap("Show")
        assert "Done." in ann.last().words
        assert called(server).count(BATCH) == 1


@pytest.mark.parametrize(("spare", "cards"), [(True, 1), (False, 0)])
async def test_while_calls_are_short_a_form_is_in_the_chat(*, spare: bool, cards: int) -> None:
    organisation, ann = an_organisation()
    turn = replace(asks(1, WHY), spare=spare)
    async with listening(organisation, answering(turn)) as (told, _, server):
        await ann.say("self")
        assert called(server).count(CREATE) == cards
        assert told.posed == [(1, False)] * cards, "in the chat it is asked from the beginning"
        assert ("Question 1" in ann.last().words) is not spare


async def test_while_calls_are_short_a_press_on_a_card_still_opens_a_form_as_a_card() -> None:
    organisation, ann = an_organisation()
    turns = answering(asks(1, WHY, surface="s0"), replace(asks(1, WHY), spare=False))
    opens = said("List", Button("rate:3", "Rate", "r1"))
    async with listening(organisation, turns) as (told, _, server), session() as calls:
        messenger = DingTalkMessenger(DingTalkClient(settings_of(server), calls), [])
        parcel = Parcel(delivery="d1", kind="team_list", to="ann", living=True)
        await messenger.send(parcel, await messenger.draw(opens, parcel))
        await ann.say("self")
        await ann.press("Rate")
        assert called(server) == [CREATE] * 3, "in the chat it would be a call as well"
        assert told.posed == [(1, False), (1, False)]


async def test_a_form_on_a_card_goes_on_there_while_calls_are_short() -> None:
    organisation, ann = an_organisation()
    going_on = replace(asks(2, RATING), spare=False, typed=False)
    async with listening(organisation, answering(asks(1, WHY), going_on)) as (told, _, server):
        await ann.say("self")
        await ann.fill({"Why?": "x"})
        assert ann.form()[0]["name"] == "asked"
        assert ann.card()["form_status"] == "normal"
        assert (called(server), told.posed) == ([CREATE], [(1, False)])


async def test_what_a_card_has_no_room_for_is_answered_in_the_chat() -> None:
    organisation, ann = an_organisation()
    summary = replace(asks(2, card=said("All in?", SEND)), typed=False)
    async with listening(organisation, answering(asks(1, WHY), summary)) as (told, _, _server):
        await ann.say("self")
        await ann.fill({"Why?": "x"})
        assert told.posed == [(1, False), (2, True)]
