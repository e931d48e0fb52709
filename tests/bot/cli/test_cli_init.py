"""`init`: every answer right and wrong, files that are there, Ctrl-C, languages, no terminal."""

from __future__ import annotations

import asyncio
import os
import pty
import stat
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import ROOT, Shell
from dotenv import dotenv_values
from interviewed import Answer, Answering

from bot.config import from_environment
from bot.init import policy, run
from bot.policy_file import parse
from prompts.render import LOCALES, Words
from review.policy import Policy
from sandbox.slack.model import Channel
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace

APP = "xapp-1-A00000001-42-feed"
SECRET = "0123456789abcdef" * 2
CHINESE, ENGLISH = "1", "2"
SOCKET, HTTP = "1", "2"


@dataclass
class Desk:
    """An empty folder, and a workspace with the app in it."""

    shell: Shell
    server: SlackServer
    workspace: Workspace
    hr: Channel

    async def init(self, answers: list[Answer], **options: str) -> tuple[int, Answering]:
        """Answer everything; nothing may be left over."""
        ask = Answering(answers)
        code = await asyncio.to_thread(run.init, options, offline=False, sure=False, ask=ask)
        assert ask.answers == []
        return code, ask

    def written(self) -> Mapping[str, str | None]:
        """What stands in .env."""
        return dotenv_values(self.shell.folder / ".env")

    def files(self) -> set[str]:
        """Names of all that stands in the folder."""
        return {file.name for file in self.shell.folder.iterdir()} - {"r.csv"}

    @property
    def token(self) -> str:
        return self.server.bot_token


@pytest.fixture
async def desk(shell: Shell) -> AsyncIterator[Desk]:
    workspace = Workspace("Shop", app_name="nosurprise")
    workspace.app.app_token = APP
    hr = workspace.add_channel("hr", private=True)
    async with SlackServer(workspace) as server:
        shell.set(SLACK_API_URL=server.api_url)
        yield Desk(shell, server, workspace, hr)


def happy(desk: Desk) -> list[Answer]:
    return [ENGLISH, desk.token, SOCKET, APP, "#hr", "berlin", "Europe/Berlin", "N1, N2", False]


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
            *(ENGLISH, "", "xapp-1", "xoxb-wrong", desk.token),
            *(SOCKET, "xoxb-1", "xapp-1-A00000009-42-feed", "xapp-1-A00000001-9-dead", APP),
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


async def test_scopes_are_granted_while_init_waits(desk: Desk) -> None:
    desk.workspace.app.scopes.discard("files:write")

    class Reinstalling(Answering):
        def yes(self, question: str, *, default: bool) -> bool:
            desk.workspace.app.scopes.add("files:write")
            return super().yes(question, default=default)

    answers: list[Answer] = [ENGLISH, desk.token, False, "", SOCKET, APP, "hr", "", "", False]
    ask = Reinstalling(answers)
    code = await asyncio.to_thread(run.init, {}, offline=False, sure=False, ask=ask)
    assert code == 0
    assert ask.said[1].startswith("✗ Scopes: files:write not granted.")
    assert ask.said[2] == "✓ Workspace “Shop”, as @nosurprise."
    assert "(Enter: the one that is there)" in ask.asked[3]
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
        [ENGLISH, desk.token, False, "", True, SOCKET, APP, True, "#hr", True, "", "", False]
    )
    assert code == 0
    assert [words.split(" (")[0].split(" at ")[0] for words in ask.said[1:]] == [
        *["✗ Slack: can't be reached"] * 3,
        "✗ HR channel: “hr” could not be looked up",
    ]
    assert desk.written()["SLACK_HR_CHANNEL"] == "hr"


async def test_http_mode_asks_for_the_secret_and_the_address(desk: Desk) -> None:
    answers: list[Answer] = [ENGLISH, desk.token, HTTP, "no secret!", "abc", False, SECRET]
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
        [CHINESE, "xoxb-wrong", desk.token, SOCKET, APP, "hr", "", "工号 1", "", False]
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


OLD = "# mine\nLOG_LEVEL=DEBUG\nSLACK_BOT_TOKEN=xoxb-old\nSLACK_HTTP_BIND=0.0.0.0:3000\n"


