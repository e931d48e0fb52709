"""DingTalk's payloads as neutral events."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.dingtalk import parse
from handlers.events import Account, Command, Pressed, Said

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


def event(data: dict[str, Any]) -> Command | Pressed | Said:
    found = parse.message(data)
    assert found is not None
    return found.event()


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
        ("self-review", "self-review"),
        (" status ", "status"),
        ("反馈 @张伟", "反馈 @张伟"),
    ],
)
def test_a_text_in_a_group_is_a_command(words: str, command: str) -> None:
    found = event(text(words, conversationType="2"))
    assert found == Command(who=ANN, text=command, identity="message:m1")


@pytest.mark.parametrize("words", ["review status", "/Review status", "绩效 status"])
def test_a_text_that_begins_with_our_name_is_a_command_anywhere(words: str) -> None:
    assert event(text(words)) == Command(who=ANN, text="status", identity="message:m1")


@pytest.mark.parametrize("words", ["四", "status", "reviewer", "绩效面谈"])
def test_other_words_to_the_bot_alone_may_be_an_answer(words: str) -> None:
    assert event(text(f" {words} ")) == Said(who=ANN, text=words, identity="message:m1")


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
    heard = data["msgtype"] == "audio"
    wanted = Said(who=ANN, text=command, identity="message:m1", heard=heard)
    assert event(text("", **data)) == wanted


def test_a_webhook_is_used_only_where_nobody_else_reads() -> None:
    alone, group = parse.message(text("x")), parse.message(text("x", conversationType="2"))
    assert (alone and alone.webhook, group and group.webhook) == (HOOK, None)


def test_somebody_outside_the_organisation_is_nobody() -> None:
    assert parse.message(text("x", senderStaffId=None)) is None
