"""`doctor`: each line, ok and failing, against the stand-in for Slack and a real database."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import holidays
import pytest
from commands import ROOT, ROSTER, Shell

from bot.app import build
from bot.config import Settings, SlackSettings
from bot.doctor import calendar, examine
from bot.doctor.line import Line, Mark
from handlers import roster
from handlers.match_accounts import match_accounts
from handlers.work import Work
from prompts.render import LOCALES, Words
from review.policy import Calendar, Policy
from sandbox.slack.model import Channel
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace
from storage.seal import key_file, new_key

APP_TOKEN = "xapp-1-A00000001-42-feed"
SECRET = "0123456789abcdef" * 2


class Shifted:
    """This machine's clock, off by so much."""

    def __init__(self, off: timedelta) -> None:
        self.off = off

    def now(self) -> datetime:
        return datetime.now(UTC) + self.off


@dataclass
class Clinic:
    """A bot that nothing ails: its settings, its workspace, its database."""

    settings: Settings
    server: SlackServer
    workspace: Workspace
    hr: Channel
    off: timedelta = field(default_factory=timedelta)

    async def lines(self, **changed: Any) -> dict[str, Line]:
        """Every line by its key, with some settings changed."""
        slack = self.settings.slack
        assert slack is not None
        own = {name: changed.pop(name) for name in list(changed) if hasattr(slack, name)}
        settings = replace(self.settings, **{"slack": replace(slack, **own)} | changed)
        found = await examine.examine(settings, Shifted(self.off))
        return {line.key: line for line in found}

    async def ails(self, **changed: Any) -> set[str]:
        """Keys of the lines that are not ok, with their marks."""
        found = await self.lines(**changed)
        return {f"{line.mark}{key}" for key, line in found.items() if line.mark not in "✓·"}


@pytest.fixture
async def clinic(shell: Shell) -> AsyncIterator[Clinic]:
    workspace = Workspace("Shop", app_name="nosurprise")
    workspace.app.app_token = APP_TOKEN
    people = [workspace.add_user(name, email=f"{name}@x.test") for name in "abc"]
    hr = workspace.add_channel("hr", members=people[:1], private=True)
    async with SlackServer(workspace) as server:
        settings = Settings(
            database_url="sqlite+aiosqlite:///d/x.db",
            policy=Policy(calendar=Calendar(countries=(("Europe/Berlin", "DE"),))),
            locale="en",
            time_zone="Europe/Berlin",
            hr_admins=("a",),
            slack=SlackSettings(
                bot_token=server.bot_token,
                app_token=APP_TOKEN,
                signing_secret=None,
                http_bind=None,
                api_url=server.api_url,
                hr_channel="hr",
            ),
        )
        async with build(settings) as deps:
            async with deps.database.begin() as tx:
                work = Work(tx=tx, company=deps.company, now=deps.clock.now())
                found = await roster.check_roster(ROSTER.encode(), work)
                await roster.import_roster(found, None, work)
            await match_accounts(deps)
        yield Clinic(settings, server, workspace, hr)


