"""`doctor`: each line about Slack, ok and failing, and the command itself."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import pytest
from clinic import APP_ID, APP_TOKEN, SECRET, Clinic
from commands import ROOT, Shell

from bot.doctor import examine
from bot.doctor.line import Mark
from prompts.render import LOCALES, Words
from sandbox.slack.model import Channel


async def test_a_bot_that_nothing_ails(clinic: Clinic) -> None:
    found = await clinic.lines()
    assert [line.text(Words("en")) for line in found.values() if line.key not in UNSTEADY] == [
        "✓ Settings: .env and the policy file make sense.",
        "✓ Bot token: workspace “Shop”, as @nosurprise.",
        "✓ Scopes: all that are needed are granted.",
        "✓ App-level token: taken, and of the same app as the bot token (A00000001).",
        "✓ HR channel: #hr, private, and the bot is in it.",
        "· Praise channel: none is set, so praise reaches its receiver alone. Set "
        "SLACK_PRAISE_CHANNEL if it is to be public.",
        "✓ Clock: agrees with Slack's.",
        "✓ Database: can be read and written, and is of this version.",
        "✓ Data key: fits; it is d/x.db.key. Keep a copy apart from the database.",
        "✓ Roster: 3 people, each with an account.",
        "✓ HR admins: a.",
        "· Before you start, a company must have settled three things that no program can look at: "
        "employees were consulted and told; what the data is for; how long it is kept.",
    ]
    assert set(UNSTEADY) <= found.keys()
    assert {line.mark for line in found.values()} == {Mark.OK, Mark.SAID}


def open_to_all(channel: Channel, kind: Literal["channel"], members: list[str]) -> None:
    channel.kind, channel.members = kind, members


UNSTEADY = ("disk", "time_zone", "holidays")
Change = Callable[[Clinic], object]
SLACK: dict[str, tuple[Change, set[str]]] = {
    "a token that is not Slack's": (
        lambda one: setattr(one.workspace.app, "bot_token", "xoxb-other"),
        {"✗bot_token_refused"},
    ),
    "an app that was removed": (
        lambda one: setattr(one.workspace.app, "active", False),
        {"✗bot_token_refused"},
    ),
    "a server of another kind": (
        lambda one: one.server.faults.server_error("auth.test"),
        {"✗unreachable"},
    ),
    "scopes that were not granted": (
        lambda one: one.workspace.app.scopes.discard("files:write"),
        {"✗scopes_missing"},
    ),
    "an app-level token that is not Slack's": (
        lambda one: setattr(one.workspace.app, "app_token", f"xapp-1-{APP_ID}-43-beef"),
        {"✗app_token_refused"},
    ),
    "an app-level token of another app": (
        lambda one: setattr(one.workspace.app, "id", "A00000009"),
        {"✗other_app"},
    ),
    "no connection": (
        lambda one: one.server.faults.error("apps.connections.open", "internal_error"),
        {"✗app_token_unclear"},
    ),
    "a private channel without the bot": (
        lambda one: one.hr.members.remove(one.workspace.app.bot_user),
        {"✗channel_not_found"},
    ),
    "an archived channel": (
        lambda one: setattr(one.hr, "archived", True),
        {"✗channel_archived"},
    ),
    "a channel that everybody can join": (
        lambda one: setattr(one.hr, "kind", "channel"),
        {"!channel_public"},
    ),
    "a public channel without the bot": (
        lambda one: open_to_all(one.hr, kind="channel", members=[]),
        {"✗channel_not_joined"},
    ),
    "a list that can't be had": (
        lambda one: one.server.faults.rate_limit("conversations.list"),
        {"✗channel_unclear"},
    ),
    "a list that is not allowed": (
        lambda one: one.workspace.app.scopes.discard("groups:read"),
        {"✗scopes_missing", "✗channel_unclear"},
    ),
}


@pytest.mark.parametrize("case", SLACK)
async def test_what_ails_in_slack_is_said(clinic: Clinic, case: str) -> None:
    change, expected = SLACK[case]
    change(clinic)
    assert await clinic.ails() == expected


async def test_scopes_and_apps_are_named(clinic: Clinic) -> None:
    clinic.workspace.app.scopes -= {"files:write", "im:write"}
    clinic.workspace.app.id = "A00000009"
    found = await clinic.lines()
    assert found["scopes_missing"].facts == {"names": "files:write, im:write"}
    assert found["other_app"].facts == {"app_token": "A00000001", "bot_token": "A00000009"}


async def test_the_channel_is_found_by_id_too(clinic: Clinic) -> None:
    assert (await clinic.lines(hr_channel=clinic.hr.id))["channel"].facts == {"channel": "hr"}
    assert await clinic.ails(hr_channel="C99999999") == {"✗channel_not_found"}
    assert await clinic.ails(hr_channel="nowhere") == {"✗channel_not_found"}
    assert await clinic.ails(hr_channel=None) == {"!no_channel"}


async def test_a_channel_on_a_later_page_is_found(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.probe.PAGE", 2)
    for name in ("one", "two", "three"):
        clinic.workspace.add_channel(name)
    last = clinic.workspace.add_channel("people", private=True)
    assert (await clinic.lines(hr_channel="#people"))["channel"].facts == {"channel": last.name}


async def test_http_mode_looks_at_the_signing_secret(clinic: Clinic) -> None:
    given: dict[str, Any] = {"app_token": None, "http_bind": ("127.0.0.1", 3000)}
    assert "http" in await clinic.lines(signing_secret=SECRET, **given)
    assert await clinic.ails(signing_secret="xapp-1-a", **given) == {"!signing_secret"}
    assert "apps.connections.open" not in {name for name, _ in clinic.server.calls}


@pytest.mark.parametrize(
    ("off", "expected", "facts"),
    [
        (timedelta(seconds=90), "clock", {}),
        (timedelta(seconds=-90), "clock", {}),
        (timedelta(minutes=7), "clock_ahead", {"minutes": 7}),
        (timedelta(minutes=-7), "clock_behind", {"minutes": 7}),
        (timedelta(hours=1, seconds=30), "clock_hours_ahead", {"hours": 1}),
        (timedelta(hours=-8), "clock_hours_behind", {"hours": 8}),
        (timedelta(hours=1, minutes=10), "clock_ahead", {"minutes": 70}),
    ],
)
async def test_the_clock_is_compared_with_slacks(
    clinic: Clinic, off: timedelta, expected: str, facts: dict[str, int]
) -> None:
    clinic.off = off
    line = (await clinic.lines())[expected]
    assert (line.mark, line.facts) == (Mark.OK if expected == "clock" else Mark.WRONG, facts)


async def test_no_slack_at_all(clinic: Clinic) -> None:
    found = await examine.examine(replace(clinic.settings, slack=None))
    assert [line.key for line in found if line.mark is Mark.WRONG] == ["no_platform"]


async def test_a_slack_that_never_answers_ends_in_time(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examine, "PATIENCE", 0.5)
    clinic.server.faults.time_out("auth.test")
    begun = time.monotonic()
    assert await clinic.ails() == {"✗slack_slow"}
    assert time.monotonic() - begun < 5


async def test_the_command_says_each_line_in_the_settings_language_and_ends_with_1(
    clinic: Clinic, shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.set(
        SLACK_BOT_TOKEN=clinic.server.bot_token,
        SLACK_APP_TOKEN=APP_TOKEN,
        SLACK_API_URL=clinic.server.api_url,
        SLACK_HR_CHANNEL="nowhere",
        DATABASE_URL="sqlite:///d/x.db",
        HR_ADMINS="a",
        LOCALE="zh-CN",
    )
    assert await examine.doctor() == 1
    said = capsys.readouterr().out
    wrong = [line for line in said.splitlines() if line.startswith("✗")]
    assert wrong == [
        "✗ HR 频道：机器人看不到“nowhere”。如果是私有频道，请在里面发送 /invite @NoSurprise；"
        "否则请检查 SLACK_HR_CHANNEL（名称或编号）。"
    ]
    assert "✓ 机器人令牌：工作区“Shop”，身份 @nosurprise。\n" in said
    shell.set(SLACK_HR_CHANNEL="hr")
    assert await examine.doctor() == 0
    said += capsys.readouterr().out
    assert clinic.server.bot_token not in said
    assert APP_TOKEN not in said


@pytest.mark.parametrize("locale", LOCALES)
def test_settings_that_make_no_sense_are_the_one_line(shell: Shell, locale: str) -> None:
    shell.set(LOCALE=locale, TIME_ZONE="Mars")
    said = shell("doctor")
    assert (said.code, said.err) == (1, "")
    (line,) = said.out.splitlines()
    assert line.startswith({"en": "✗ Settings: TIME_ZONE", "zh-CN": "✗ 设置：TIME_ZONE"}[locale])


def test_an_env_that_others_can_read_is_pointed_out(shell: Shell) -> None:
    shell.file(".env", "TIME_ZONE=Europe/Berlin\n")
    (shell.folder / ".env").chmod(0o644)
    said = shell("doctor")
    assert "! .env can be read by others on this machine, and holds tokens: chmod 600" in said.out
    (shell.folder / ".env").chmod(0o600)
    assert "! .env" not in shell("doctor").out


@pytest.mark.parametrize(("locale", "colon"), [("en", ":"), ("zh-CN", "：")])
def test_the_docs_say_what_to_do_about_every_kind_of_line(locale: str, colon: str) -> None:
    source = (ROOT / "prompts" / locale / "doctor.j2").read_text(encoding="utf-8")
    texts = re.findall(r"{% block (\w+) %}(.*?){% endblock %}", source)
    labels = {text.split(colon)[0] for key, text in texts if key not in {"env_open", "settled"}}
    assert len(labels) == 25
    pages = [ROOT / "docs" / name for name in ("slack.md", "dingtalk.md")]
    table = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [label for label in sorted(labels) if f"**{label}" not in table] == []


PRAISE: dict[str, tuple[Callable[[Channel, str], object], str]] = {
    "as it has to be": (lambda _, __: None, "✓praise_channel"),
    "archived": (lambda one, _: setattr(one, "archived", True), "✗praise_channel_archived"),
    "without the bot": (
        lambda one, bot: one.members.remove(bot),
        "✗praise_channel_not_joined",
    ),
    "of another name": (lambda one, _: setattr(one, "name", "x"), "✗praise_channel_not_found"),
}


@pytest.mark.parametrize("how", PRAISE)
async def test_the_praise_channel_may_be_public_and_has_to_have_the_bot_in_it(
    clinic: Clinic, how: str
) -> None:
    change, expected = PRAISE[how]
    change(clinic.workspace.add_channel("praise"), clinic.workspace.app.bot_user)
    found = await clinic.lines(praise_channel="#praise")
    assert {f"{line.mark}{key}" for key, line in found.items() if "praise" in key} == {expected}
