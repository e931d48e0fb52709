"""`run` as a process: refused with a word, alone on its database, drained when told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from commands import ROOT, ROSTER, SETTINGS, Shell

from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace
from storage.seal import new_key

BOT, APP = "xoxb-local-bot", "xapp-local-app"


def settings(api_url: str, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_APP_TOKEN": APP,
        "SLACK_API_URL": api_url,
        "HTTP_BIND": "127.0.0.1:0",
        "LOCALE": "en",
        **more,
    }


async def start(folder: Path, given: dict[str, str], *words: str) -> Process:
    hidden = {*SETTINGS, *settings("")}
    bare = {name: value for name, value in os.environ.items() if name not in hidden}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env=bare | {"PYTHONPATH": str(ROOT)} | given,
        stdout=PIPE,
        stderr=PIPE,
    )


async def said(folder: Path, given: dict[str, str], *words: str) -> tuple[int, str, str]:
    process = await start(folder, given, *words)
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def running(folder: Path, given: dict[str, str]) -> AsyncIterator[Process]:
    process = await start(folder, given, "run")
    assert process.stderr is not None
    try:
        async with asyncio.timeout(60):
            while b"running" not in (line := await process.stderr.readline()):
                assert line, "it ended before it ran"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_running_bot_is_alone_takes_commands_beside_it_and_drains(
    tmp_path: Path,
) -> None:
    (tmp_path / "r.csv").write_text(ROSTER, encoding="utf-8")
    async with SlackServer(Workspace("Test")) as slack:
        own = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
        given = settings(slack.api_url, **own)
        async with running(tmp_path, given) as bot:
            code, out, err = await said(tmp_path, given, "run")
            assert (code, out) == (2, "")
            assert err == (
                "The bot runs on data/nosurprise.db already (data/nosurprise.db.lock is held). "
                "End that one first, or set another DATABASE_URL.\n"
            )
            assert await said(tmp_path, given, "import", "r.csv") == (
                0,
                "Imported: 3 added, 0 changed, 0 unchanged.\n",
                "",
            )
            assert bot.returncode is None
            begun = time.monotonic()
            bot.send_signal(signal.SIGTERM)
            _, err_left = await bot.communicate()
            assert bot.returncode == 0
            assert time.monotonic() - begun < 10
            assert "Traceback" not in err_left.decode()
            assert slack.bot_token not in err_left.decode()


@pytest.mark.parametrize("wrong", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
async def test_a_token_that_slack_refuses_is_named_and_never_shown(
    tmp_path: Path, wrong: str
) -> None:
    async with SlackServer(Workspace("Test")) as slack:
        given = settings(
            slack.api_url, SLACK_BOT_TOKEN=slack.bot_token, SLACK_APP_TOKEN=slack.app_token
        ) | {wrong: settings("")[wrong] + "-wrong"}
        code, out, err = await said(tmp_path, given, "run")
    assert (code, out) == (2, "")
    assert err == (
        f"Slack does not take {wrong} (invalid_auth): "
        "copy it anew from the app's page at api.slack.com.\n"
    )


async def test_a_slack_out_of_reach_is_said_in_the_companys_language(tmp_path: Path) -> None:
    given = settings("http://127.0.0.1:1/api/", LOCALE="zh-CN")
    code, out, err = await said(tmp_path, given, "tick", "--now", "2026-10-09T10:00")
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("连不上 Slack（http://127.0.0.1:1/api/，")
    assert line.endswith("请检查网络或 SLACK_API_URL。")


async def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with SlackServer(Workspace("Test")) as slack:
            own = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
            given = settings(slack.api_url, **own) | {"HTTP_BIND": f"127.0.0.1:{port}"}
            code, _, err = await said(tmp_path, given, "run")
    assert code == 2
    (line,) = err.splitlines()
    assert line.startswith("HTTP_BIND can't be used (")


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "No chat platform is set: put SLACK_BOT"), ("zh-CN", "还没有设置聊天平台：请在 .env")],
)
def test_run_without_a_platform_is_refused(shell: Shell, locale: str, words: str) -> None:
    shell.set(LOCALE=locale)
    assert shell.refused(["run"]).startswith(words)


def test_a_wrong_setting_stops_every_command_that_needs_it(shell: Shell) -> None:
    shell.set(TIME_ZONE="Mars")
    for words in (["run"], ["import", "r.csv"], ["cycle", "open", "2026Q3"], ["export", "x"]):
        said = "TIME_ZONE is “Mars”; it should be one such as Asia/Shanghai."
        assert shell.refused(words) == said
    assert not (shell.folder / "data").exists()


def test_a_lost_or_wrong_key_is_said_and_nothing_is_overwritten(shell: Shell) -> None:
    shell.set(DATABASE_URL="sqlite:///d/x.db")
    assert shell("import", "r.csv").code == 0
    (key,) = (shell.folder / "d").glob("*.key")
    kept, held = key.read_text(encoding="ascii"), (shell.folder / "d" / "x.db").read_bytes()
    tries = {
        "no file": "The texts in this database are sealed, and their key d/x.db.key is gone. "
        "Put the key file back, or set DATA_KEY; nothing was changed.",
        new_key(): "Texts in this database were sealed with other keys (",
        "钥匙": "DATA_KEY, or the key file, is no key. A key is 32 random bytes",
    }
    for text, words in tries.items():
        key.unlink(missing_ok=True)
        if text != "no file":
            key.write_text(text, encoding="utf-8")
        for command in (["import", "r.csv"], ["cycle", "open", "2026Q3"], ["export", "2026Q3"]):
            assert shell.refused(command).startswith(words)
            assert key.exists() == (text != "no file")
    key.unlink()
    shell.set(DATA_KEY=new_key())
    assert "sealed with other keys" in shell.refused(["import", "r.csv"])
    shell.set(DATA_KEY="hush-hush")
    line = shell.refused(["import", "r.csv"])
    assert line.startswith("DATA_KEY, or the key file, is no key")
    assert "hush" not in line
    assert (shell.folder / "d" / "x.db").read_bytes() == held
    assert not key.exists()
    shell.set(DATA_KEY=kept.strip())
    assert shell("import", "r.csv").out == "Imported: 0 added, 0 changed, 3 unchanged.\n"


def test_a_file_that_is_no_database_is_said_and_left_alone(shell: Shell) -> None:
    shell.file("x.db", "These are not the bytes of a database. " * 30)
    shell.set(DATABASE_URL="sqlite:///x.db")
    before = (shell.folder / "x.db").read_bytes()
    said = shell.refused(["import", "r.csv"])
    assert said == "x.db is not a database. Check DATABASE_URL, or put a backup there."
    assert (shell.folder / "x.db").read_bytes() == before


def test_a_place_that_can_not_be_had_is_said(shell: Shell) -> None:
    shell.set(DATABASE_URL="sqlite:///r.csv/x.db")
    assert shell.refused(["import", "r.csv"]) == (
        "r.csv can't be used: File exists. Check DATABASE_URL and the folder's rights."
    )
