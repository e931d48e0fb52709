"""`init`: every answer right and wrong, each where it is asked, in both languages."""

from __future__ import annotations

import asyncio
import stat

from interviewed import (
    APP,
    CHINESE,
    ENGLISH,
    HTTP,
    ON_SLACK,
    SECRET,
    SOCKET,
    Answer,
    Answering,
    Desk,
    happy,
)

from bot.config import from_environment
from bot.init import run
from bot.policy_file import parse
from prompts.render import Words
from review.policy import Policy


async def test_right_answers_are_written(desk: Desk) -> None:
    code, ask = await desk.init(happy(desk))
    assert code == 0
    assert desk.written() == {
        "LOCALE": "en",
        "SLACK_BOT_TOKEN": desk.token,
        "SLACK_APP_TOKEN": APP,
        "SLACK_HR_CHANNEL": desk.hr.id,
        "TIME_ZONE": "Europe/Berlin",
        "HR_ADMINS": "N1,N2",
    }
    assert stat.S_IMODE((desk.shell.folder / ".env").stat().st_mode) == 0o600
    assert desk.files() == {".env", "policy.toml"}
    assert parse((desk.shell.folder / "policy.toml").read_text(encoding="utf-8")) == Policy()
    assert ask.said == [
        Words("en").plain("init.start"),
        "✓ Workspace “Shop”, as @nosurprise.",
        "✗ There is no time zone “berlin”. Write for example Europe/Berlin.",
    ]
    settings = from_environment()
    assert settings.slack is not None
    assert (settings.slack.app_token, settings.slack.hr_channel) == (APP, desk.hr.id)
    assert not [name for name, _ in desk.server.calls if name not in LOOKS]


LOOKS = {
    *("auth.test", "bots.info", "apps.connections.open"),
    *("conversations.list", "conversations.info"),
}


async def test_no_answer_is_lost_where_one_is_wrong(desk: Desk) -> None:
    desk.workspace.add_channel("everybody")
    desk.workspace.add_channel("without", with_bot=False)
    code, ask = await desk.init(
        [
            *(ENGLISH, ON_SLACK, "", "xapp-1", "xoxb-wrong", desk.token),
            *(SOCKET, "xoxb-1", APP.replace("001", "009"), APP.replace("42-feed", "9-dead"), APP),
            *("H R", "nowhere", False, "without", False, "", True),
            *("Mars", "", "N1 N2", ""),
            False,
        ]
    )
    assert code == 0
    assert ask.said[1:] == [
        "✗ It should begin with xoxb- and hold only letters, digits and hyphens. Copy it anew.",
        "✗ It should begin with xoxb- and hold only letters, digits and hyphens. Copy it anew.",
        "✗ Slack does not take it (invalid_auth). Copy it anew from the app's page.",
        "✓ Workspace “Shop”, as @nosurprise.",
        "✗ It should begin with xapp- and hold only letters, digits and hyphens. Copy it anew.",
        "✗ App-level token: of app A00000009, but the bot token is of app A00000001. Take both "
        "from one app.",
        "✗ Slack does not take it (invalid_auth). Copy it anew from the app's page.",
        "✗ Write a channel's name or id, such as hr or C0123456789.",
        "✗ HR channel: the bot sees no channel “nowhere”. If it is private, send /invite "
        "@NoSurprise in it; else check SLACK_HR_CHANNEL (name or id).",
        "✗ HR channel: the bot is not in #without. Send /invite @NoSurprise in it.",
        "✗ HR channel: the bot is not in #without. Send /invite @NoSurprise in it.",
        "✗ There is no time zone “Mars”. Write for example Asia/Shanghai.",
        "✗ Write employee ids with commas between, such as N0001, N0002.",
    ]
    assert desk.written()["SLACK_HR_CHANNEL"] == "without"


