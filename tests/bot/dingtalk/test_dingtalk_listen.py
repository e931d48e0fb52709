"""The stream in: acknowledged once it is done, answered once, and made anew when it breaks."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from ding_chat import Told, listening, settings_of, watch_of

from bot.platforms.dingtalk import listen
from bot.platforms.dingtalk import watch as watching
from bot.platforms.dingtalk.faults import (
    DingTalkLostError,
    DingTalkRefusedError,
    DingTalkUnreachableError,
)
from handlers.answers import Answer, Asks, Says
from handlers.events import Account, Command, Event, Pressed
from prompts.card import Button, Buttons, Card, Confirm, Form, Paragraph, Span
from sandbox.dingtalk import DingTalkServer, Organisation, Person

HELLO = Card("Hello", (Paragraph((Span("Hello"),)),))
BATCH, SESSION = "/v1.0/robot/oToMessages/batchSend", "/oapi/robot/sendBySession"


def says(*parts: object) -> Answer:
    return Says(Card("Hello", (Paragraph((Span("Hello"),)), *parts)))  # type: ignore[arg-type]


def an_organisation(patience: float = 5.0) -> tuple[Organisation, Person]:
    organisation = Organisation(redeliver_seconds=patience)
    return organisation, organisation.person(organisation.add_member("ana", userid="ana").userid)


def heard(ana: Person) -> list[str]:
    return [one.words for one in ana.talk() if one.sender != "ana"]


def called(server: DingTalkServer) -> list[str]:
    return [path for path, _ in server.calls if "robot" in path]


async def test_a_text_is_dispatched_and_answered_to_its_sender() -> None:
    organisation, ana = an_organisation()
    async with listening(organisation, lambda _: Says(HELLO)) as (told, _, server):
        await ana.say("review status")
        assert len(told.events) == 1
        (event,) = told.events
        assert isinstance(event, Command)
        assert (event.who, event.text) == (Account("dingtalk", "ana"), "status")
        assert len(heard(ana)) == 1
        assert "Hello" in heard(ana)[0]
        assert BATCH not in called(server)  # the conversation's own webhook costs no call


async def test_what_is_said_in_a_group_is_answered_to_its_sender_alone() -> None:
    organisation, ana = an_organisation()
    organisation.add_member("bo", userid="bo")
    group = organisation.add_group("All", ["ana", "bo"])
    async with listening(organisation, lambda _: Says(HELLO)) as (_, _, server):
        await ana.say("review status", group=group.id)
        assert len(group.messages) == 1
        assert len(heard(ana)) == 1
        assert called(server) == [BATCH]


async def test_where_the_webhook_takes_nothing_the_answer_is_a_message() -> None:
    organisation, ana = an_organisation()
    organisation.faults.errcode("/robot/sendBySession", 300001)
    async with listening(organisation, lambda _: Says(HELLO)) as (_, _, _server):
        await ana.say("review status")
        assert len(heard(ana)) == 1


async def test_a_tap_is_a_press() -> None:
    organisation, ana = an_organisation()
    button = Buttons((Button("goals.open", "Open", "r 1"),))
    async with listening(organisation, lambda _: says(button)) as (told, _, _server):
        await ana.say("goals")
        await ana.tap("Open")
        pressed = told.events[1]
        assert isinstance(pressed, Pressed)
        assert (pressed.action, pressed.value) == ("goals.open", "r 1")


async def test_a_press_that_asks_first_counts_when_it_is_confirmed() -> None:
    organisation, ana = an_organisation()
    button = Button("erase", "Erase", "r1", confirm=Confirm("Sure?", "Final.", "Yes", "No"))
    async with listening(organisation, lambda _: says(Buttons((button,)))) as (told, _, _server):
        await ana.say("goals")
        await ana.tap("Erase")
        assert len(told.events) == 1
        assert "Do you really want “Erase”?" in heard(ana)[-1]
        await ana.tap("Yes")
        pressed = told.events[1]
        assert isinstance(pressed, Pressed)
        assert (pressed.action, pressed.value) == ("erase", "r1")


async def test_a_question_is_a_message() -> None:
    organisation, ana = an_organisation()
    form = Form(key="f", subject="s", title="The form", parts=(), submit="Send")
    asks = Asks(surface="s", turn=1, form=form, next=(), card=HELLO)
    async with listening(organisation, lambda _: asks) as (_, _, _server):
        await ana.say("self")
        assert "Hello" in heard(ana)[0]


@pytest.mark.parametrize("new_id", [False, True])
async def test_a_repeated_frame_is_answered_once(*, new_id: bool) -> None:
    organisation, ana = an_organisation()
    organisation.faults.stream.repeat(new_id=new_id)
    async with listening(organisation, lambda _: Says(HELLO)) as (told, _, _server):
        await ana.say("status")
        await ana.say("goals")
        assert len(told.events) == 2
        assert len(heard(ana)) == 2


async def test_what_is_not_committed_is_not_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listen, "ANSWER_WITHIN", 0.1)
    organisation, ana = an_organisation(patience=0.4)
    async with listening(organisation, lambda _: Says(HELLO)) as (told, _, _server):
        told.gate.clear()
        begun = asyncio.get_running_loop().time()
        await ana.say("status")
        assert asyncio.get_running_loop().time() - begun >= 0.4
        told.gate.set()
        await asyncio.sleep(1)
        assert organisation.stream.given_up == []
        assert (len(told.events), len(heard(ana))) == (1, 1)


async def test_what_is_committed_is_acknowledged_though_its_answer_is_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listen, "ANSWER_WITHIN", 0.1)
    organisation, ana = an_organisation(patience=0.4)
    organisation.faults.slow("/robot/sendBySession", seconds=0.6)
    async with listening(organisation, lambda _: Says(HELLO)) as (told, _, _server):
        begun = asyncio.get_running_loop().time()
        await ana.say("status")
        assert asyncio.get_running_loop().time() - begun < 0.4
        await asyncio.sleep(0.8)
        assert (len(told.events), len(heard(ana))) == (1, 1)


async def test_a_fault_is_said_with_a_number_and_no_word_of_it_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(_: Event) -> Answer:
        raise RuntimeError

    organisation, ana = an_organisation()
    async with listening(organisation, fails) as (_, _, _server):
        await ana.say("feedback my secret words")
        assert "something went wrong" in heard(ana)[0]
    (record,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert record.getMessage().startswith("fault ")
    assert "secret words" not in caplog.text


@pytest.mark.parametrize("how", ["cut", "disconnect"])
async def test_a_closed_connection_is_made_anew(how: str) -> None:
    organisation, ana = an_organisation()
    async with listening(organisation, lambda _: Says(HELLO)) as (told, watch, _server):
        stream = organisation.stream
        await (stream.connections.cut() if how == "cut" else stream.disconnect())
        await ana.say("status")
        assert len(told.events) == 1
        await watch.look()
        assert await watch.not_ready() is None


async def test_a_silent_connection_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation, ana = an_organisation()
    async with listening(organisation, lambda _: Says(HELLO)) as (told, watch, _server):
        first = watch._stream.websocket if watch._stream else None
        await watch.look()
        assert watch._stream is not None
        assert watch._stream.websocket is first
        monkeypatch.setattr(watching, "SILENT", -1.0)
        organisation.stream.stall()
        await watch.look()
        await ana.say("status")
        assert len(told.events) == 1
        assert watch._stream.websocket is not first


async def test_wrong_credentials_are_told_at_once() -> None:
    organisation, _ = an_organisation()
    async with DingTalkServer(organisation) as server:
        watch = watch_of(replace(settings_of(server), client_secret="no"), Told())
        with pytest.raises(DingTalkRefusedError) as refused:
            await watch.connect()
        await watch.stop()
    assert refused.value.facts == {"reason": "invalidClientIdOrSecret"}


async def test_an_address_that_does_not_answer_is_waited_for(unused_tcp_port: int) -> None:
    organisation, _ = an_organisation()
    async with DingTalkServer(organisation) as server:
        url = f"http://127.0.0.1:{unused_tcp_port}/"
        watch = watch_of(replace(settings_of(server), api_url=url), Told())
        with pytest.raises(DingTalkUnreachableError):
            await watch.start()
        waiting = asyncio.create_task(watch.connect())
        await asyncio.sleep(0.2)
        assert [one.key for one in watch.troubles] == ["dingtalk.unreachable"]
        waiting.cancel()
        assert isinstance(await watch.not_ready(), DingTalkLostError)
        await watch.stop()


async def test_nothing_is_left_behind_at_the_end() -> None:
    organisation, ana = an_organisation()
    before = asyncio.all_tasks()
    async with listening(organisation, lambda _: Says(HELLO)) as (_, _, _server):
        await ana.say("status")
    await asyncio.sleep(0.05)
    assert [task for task in asyncio.all_tasks() - before if not task.done()] == []