async def test_an_env_that_is_there_keeps_all_else_and_a_copy(desk: Desk) -> None:
    desk.shell.file(".env", OLD + f"SLACK_SIGNING_SECRET={SECRET}\n")
    code, ask = await desk.init([*happy(desk), True])
    assert code == 0
    assert "xoxb-old" not in "".join(ask.asked)
    assert ask.asked[-1] == (
        ".env is there already. These settings change: LOCALE, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, "
        "SLACK_HR_CHANNEL, TIME_ZONE, HR_ADMINS, SLACK_HTTP_BIND; all others stay, and a copy is "
        "kept. Write it?"
    )
    now = (desk.shell.folder / ".env").read_text(encoding="utf-8")
    assert now.startswith(f"# mine\nLOG_LEVEL=DEBUG\nSLACK_BOT_TOKEN={desk.token}\n")
    assert "SLACK_HTTP_BIND" not in now
    old = desk.shell.folder / ".env.old"
    assert old.read_text(encoding="utf-8").startswith(OLD)
    assert {stat.S_IMODE(file.stat().st_mode) for file in (old, old.with_name(".env"))} == {0o600}
    code, _ = await desk.init([ENGLISH, "", SOCKET, "", "", "", "", False, True])
    assert code == 0
    assert (desk.shell.folder / ".env").read_text(encoding="utf-8") == now
    assert old.read_text(encoding="utf-8").startswith(OLD)
    assert desk.files() == {".env", ".env.old", ".env.old1", "policy.toml"}


async def test_no_leaves_everything_as_it_was(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.shell.file(".env", OLD)
    code, _ = await desk.init([ENGLISH, desk.token, SOCKET, APP, "hr", "", "", False, False])
    assert code == 1
    assert capsys.readouterr().err == "Nothing was written.\n"
    assert desk.files() == {".env"}
    assert (desk.shell.folder / ".env").read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize("after", range(9))
async def test_ctrl_c_writes_nothing(desk: Desk, after: int) -> None:
    code, _ = await desk.init([*happy(desk)[:after], KeyboardInterrupt])
    assert code == 1
    assert desk.files() == set()


async def test_a_fault_while_writing_leaves_nothing_half_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk.shell.folder / "policy.toml").mkdir()
    monkeypatch.setenv("POLICY_FILE", "gone/policy.toml")
    with pytest.raises(SystemExit, match="2"):
        await desk.init(happy(desk))
    assert desk.files() == {"policy.toml"}
    assert "gone/policy.toml" in capsys.readouterr().err


async def test_the_policys_numbers_are_put_where_they_stand(desk: Desk) -> None:
    numbers: list[Answer] = ["six", "6", "12", "nine", "9:30", "20:00", "8", "much", "15", ""]
    code, ask = await desk.init([*happy(desk)[:-1], True, *numbers])
    assert code == 0
    written = (desk.shell.folder / "policy.toml").read_text(encoding="utf-8")
    rules = parse(written)
    calendar = rules.calendar
    assert (calendar.self_due, calendar.manager_due) == (6, 12)
    assert (f"{calendar.hours_from}", f"{calendar.hours_to}") == ("09:30:00", "20:00:00")
    assert rules.distribution.smallest_group == 8
    assert [str(quota.at_most) for quota in rules.distribution.quotas][:2] == ["3/20", "7/20"]
    template = policy.template().splitlines()
    changed = [new for new, old in zip(written.splitlines(), template, strict=True) if new != old]
    assert changed == [
        "smallest_group = 8",
        'at_most = "15 %"',
        "self_due = 6",
        "manager_due = 12",
        "hours_from = 09:30:00",
        "hours_to = 20:00:00",
    ]
    assert [words[:12] for words in ask.said[-3:]] == [
        "✗ “six” is n",
        "✗ “nine” is ",
        "✗ “much” is ",
    ]


async def test_numbers_that_do_not_fit_together_are_asked_again(desk: Desk) -> None:
    wrong: list[Answer] = ["9", "5", "", "", "", "", ""]
    right: list[Answer] = ["4", "5", "", "", "", "", ""]
    code, ask = await desk.init([*happy(desk)[:-1], True, *wrong, *right])
    assert code == 0
    assert "manager_due" in ask.said[-1]
    rules = parse((desk.shell.folder / "policy.toml").read_text(encoding="utf-8")).calendar
    assert (rules.self_due, rules.manager_due) == (4, 5)