async def test_a_channel_for_praise_is_looked_at_where_it_is_named(desk: Desk) -> None:
    desk.workspace.add_channel("without", with_bot=False)
    praise = desk.workspace.add_channel("praise")
    before, after = happy(desk)[:-4], happy(desk)[-4:]
    named = [*before, False, "#praise", *after]
    code, ask = await desk.init(named, SLACK_PRAISE_CHANNEL="without")
    assert code == 0
    assert ask.said[2] == (
        "✗ Praise channel: the bot is not in #without. Send /invite @NoSurprise in it."
    )
    assert desk.written()["SLACK_PRAISE_CHANNEL"] == praise.id
    settings = from_environment()
    assert settings.slack is not None
    assert settings.slack.praise_channel == praise.id


async def test_scopes_are_granted_while_init_waits(desk: Desk) -> None:
    desk.workspace.app.scopes.discard("files:write")

    class Reinstalling(Answering):
        def yes(self, question: str, *, default: bool) -> bool:
            desk.workspace.app.scopes.add("files:write")
            return super().yes(question, default=default)

    answers: list[Answer] = [
        ENGLISH,
        ON_SLACK,
        desk.token,
        False,
        "",
        SOCKET,
        APP,
        "hr",
        "",
        "",
        False,
    ]
    ask = Reinstalling(answers)
    code = await asyncio.to_thread(run.init, {}, offline=False, sure=False, ask=ask)
    assert code == 0
    assert ask.said[1].startswith("✗ Scopes: files:write not granted.")
    assert ask.said[2] == "✓ Workspace “Shop”, as @nosurprise."
    assert "(Enter: the one that is there)" in ask.asked[4]
    assert desk.token not in "".join(ask.asked + ask.said)


async def test_a_public_channel_is_taken_with_a_word(desk: Desk) -> None:
    desk.hr.kind = "channel"
    _, ask = await desk.init(happy(desk))
    assert [words[:40] for words in ask.said if "anybody" in words] == [
        "HR channel: the bot is in #hr, but anybo"
    ]


async def test_a_slack_out_of_reach_can_be_passed(desk: Desk) -> None:
    await desk.server.stop()
    code, ask = await desk.init(
        [
            ENGLISH,
            ON_SLACK,
            desk.token,
            False,
            "",
            True,
            SOCKET,
            APP,
            True,
            "#hr",
            True,
            "",
            "",
            False,
        ]
    )
    assert code == 0
    assert [words.split(" (")[0].split(" at ")[0] for words in ask.said[1:]] == [
        *["✗ Slack: can't be reached"] * 3,
        "✗ HR channel: “hr” could not be looked up",
    ]
    assert desk.written()["SLACK_HR_CHANNEL"] == "hr"


async def test_http_mode_asks_for_the_secret_and_the_address(desk: Desk) -> None:
    answers: list[Answer] = [
        ENGLISH,
        ON_SLACK,
        desk.token,
        HTTP,
        "no secret!",
        "abc",
        False,
        SECRET,
    ]
    code, ask = await desk.init([*answers, "3000", "127.0.0.1:3000", "hr", "", "", False])
    assert code == 0
    written = desk.written()
    assert written["SLACK_SIGNING_SECRET"] == SECRET
    assert written["SLACK_HTTP_BIND"] == "127.0.0.1:3000"
    assert "SLACK_APP_TOKEN" not in written
    assert "✗ Write an address and a port, such as 127.0.0.1:3000." in ask.said
    settings = from_environment()
    assert settings.slack is not None
    assert settings.slack.http_bind == ("127.0.0.1", 3000)


async def test_the_language_is_asked_first_and_spoken_from_then_on(desk: Desk) -> None:
    code, ask = await desk.init(
        [CHINESE, ON_SLACK, "xoxb-wrong", desk.token, SOCKET, APP, "hr", "", "工号 1", "", False]
    )
    assert code == 0
    assert ask.asked[0].startswith("语言：1 中文，2 英文 / Language: 1 Chinese, 2 English")
    assert ask.said[1:] == [
        "✗ Slack 不接受（invalid_auth）。请到应用页面重新复制。",
        "✓ 工作区“Shop”，身份 @nosurprise。",
        "✗ 请写工号，用逗号分开，例如 N0001, N0002。",
    ]
    assert desk.written()["LOCALE"] == "zh-CN"
    assert all(any(ord(letter) > 0x3000 for letter in question) for question in ask.asked[1:])
