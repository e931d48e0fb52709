"""`nosurprise demo` as a process: it serves, keeps, goes on, and handles what is in its way."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

ROOT = Path(__file__).parents[3]
READY = "NoSurprise is at "
PATIENCE = 90


async def start(folder: Path, *words: str, locale: str = "en") -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-browser", *words),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LOCALE": locale},
        stdout=PIPE,
        stderr=PIPE,
    )


async def said(process: Process) -> tuple[int | None, str, str]:
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def shown(folder: Path, *words: str) -> AsyncIterator[tuple[Process, str, str]]:
    """A demo of twelve people that runs: its process, address and second line."""
    process = await start(folder, "--people", "12", *words)
    assert process.stdout is not None
    try:
        lines = [
            (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode() for _ in range(2)
        ]
        while not any(READY in line for line in lines):
            lines.append((await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode())
        line = next(line for line in lines if READY in line)
        yield process, line.removeprefix(READY).split("?")[0].split()[0], "".join(lines)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), PATIENCE)


async def state(url: str) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}ui/state") as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def said_in(url: str, user: str, channel: str) -> list[str]:
    asked = f"{url}ui/messages?as={user}&channel={channel}"
    async with aiohttp.ClientSession() as session, session.get(asked) as answer:
        return [message["text"] for message in (await answer.json())["messages"]]


async def settled(url: str) -> dict[str, Any]:
    for _ in range(PATIENCE * 4):
        found = await state(url)
        if not found["host"]["busy"]:
            return found
        await asyncio.sleep(0.25)
    raise AssertionError("the scene is never arranged")


@pytest.mark.long
async def test_demo_goes_on_from_where_it_was_left_and_begins_anew_when_asked(
    tmp_path: Path,
) -> None:
    async with shown(tmp_path, "--port", "0") as (process, url, _):
        first = await settled(url)
        async with aiohttp.ClientSession() as session:
            talk = first["conversations"][0]["id"]
            body = {"as": first["me"]["id"], "channel": talk, "text": "still here?"}
            async with session.post(f"{url}ui/say", json=body) as answer:
                assert (await answer.json())["ok"] is True
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 15) == 0
    async with shown(tmp_path, "--port", "0") as (_, url, lines):
        again = await settled(url)
        texts = await said_in(url, body["as"], talk)
    assert "Going on from where it was left." in lines
    assert again["now"] >= first["now"]
    async with shown(tmp_path, "--port", "0", "--reset") as (_, url, lines):
        anew = await settled(url)
        fresh = await said_in(url, body["as"], anew["conversations"][0]["id"])
    assert ("still here?" in texts, "still here?" in fresh) == (True, False)
    assert "moving in" in lines
    assert anew["host"]["landmarks"][0]["label"]["zh"] == "+1 小时"


@pytest.mark.long
async def test_a_second_start_says_where_the_first_one_is(tmp_path: Path) -> None:
    async with shown(tmp_path, "--port", "0") as (_, url, _):
        second = await said(await start(tmp_path, "--port", "0"))
    assert second[0] == 0
    assert second[1].startswith(f"The demo runs already at {url}?as=")


async def test_a_port_that_is_taken_is_named_with_another(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = await said(await start(tmp_path, "--port", str(port)))
        in_chinese = await said(await start(tmp_path, "--port", str(port), locale="zh-CN"))
    assert (code, out) == (2, "")
    assert err == (
        f"Port {port} can't be used (Address already in use): end what runs there, "
        f"or take another: --port {port + 1}\n"
    )
    assert f"端口 {port} 用不了" in in_chinese[2]


@pytest.mark.long
async def test_what_was_kept_for_other_options_is_not_gone_on_with(tmp_path: Path) -> None:
    async with shown(tmp_path, "--port", "0") as (_, url, _):
        await settled(url)
    async with shown(tmp_path, "--port", "0", "--seed", "2") as (_, url, lines):
        await settled(url)
    assert "does not fit this version or these options" in lines


async def test_ctrl_c_while_the_company_moves_in_ends_it_and_the_next_start_is_whole(
    tmp_path: Path,
) -> None:
    async with shown(tmp_path, "--port", "0") as (process, _, _):
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 15) == 0
    async with shown(tmp_path, "--port", "0") as (_, url, _):
        found = await settled(url)
    assert len(found["users"]) == 12