async def test_a_policy_that_is_there_changes_by_the_asked_numbers_only(desk: Desk) -> None:
    mine = "# ours\n[sheet]\ntext_limit = 2000\n[calendar]\nself_due = 3 # soon\nself_open = 1\n"
    desk.shell.file("policy.toml", mine)
    numbers: list[Answer] = ["4", "", "08:00", "", "7"]
    code, ask = await desk.init([*happy(desk)[:-1], True, *numbers, "", "", True])
    assert code == 0
    assert ask.asked[-1].startswith("policy.toml is there already.")
    assert (desk.shell.folder / "policy.toml").read_text(encoding="utf-8") == (
        "# ours\n[sheet]\ntext_limit = 2000\n[calendar]\nhours_from = 08:00:00\n"
        "self_due = 4 # soon\nself_open = 1\n\n[distribution]\nsmallest_group = 7\n"
    )
    assert (desk.shell.folder / "policy.toml.old").read_text(encoding="utf-8") == mine
    assert (desk.shell.folder / "policy.toml").stat().st_mode & 0o777 == 0o644


async def test_a_policy_that_makes_no_sense_is_said_and_left_alone(desk: Desk) -> None:
    desk.shell.file("policy.toml", "[calendar]\nself_due = 'soon'\n")
    code, ask = await desk.init(happy(desk)[:-1])
    assert code == 0
    assert "self_due" in ask.said[-1]
    assert desk.files() == {".env", "policy.toml"}


def test_the_policy_that_comes_with_the_program_is_the_built_in_one() -> None:
    assert policy.template() == (ROOT / "policy.toml").read_text(encoding="utf-8")
    assert parse(policy.template()) == Policy()
    assert [policy.now(number, Policy()) for number in policy.NUMBERS] == [
        *("5", "10", "09:00", "19:00", "5", "20 %", "15 %"),
    ]


NEEDS = {
    "en": "init asks questions, and there is no terminal to ask on. Run it on a terminal, or set "
    "SLACK_APP_TOKEN, SLACK_BOT_TOKEN in the environment and give the rest as options "
    "(see `nosurprise init --help`).",
    "zh-CN": "init 要提问，而这里没有终端。请在终端里运行，或在环境变量里设置 "
    "SLACK_APP_TOKEN, SLACK_BOT_TOKEN，其余用选项给出（见 `nosurprise init --help`）。",
}


@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_terminal_it_says_what_it_needs(shell: Shell, locale: str) -> None:
    shell.set(LOCALE=locale)
    assert shell.refused(["init"]) == NEEDS[locale]
    shell.set(SLACK_BOT_TOKEN="xoxb-1")
    line = shell.refused(["init", "--http-bind", "0.0.0.0:3000"])
    assert "SLACK_SIGNING_SECRET" in line
    assert "SLACK_BOT_TOKEN" not in line
    assert {file.name for file in shell.folder.iterdir()} == {"r.csv"}


