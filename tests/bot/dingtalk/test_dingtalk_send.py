"""Messages out to DingTalk: what is sent, and what each answer means."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from ding_server import BATCH, DONE, GROUP, TOKEN, Answer, ding_server

from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.ports import (
    LookBackFailedError,
    NotSent,
    Outcome,
    Parcel,
    Sent,
    TooLateError,
    Unknown,
)
from prompts.card import Button, Buttons, Card, Paragraph, Span

HELLO = Card("Hello", (Paragraph((Span("你好"),)),))
NOW = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
HR = "cidHR=="
CODE = "Forbidden.AccessDenied."


def parcel(to: str = "ann", **other: Any) -> Parcel:
    return Parcel(delivery="d1", kind="hello", to=to, **other)


async def sent(
    *answers: Answer, to: str = "ann", path: str = BATCH, **other: Any
) -> tuple[Outcome, list[dict[str, Any]]]:
    """How it ends, and what came of it."""
    async with ding_server() as (server, client):
        if answers:
            server.says(path, *answers)
        messenger = DingTalkMessenger(client, [HR])
        one = parcel(to, **other)
        outcome = await messenger.send(one, await messenger.draw(HELLO, one))
        return outcome, server.calls(path)


def body(**other: Any) -> dict[str, Any]:
    given = json.dumps({"title": "Hello", "text": "你好"}, ensure_ascii=False)
    return {"robotCode": "robot1", "msgKey": "sampleMarkdown", "msgParam": given, **other}


async def test_a_message_to_a_person() -> None:
    assert await sent() == (Sent("ann", "q1"), [body(userIds=["ann"])])


async def test_a_message_to_several_people_is_one_call() -> None:
    outcome, calls = await sent(Answer({**DONE, "invalidStaffIdList": ["bo"]}), to="ann,bo")
    assert (outcome, calls) == (Sent("ann,bo", "q1"), [body(userIds=["ann", "bo"])])


async def test_a_message_to_too_many_people_is_not_sent() -> None:
    outcome, calls = await sent(to=",".join(map(str, range(21))))
    assert (outcome, calls) == (NotSent("too_many_people", final=True), [])


async def test_a_message_to_a_group() -> None:
    outcome, calls = await sent(Answer({"processQueryKey": "q2"}), to=HR, path=GROUP)
    assert (outcome, calls) == (Sent(HR, "q2"), [body(openConversationId=HR)])


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer({**DONE, "invalidStaffIdList": ["ann"]}), NotSent("invalid_staff", final=True)),
        (Answer({**DONE, "flowControlledStaffIdList": ["ann"]}), NotSent("flow_controlled")),
        (Answer({}), Unknown("no processQueryKey")),
        (
            Answer({"code": f"{CODE}QpsLimitForAppkeyAndApi"}, 403),
            NotSent(f"{CODE}QpsLimitForAppkeyAndApi", retry_after=2.0),
        ),
        (
            Answer({"code": f"{CODE}ApiCountLimitForOrg"}, 403),
            NotSent(f"{CODE}ApiCountLimitForOrg", retry_after=3600.0),
        ),
        (
            Answer({"code": f"{CODE}AccessTokenPermissionDenied"}, 403),
            NotSent(f"{CODE}AccessTokenPermissionDenied", retry_after=60.0),
        ),
        (Answer("slow down", 429), NotSent("HTTP 429", retry_after=15.0)),
        (Answer({"code": "badMsgKey"}, 400), NotSent("badMsgKey", final=True)),
        (Answer({"code": "systemError"}, 500), Unknown("systemError")),
        (Answer("<html>", 502), Unknown("HTTP 502, no answer of DingTalk's")),
        (Answer("", 200), Unknown("HTTP 200, no answer of DingTalk's")),
    ],
)  # fmt: skip
async def test_each_answer_is_told_apart(answer: Answer, outcome: Outcome) -> None:
    found, calls = await sent(answer)
    assert (found, len(calls)) == (outcome, 1)


async def test_a_group_that_is_not_known_is_shut() -> None:
    outcome, _ = await sent(Answer({"code": "invalid.openConversationId"}, 400), to=HR, path=GROUP)
    assert outcome == NotSent("invalid.openConversationId", final=True, shut="not_found")


async def test_nothing_is_sent_without_a_token() -> None:
    async with ding_server() as (server, client):
        messenger = DingTalkMessenger(client, [HR])
        payload = await messenger.draw(HELLO, parcel())
        server.says(TOKEN, Answer({"code": "invalidClientIdOrSecret"}, 400))
        refused = await messenger.send(parcel(), payload)
        assert refused == NotSent("invalidClientIdOrSecret", retry_after=60.0)
        server.says(TOKEN, Answer("<html>", 502))
        away = await messenger.send(parcel(), payload)
        assert away == NotSent("HTTP 502, no answer of DingTalk's", retry_after=15.0)
        assert server.calls(BATCH) == []


async def test_what_is_too_late_is_not_sent() -> None:
    async with ding_server() as (server, client):
        messenger = DingTalkMessenger(client, [HR])
        late = parcel(in_time=lambda: False)
        with pytest.raises(TooLateError):
            await messenger.send(late, await messenger.draw(HELLO, late))
        assert server.calls(BATCH) == []


async def test_what_stands_there_is_neither_edited_nor_sent_again() -> None:
    assert await sent(channel="ann", ts="q0") == (Sent("ann", "q0"), [])
    assert await sent(page=True) == (NotSent("no_page", final=True), [])


async def test_what_is_unknown_stays_unknown() -> None:
    async with ding_server() as (server, client):
        messenger = DingTalkMessenger(client, [HR])
        with pytest.raises(LookBackFailedError, match="no_history"):
            await messenger.look_back(parcel(), NOW)
        assert await messenger.look_back(parcel(channel="ann", ts="q0"), NOW) is None
        assert await messenger.look_back(parcel(page=True), NOW) is None
        assert server.got == []


async def test_calls_take_from_the_apps_bucket_and_the_groups() -> None:
    async with ding_server() as (_, client):
        messenger = DingTalkMessenger(client, [HR])
        app = ("dingtalk:calls", 0.05, 20)
        assert messenger.buckets(parcel()) == (app,)
        assert messenger.buckets(parcel(HR)) == (app, (f"dingtalk:group:{HR}", 6.0, 10))
        assert messenger.buckets(parcel(channel="ann", ts="q0")) == ()
        assert messenger.buckets(parcel(page=True)) == ()


async def test_the_message_is_drawn_with_its_buttons() -> None:
    async with ding_server() as (_, client):
        card = Card("Hello", (Buttons((Button("goals.open", "Open", "r1"),)),))
        drawn = json.loads(await DingTalkMessenger(client, [HR]).draw(card, parcel()))
        assert drawn["msgKey"] == "sampleActionCard"


async def test_what_says_the_same_to_many_is_no_card_where_calls_are_few() -> None:
    async with ding_server() as (server, _), session() as calls:
        client = DingTalkClient(server.settings(form_template="t.schema"), calls)
        messenger = DingTalkMessenger(client, [HR])
        one = parcel(living=True, plain=True)
        assert await messenger.send(one, await messenger.draw(HELLO, one)) == Sent("ann", "q1")
        assert server.calls(BATCH) == [body(userIds=["ann"])]
