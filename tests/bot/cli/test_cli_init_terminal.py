"""`init`: on a terminal of its own, and without one."""

from __future__ import annotations

import asyncio
import os
import pty
import sys
import time
from asyncio.subprocess import Process
from pathlib import Path

import pytest
from commands import ROOT, Shell
from dotenv import dotenv_values
from interviewed import APP, SECRET, Desk

from bot.init import run
from prompts.render import LOCALES

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
        """Read until the words are shown; a busy machine takes seconds to start Python."""
        until = time.monotonic() + 60
        while words not in self.shown:
            self._read()
            if time.monotonic() > until:
                pytest.fail(f"{words!r} is not shown: {self.shown!r}")
            await asyncio.sleep(0.02)

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
        ("Where the bot is to be", ""),
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
    await screen.until("机器人用在哪里")
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