async def test_a_bot_that_nothing_ails(clinic: Clinic) -> None:
    found = await clinic.lines()
    assert [line.text(Words("en")) for line in found.values() if line.key not in UNSTEADY] == [
        "✓ Settings: .env and the policy file make sense.",
        "✓ Bot token: workspace “Shop”, as @nosurprise.",
        "✓ Scopes: all that are needed are granted.",
        "✓ App-level token: taken, and of the same app as the bot token (A00000001).",
        "✓ HR channel: #hr, private, and the bot is in it.",
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
        lambda one: setattr(one.workspace.app, "app_token", "xapp-1-A00000001-43-beef"),
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


async def test_a_database_that_is_not_there_yet(clinic: Clinic, shell: Shell) -> None:
    url = "sqlite+aiosqlite:///new/deep/x.db"
    found = await clinic.lines(database_url=url)
    assert found["database_new"].mark is Mark.OK
    assert not (shell.folder / "new").exists()
    url = "sqlite+aiosqlite:///r.csv/x.db"
    assert await clinic.ails(database_url=url) == {"✗database_no_place"}


def at_version(version: str) -> None:
    with sqlite3.connect("d/x.db") as opened:
        opened.execute("UPDATE alembic_version SET version_num = ?", (version,))
    opened.close()


def held(name: str, new: bytes | None = None) -> bytes:
    """What the file holds, after putting something into it."""
    if new is not None:
        Path(name).write_bytes(new)
    return Path(name).read_bytes()


async def test_a_database_of_another_version(clinic: Clinic) -> None:
    at_version("9999_later")
    before = held("d/x.db")
    assert await clinic.ails() == {"✗storage.newer"}
    assert held("d/x.db") == before


async def test_a_database_without_tables_is_brought_up_by_the_bot(clinic: Clinic) -> None:
    held("d/empty.db", b"")
    assert await clinic.ails(database_url="sqlite+aiosqlite:///d/empty.db") == {"!storage.outdated"}


async def test_no_database_and_another_key(clinic: Clinic) -> None:
    held("d/other.db", b"These are not the bytes of a database. " * 30)
    assert await clinic.ails(database_url="sqlite+aiosqlite:///d/other.db") == {
        "✗storage.no_database"
    }
    assert await clinic.ails(data_key=new_key()) == {"✗storage.wrong_key"}
    assert await clinic.ails(data_key="hush-hush") == {"✗storage.bad_key"}
    key = key_file(clinic.settings.database_url)
    assert key is not None
    kept = key.read_text(encoding="ascii").strip()
    assert "key_set" in await clinic.lines(data_key=kept)
    key.chmod(0o644)
    assert await clinic.ails() == {"!key_open"}
    key.unlink()
    assert await clinic.ails() == {"✗storage.key_lost"}
    assert not key.exists()


async def test_doctor_looks_while_the_bot_writes(clinic: Clinic) -> None:
    async with build(clinic.settings) as deps, deps.database.begin() as tx:
        await tx.people.put_all(await tx.people.all())
        looking = asyncio.create_task(clinic.ails())
        await asyncio.sleep(0.3)
        assert not looking.done()
        begun = tx
    assert begun is not None
    assert await looking == set()


async def test_little_disk(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.disk_usage("/")
    for free, expected in ((999, "!disk_full"), (99, "✗disk_full")):
        usage = real._replace(free=free * 10**6)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, usage=usage: usage)
        assert await clinic.ails() == {expected}


async def test_people_without_an_account_and_admins_who_are_not_there(clinic: Clinic) -> None:
    async with build(clinic.settings) as deps, deps.database.begin() as tx:
        ann = await tx.people.get("a")
        assert ann is not None
        gone = replace(ann, employee_id="g", email="g@x.test", left_on=ann.left_on)
        await tx.people.put_all(
            [gone, replace(ann, left_on=datetime(2020, 1, 1, tzinfo=UTC).date())]
        )
    found = await clinic.lines()
    assert found["people_lost"].facts == {"count": 3, "lost": 1, "names": "g"}
    assert found["admins_unknown"].facts == {"names": "a"}
    assert await clinic.ails(hr_admins=()) == {"!people_lost", "!no_admins"}


async def test_an_empty_roster(clinic: Clinic) -> None:
    url = "sqlite+aiosqlite:///d/second.db"
    async with build(replace(clinic.settings, database_url=url)):
        pass
    assert await clinic.ails(database_url=url) == {"!no_people"}


SETTLED = max(
    day.year for day in holidays.country_holidays("CN", years=range(2020, 2040)).weekend_workdays
)
"""The last year whose moved working days the library knows."""


def test_holidays_that_are_not_settled_yet_are_said() -> None:
    years = range(SETTLED - 1, SETTLED + 3)
    assert [calendar.knows("CN", year) for year in years] == [True, True, False, False]
    assert all(calendar.knows("DE", year) for year in years)


def test_every_country_in_use_is_looked_at_once() -> None:
    rules = Calendar(
        countries=(("Asia/Shanghai", "CN"), ("Asia/Urumqi", "CN"), ("Europe/Berlin", "DE"))
    )
    now = datetime(SETTLED, 11, 24, 20, tzinfo=UTC)
    zones = {"Asia/Urumqi", "Europe/Berlin", "Asia/Tokyo"}
    found = calendar.look("Asia/Shanghai", zones, rules, now)
    assert [line.text(Words("en")).split(";")[0] for line in found] == [
        f"✓ Time zone: Asia/Shanghai, where it is {SETTLED}-11-25 04:00 now.",
        "! Holidays: no country is set for Asia/Tokyo, so no public holiday counts there. "
        "Add it to [calendar] countries in policy.toml.",
        f"! Holidays: CN is not settled yet for {SETTLED + 1}",
        f"✓ Holidays: DE is known for {SETTLED}, {SETTLED + 1}.",
    ]


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
    os.chmod(".env", 0o644)  # noqa: PTH101  the file of this folder
    said = shell("doctor")
    assert "! .env can be read by others on this machine, and holds tokens: chmod 600" in said.out
    os.chmod(".env", 0o600)  # noqa: PTH101
    assert "! .env" not in shell("doctor").out


@pytest.mark.parametrize(("locale", "colon"), [("en", ":"), ("zh-CN", "：")])
def test_the_docs_say_what_to_do_about_every_kind_of_line(locale: str, colon: str) -> None:
    source = (ROOT / "prompts" / locale / "doctor.j2").read_text(encoding="utf-8")
    texts = re.findall(r"{% block (\w+) %}(.*?){% endblock %}", source)
    labels = {text.split(colon)[0] for key, text in texts if key not in {"env_open", "settled"}}
    assert len(labels) == 15
    table = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    assert [label for label in sorted(labels) if f"**{label}" not in table] == []