def test_without_a_terminal_options_and_the_environment_are_enough(shell: Shell) -> None:
    shell.set(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1-A1-2-3")
    words = ["init", "--offline", "--hr-channel", "#people", "--hr-admins", "N1"]
    said = shell(*words, "--time-zone", "asia/tokyo", "--locale", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0].startswith("Written. Next: `nosurprise doctor`")
    assert said.out.splitlines()[1].startswith("Before you start, a company must have settled")
    assert "xoxb" not in said.out
    assert dotenv_values(shell.folder / ".env") == {
        "LOCALE": "en",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1-A1-2-3",
        "SLACK_HR_CHANNEL": "people",
        "TIME_ZONE": "Asia/Tokyo",
        "HR_ADMINS": "N1",
    }
    zone = ["--time-zone", "Asia/Tokyo"]
    assert shell.refused([*words, *zone, "--hr-admins", "N2"]) == (
        ".env is there already, and these settings would change: HR_ADMINS. With --yes "
        "they are changed and a copy is kept; nothing was written."
    )
    assert shell(*words, *zone, "--hr-admins", "N2", "--yes").code == 0
    assert dotenv_values(shell.folder / ".env")["HR_ADMINS"] == "N2"
    refused = {
        "--time-zone Mars": "There is no time zone “Mars”. Write for example Asia/Shanghai.",
        "--hr-admins a$b": "Write employee ids with commas between, such as N0001, N0002.",
        "--http-bind 3000": "Write an address and a port, such as 127.0.0.1:3000.",
        "--locale fr": "--locale is “fr”; it should be zh-CN, en.",
    }
    shell.set(SLACK_SIGNING_SECRET=SECRET)
    said_to = {one: shell.refused([*words, "--yes", *one.split()]) for one in refused}
    assert said_to == refused
    assert dotenv_values(shell.folder / ".env")["HR_ADMINS"] == "N2"


async def test_without_a_terminal_slack_is_asked_all_the_same(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.shell.set(SLACK_BOT_TOKEN="xoxb-wrong", SLACK_APP_TOKEN=APP)
    with pytest.raises(SystemExit, match="2"):
        await asyncio.to_thread(run.init, {}, offline=False, sure=False)
    words = "Slack does not take it (invalid_auth). Copy it anew from the app's page.\n"
    assert capsys.readouterr().err == words
    assert desk.files() == set()


class Screen:
    """`nosurprise init` on a terminal of its own."""

    def __init__(self, process: Process, terminal: int) -> None:
        self.process, self._terminal, self.shown = process, terminal, ""

    async def until(self, words: str) -> None:
        """Read until the words are shown."""
        for _ in range(500):
            self._read()
            if words in self.shown:
                return
            await asyncio.sleep(0.02)
        pytest.fail(f"{words!r} is not shown: {self.shown!r}")

    def _read(self) -> None:
        try:
            self.shown += os.read(self._terminal, 65536).decode(errors="replace")
        except (BlockingIOError, OSError):
            return

    def type(self, words: str) -> None:
        os.write(self._terminal, words.encode())


async def on_screen(folder: Path, **settings: str) -> Screen:
    ours, theirs = pty.openpty()
    os.set_blocking(ours, False)
    bare = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "init"),
        cwd=folder,
        env=bare | {"PYTHONPATH": str(ROOT), "COLUMNS": "300", "TERM": "dumb"} | settings,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    return Screen(process, ours)


async def test_on_a_terminal_tokens_are_not_shown(desk: Desk) -> None:
    screen = await on_screen(desk.shell.folder, SLACK_API_URL=desk.server.api_url, LOCALE="en")
    for question, answer in (
        ("Language: 1 Chinese, 2 English (2)", ""),
        ("Bot token (xoxb-", desk.token),
        ("How Slack reaches the bot", "3"),
        ("How Slack reaches the bot", "1"),
        ("App-level token (xapp-", APP),
        ("HR channel", ""),
        ("time zone", "Europe/Berlin"),
        ("HR admins", ""),
        ("[y/n]", "perhaps"),
        ("[y/n]", "n"),
    ):
        await screen.until(question)
        screen.shown = screen.shown.split(question, 1)[1]
        if "token" in question:
            await asyncio.sleep(0.2)
        screen.type(f"{answer}\n")
    await screen.until("Next: `nosurprise doctor`")
    assert await screen.process.wait() == 0
    assert desk.token not in screen.shown
    assert APP not in screen.shown
    assert desk.written()["SLACK_APP_TOKEN"] == APP
    assert desk.written()["TIME_ZONE"] == "Europe/Berlin"


async def test_ctrl_c_on_a_terminal_writes_nothing(desk: Desk) -> None:
    screen = await on_screen(desk.shell.folder, SLACK_API_URL=desk.server.api_url, LOCALE="zh-CN")
    await screen.until("语言")
    screen.type("\n")
    await screen.until("机器人令牌")
    screen.process.send_signal(2)
    await screen.until("未写入任何内容。")
    assert await screen.process.wait() == 1
    assert "Traceback" not in screen.shown
    assert desk.files() == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_help_names_the_options(shell: Shell, locale: str) -> None:
    shell.set(LOCALE=locale)
    said = shell("init", "--help")
    assert said.code == 0
    assert "--hr-channel" in said.out
