"""What doctor says of DingTalk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ding_chat import settings_of
from ding_server import TOKEN, Answer, DingServer, ding_server

from bot.app import SystemClock, build
from bot.config import DingTalkSettings, Settings
from bot.doctor import dingtalk as doctor
from bot.doctor import examine
from bot.doctor.line import Line, Mark
from prompts.render import LOCALES, Words
from review.policy import Policy
from sandbox.dingtalk import DingTalkServer, Organisation
from sandbox.dingtalk.model import Template


async def look(settings: DingTalkSettings) -> list[Line]:
    return await doctor.look(settings, SystemClock())


@dataclass
class Clinic:
    """A bot that nothing ails, and its organisation."""

    settings: DingTalkSettings
    organisation: Organisation

    async def lines(self, **changed: Any) -> dict[str, Line]:
        found = await look(replace(self.settings, **changed))
        for line in found:
            assert all(line.text(Words(one)) for one in LOCALES)
        return {line.key: line for line in found}

    async def ails(self, **changed: Any) -> set[str]:
        """Keys of the lines that are not ok, with their marks."""
        found = await self.lines(**changed)
        return {f"{line.mark}{key}" for key, line in found.items() if line.mark not in "✓·"}


@asynccontextmanager
async def healthy() -> AsyncIterator[Clinic]:
    organisation = Organisation(a_second=None)
    organisation.add_member("ana", userid="ana", email="ana@x.test")
    group = organisation.add_group("HR", ["ana"])
    organisation.add_template(Template("t1"))
    async with DingTalkServer(organisation) as server:
        settings = replace(
            settings_of(server), hr_channel=group.id, praise_channel=group.id, form_template="t1"
        )
        yield Clinic(settings, organisation)


async def test_where_nothing_ails_every_line_is_ok() -> None:
    async with healthy() as clinic:
        lines = await clinic.lines()
        assert [line.key for line in lines.values() if line.mark is Mark.OK] == [
            "dingtalk",
            "dingtalk_connects",
            "dingtalk_people",
            "dingtalk_group",
            "dingtalk_praise",
            "dingtalk_template",
            "dingtalk_clock",
            "dingtalk_entries",
        ]
        assert [line.key for line in lines.values() if line.mark is Mark.SAID] == [
            "dingtalk_rights"
        ]


async def test_what_is_not_set_is_said_and_only_hrs_group_is_missed() -> None:
    async with healthy() as clinic:
        found = await clinic.lines(hr_channel=None, praise_channel=None, form_template=None)
        assert found["dingtalk_group_none"].mark is Mark.NOTE
        assert found["dingtalk_praise_none"].mark is Mark.SAID
        assert found["dingtalk_no_template"].mark is Mark.SAID


async def test_a_group_without_the_robot_or_that_is_none_is_named() -> None:
    async with healthy() as clinic:
        other = clinic.organisation.add_group("Other", ["ana"], robot=False)
        assert await clinic.ails(hr_channel=other.id) == {"✗dingtalk_group_without"}
        assert await clinic.ails(praise_channel="cid?") == {"✗dingtalk_praise_wrong"}


async def test_without_the_right_to_look_a_group_is_not_judged() -> None:
    async with healthy() as clinic:
        denied = "Forbidden.AccessDenied.AccessTokenPermissionDenied"
        clinic.organisation.faults.error("/v1.0/robot/groups/*", denied, times=2, status=403)
        found = await clinic.lines()
        assert found["dingtalk_group_unseen"].mark is Mark.SAID
        assert found["dingtalk_praise_unseen"].mark is Mark.SAID


async def test_a_template_that_is_none_is_named() -> None:
    async with healthy() as clinic:
        assert await clinic.ails(form_template="t9") == {"✗dingtalk_template_wrong"}


async def test_contacts_that_cant_be_read_or_hold_nobody_are_named() -> None:
    async with healthy() as clinic:
        clinic.organisation.faults.errcode("/topapi/v2/department/listsub", 60011)
        assert await clinic.ails() == {"✗dingtalk_contacts"}
        clinic.organisation.members["ana"].email = ""
        assert await clinic.ails() == {"!dingtalk_no_mail"}
        clinic.organisation.members["ana"].hidden = True
        assert await clinic.ails() == {"✗dingtalk_nobody"}


async def test_rights_for_calendars_and_lists_are_named_where_they_are_wanted() -> None:
    async with healthy() as clinic:
        denied = "Forbidden.AccessDenied.AccessTokenPermissionDenied"
        clinic.organisation.faults.error("/v1.0/todo/*", denied, status=403)
        found = await clinic.lines()
        line = found["dingtalk_entries_lacking"]
        assert (line.mark, line.facts["rights"]) == (Mark.NOTE, ("Todo.Todo.Write",))
        none = await clinic.lines(entries=())
        assert [key for key in none if "entries" in key] == []
        assert clinic.organisation.entries == []


async def test_contacts_that_take_long_hide_no_other_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "READS", 0)
    async with healthy() as clinic:
        found = await clinic.lines()
        assert found["dingtalk_contacts_long"].mark is Mark.NOTE
        assert found["dingtalk_group"].mark is Mark.OK


async def test_the_groups_webhook_robot_is_tried_and_shows_nothing() -> None:
    async with healthy() as clinic:
        organisation = clinic.organisation
        group = organisation.conversations[clinic.settings.hr_channel or ""]
        organisation.webhook.group = group
        url = f"{clinic.settings.oapi_url}robot/send?access_token={organisation.app.webhook_token}"
        secret = organisation.app.webhook_secret
        found = await clinic.lines(hr_webhook=url, hr_webhook_secret=secret)
        assert found["dingtalk_webhook"].mark is Mark.OK
        assert found["dingtalk_group"].mark is Mark.OK
        alone = await clinic.lines(hr_webhook=url, hr_webhook_secret=secret, hr_channel=None)
        assert "dingtalk_webhook" in alone
        assert "dingtalk_group_none" not in alone
        wrong = {"hr_webhook": url, "hr_webhook_secret": "SEC-other"}
        assert await clinic.ails(**wrong) == {"✗dingtalk_webhook_wrong"}
        assert group.messages == []


async def test_a_stream_that_is_refused_is_named() -> None:
    async with healthy() as clinic:
        clinic.organisation.faults.error("/v1.0/gateway/*", "authFailed", status=401)
        assert await clinic.ails() == {"✗dingtalk_stream"}


@pytest.mark.parametrize(("off", "key"), [(30, "ahead"), (-30, "behind")])
def test_a_clock_that_is_off_is_named(off: int, key: str) -> None:
    theirs = datetime.now(UTC) - timedelta(minutes=off)
    line = doctor.skew(theirs, SystemClock())
    assert (line.mark, line.key) == (Mark.WRONG, f"dingtalk_clock_{key}")
    assert line.facts["minutes"] == 30


async def test_the_months_calls_and_lost_accounts_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with healthy() as clinic:
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{tmp_path}/n.db",
            policy=Policy(),
            dingtalk=clinic.settings,
        )
        month = datetime.now(ZoneInfo("Asia/Shanghai")).date().replace(day=1)
        async with build(settings) as deps, deps.database.begin() as tx:
            await tx.calls.add("dingtalk", month, {"send": 4_100})
        found = {line.key: line for line in await examine.examine(settings)}
        assert found["dingtalk_calls"].mark is Mark.NOTE
        assert found["dingtalk_calls"].facts == {"used": 4_100, "limit": 5_000}


async def test_credentials_that_are_refused_are_named() -> None:
    async with ding_server() as (server, client):
        server.says(TOKEN, Answer({"code": "invalidClientIdOrSecret"}, 400))
        (line,) = await look(client.settings)
        assert (line.mark, line.key) == (Mark.WRONG, "dingtalk_refused")
        assert all("invalidClientIdOrSecret" in line.text(Words(one)) for one in LOCALES)


async def test_an_address_that_does_not_answer_is_named(unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/"
    (line,) = await look(replace(DingServer().settings(), api_url=url))
    assert (line.mark, line.key) == (Mark.WRONG, "dingtalk_away")
    assert all(url in line.text(Words(one)) for one in LOCALES)


async def test_dingtalk_alone_is_a_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with ding_server() as (_, client):
        url = f"sqlite+aiosqlite:///{tmp_path}/n.db"
        settings = Settings(database_url=url, policy=Policy(), dingtalk=client.settings)
        keys = [line.key for line in await examine.examine(settings)]
    assert "dingtalk" in keys
    assert "no_platform" not in keys
