"""DingTalk's payloads as neutral events."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.dingtalk import parse
from handlers.events import Account, Command, Pressed

ANN = Account("dingtalk", "ann")
HOOK = "https://oapi.dingtalk.com/robot/sendBySession?session=s"


def text(words: str, **other: Any) -> dict[str, Any]:
    return {
        "msgId": "m1",
        "senderStaffId": "ann",
        "conversationType": "1",
        "sessionWebhook": HOOK,
        "msgtype": "text",
        "text": {"content": words},
    } | other


def event(data: dict[str, Any]) -> Command | Pressed:
    found = parse.message(data)
    assert found is not None
    return found.event


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("review status", "status"),
        ("/review status", "status"),
        ("Review", ""),
        ("绩效 进度", "进度"),
        ("绩效", ""),
        ("绩效面谈", "绩效面谈"),
        ("绩效 绩效面谈", "绩效面谈"),
        ("reviewer", "reviewer"),
        (" status ", "status"),
        ("反馈 @张伟", "反馈 @张伟"),
    ],
)
def test_a_text_is_a_command(words: str, command: str) -> None:
    assert event(text(words)) == Command(who=ANN, text=command, identity="message:m1")


def test_a_text_that_a_button_sent_is_a_press() -> None:
    wanted = Pressed(who=ANN, action="rate:3.5", value="r1", identity="press:m1")
    assert event(text("3.5 [rate:3.5 r1]")) == wanted


@pytest.mark.parametrize(
    ("data", "command"),
    [
        ({"msgtype": "audio", "content": {"recognition": "进度"}}, "进度"),
        ({"msgtype": "richText", "content": {"richText": [{"text": "a"}, {"text": "b"}]}}, "ab"),
        ({"msgtype": "picture", "content": {"downloadCode": "x"}}, ""),
        ({"msgtype": "picture"}, ""),
    ],
)  # fmt: skip
def test_other_messages_are_read_where_they_hold_words(data: dict[str, Any], command: str) -> None:
    assert event(text("", **data)) == Command(who=ANN, text=command, identity="message:m1")


def test_a_webhook_is_used_only_where_nobody_else_reads() -> None:
    alone, group = parse.message(text("x")), parse.message(text("x", conversationType="2"))
    assert (alone and alone.webhook, group and group.webhook) == (HOOK, None)


def test_somebody_outside_the_organisation_is_nobody() -> None:
    assert parse.message(text("x", senderStaffId=None)) is None
