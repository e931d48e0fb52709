"""A server that is away when the program starts is waited for, and what no waiting mends is not."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from hard_server import Server, server

from bench.local import workspace_of
from bench.processes import ROOT, free_port
from storage.seal import new_key

__all__ = ["server"]
PATIENCE = 60
AWAY = "database: The database server at "


@asynccontextmanager
async def _process(command: str, url: str, folder: Path) -> AsyncIterator[tuple[Process, str]]:
    """The process, and the address at which it says how it is."""
    async with workspace_of(3) as (chat, _):
        port = free_port()
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": url,
            "DATA_KEY": new_key(),
            "HTTP_BIND": f"127.0.0.1:{port}",
            "LOCALE": "en",
            "SLACK_API_URL": chat.api_url,
            "SLACK_APP_TOKEN": chat.app_token,
            "SLACK_BOT_TOKEN": chat.bot_token,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", command, cwd=folder, env=env, stderr=PIPE
        )
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()


async def _says(address: str, path: str) -> tuple[int, str]:
    try:
        async with aiohttp.ClientSession() as session, session.get(address + path) as answer:
            return answer.status, await answer.text()
    except aiohttp.ClientError:
        return 0, ""


async def _until(address: str, status: int) -> str:
    async with asyncio.timeout(PATIENCE):
        while True:
            found, text = await _says(address, "/readyz")
            if found == status:
                return text
            await asyncio.sleep(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["run", pytest.param("worker", marks=pytest.mark.long)])
async def test_a_server_that_is_away_at_start_is_waited_for(
    tmp_path: Path, server: Server, command: str
) -> None:
    await server.stop_hard()
    async with _process(command, server.url, tmp_path) as (process, address):
        assert (await _until(address, 503)).startswith(AWAY)
        assert await _says(address, "/healthz") == (200, "ok\n")
        await server.start()
        assert await _until(address, 200) == "ok\n"
        process.send_signal(signal.SIGTERM)
        _, log = await process.communicate()
    assert process.returncode == 0
    told = [
        line.partition("WARNING ")[2] for line in log.decode().splitlines() if AWAY[10:] in line
    ]
    assert told
    assert len(set(told)) == len(told)


@pytest.mark.slow
async def test_a_program_that_waits_for_its_server_ends_when_it_is_told_to(
    tmp_path: Path, server: Server
) -> None:
    await server.stop_hard()
    async with _process("run", server.url, tmp_path) as (process, address):
        assert (await _until(address, 503)).startswith(AWAY)
        process.send_signal(signal.SIGTERM)
        await process.communicate()
    assert process.returncode == 0


@pytest.mark.slow
async def test_what_no_waiting_mends_ends_the_start(tmp_path: Path, server: Server) -> None:
    url = server.url.replace("/postgres", "/nowhere")
    async with _process("run", url, tmp_path) as (process, _):
        _, log = await process.communicate()
    assert process.returncode == 2
    assert "nowhere" in log.decode()
