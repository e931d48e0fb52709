"""`init` for DingTalk: id and secret together, the group found by a word in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from commands import Shell
from dotenv import dotenv_values
from interviewed import ENGLISH, ON_DINGTALK, Answer, Answering

from bot.config import from_environment
from bot.init import dingtalk, run
from sandbox.dingtalk import DingTalkServer, Organisation
from sandbox.dingtalk.model import Conversation, Template

REST: list[Answer] = ["", "", False]
"""Time zone, HR's admins, and no change to the policy."""


@dataclass
class Desk:
    """An empty folder, and an organisation with the app in it."""

    shell: Shell
    organisation: Organisation
    group: Conversation

    async def init(self, answers: list[Answer], **options: str) -> tuple[int, Answering]:
        """Answer everything; nothing may be left over."""
        ask = Answering(answers)
        code = await asyncio.to_thread(run.init, options, offline=False, sure=False, ask=ask)
        assert ask.answers == []
        return code, ask

    def written(self) -> Mapping[str, str | None]:
        """What stands in .env."""
        return dotenv_values(self.shell.folder / ".env")

    @property
    def secret(self) -> str:
        return self.organisation.app.secret


@asynccontextmanager
async def at_desk(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    for name in ("ID", "SECRET"):
        monkeypatch.delenv(f"DINGTALK_CLIENT_{name}", raising=False)
    organisation = Organisation(a_second=None)
    organisation.add_member("ana", userid="ana", email="ana@x.test")
    organisation.add_template(Template("t1"))
    group = organisation.add_group("HR", ["ana"])
    async with DingTalkServer(organisation) as server:
        shell.set(DINGTALK_API_URL=server.api_url, DINGTALK_OAPI_URL=server.oapi_url)
        yield Desk(shell, organisation, group)


async def test_id_secret_group_and_template_are_looked_at_and_written(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(shell, monkeypatch) as desk:
        key = desk.organisation.app.key
        answers: list[Answer] = [ENGLISH, ON_DINGTALK, key, desk.secret, ""]
        code, ask = await desk.init([*answers, desk.group.id, "t1", *REST])
        assert code == 0
        assert desk.written() == {
            "LOCALE": "en",
            "DINGTALK_CLIENT_ID": key,
            "DINGTALK_CLIENT_SECRET": desk.secret,
            "DINGTALK_HR_CHANNEL": desk.group.id,
            "DINGTALK_FORM_TEMPLATE": "t1",
            "TIME_ZONE": "Asia/Shanghai",
            "HR_ADMINS": "",
        }
        assert ask.said[1:] == [
            "DingTalk, contacts: the app sees 1 people.",
            "DingTalk, Stream mode: DingTalk opens a connection.",
            "DingTalk, HR group: the robot is in it.",
            "DingTalk, card template: cards can be made of it.",
        ]
        settings = from_environment()
        assert settings.dingtalk is not None
        assert settings.dingtalk.robot_code == key
        assert desk.secret not in "".join(ask.said + ask.asked)


async def test_a_wrong_secret_asks_for_the_id_as_well_and_the_rest_may_wait(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(shell, monkeypatch) as desk:
        key = desk.organisation.app.key
        tries: list[Answer] = ["dingother", "wrong", key, "a b", desk.secret]
        code, ask = await desk.init([ENGLISH, ON_DINGTALK, *tries, "robot2", "", "", *REST])
        assert code == 0
        assert ask.said[1].startswith("✗ DingTalk: does not take DINGTALK_CLIENT_ID")
        assert ask.said[2].startswith("✗ Write it as it stands on DingTalk's page")
        written = desk.written()
        assert written["DINGTALK_ROBOT_CODE"] == "robot2"
        assert "DINGTALK_HR_CHANNEL" not in written
        assert "DINGTALK_FORM_TEMPLATE" not in written


async def test_the_group_is_found_by_what_somebody_writes_there(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(shell, monkeypatch) as desk:
        key = desk.organisation.app.key
        answers: list[Answer] = [ENGLISH, ON_DINGTALK, key, desk.secret, ""]
        asking = asyncio.create_task(desk.init([*answers, "?", "", *REST]))
        await desk.organisation.until(lambda: desk.organisation.stream.connections.open, 20)
        await desk.organisation.person("ana").say("hello")
        await desk.organisation.person("ana").say("hello", group=desk.group.id)
        code, ask = await asking
        assert (code, desk.written()["DINGTALK_HR_CHANNEL"]) == (0, desk.group.id)
        assert f"✓ HR's group: “HR” ({desk.group.id})." in ask.said


async def test_nobody_who_writes_is_said_and_a_group_without_the_robot_too(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dingtalk, "WAITS", 0.05)
    async with at_desk(shell, monkeypatch) as desk:
        other = desk.organisation.add_group("Other", ["ana"], robot=False)
        answers: list[Answer] = [ENGLISH, ON_DINGTALK, desk.organisation.app.key, desk.secret, ""]
        code, ask = await desk.init([*answers, "?", other.id, True, "", *REST])
        assert code == 0
        assert any(line.startswith("✗ Nobody wrote to the robot") for line in ask.said)
        assert any("the robot is not in" in line for line in ask.said)
        assert desk.written()["DINGTALK_HR_CHANNEL"] == other.id


def test_without_a_terminal_it_names_what_it_needs(shell: Shell) -> None:
    line = shell.refused(["init", "--platform", "dingtalk"])
    assert "DINGTALK_CLIENT_ID, DINGTALK_CLIENT_SECRET" in line
    assert "SLACK" not in line
    assert "SLACK_BOT_TOKEN" in shell.refused(["init", "--platform", "both"])


def test_without_a_terminal_options_and_the_environment_are_enough(shell: Shell) -> None:
    shell.set(DINGTALK_CLIENT_SECRET="s3")
    words = ["init", "--offline", "--platform", "dingtalk", "--dingtalk-id", "ding1"]
    said = shell(*words, "--hr-group", "cid1==", "--form-template", "t.schema")
    assert (said.code, said.err) == (0, "")
    assert "nosurprise sync" in said.out
    assert dotenv_values(shell.folder / ".env") == {
        "LOCALE": "en",
        "DINGTALK_CLIENT_ID": "ding1",
        "DINGTALK_CLIENT_SECRET": "s3",
        "DINGTALK_HR_CHANNEL": "cid1==",
        "DINGTALK_FORM_TEMPLATE": "t.schema",
        "TIME_ZONE": "Asia/Shanghai",
        "HR_ADMINS": "",
    }
