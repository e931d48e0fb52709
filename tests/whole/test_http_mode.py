"""HTTP mode: signed requests instead of a socket."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from place import AFTERNOON
from place_http import free_port, http_settings
from story_clock import StoryClock

from bot.app import Bot, build
from sandbox.slack import SlackServer, Workspace
from sandbox.slack.people import Person

SECRET_HEADERS = {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "1"}
STRANGER = (
    "I can't find you in the company roster yet. Please ask HR to add you, "
    "and then come back to me."
)


@dataclass
class Shop:
    """A bot in HTTP mode, and one person."""

    ana: Person
    url: str
    stop: asyncio.Event
    bot: asyncio.Task[None]


@asynccontextmanager
async def shop(folder: Path) -> AsyncIterator[Shop]:
    workspace = Workspace("Shop")
    ana = workspace.add_user("ana", email="ana@shop.test")
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    async with SlackServer(workspace, request_url=url) as server:
        settings = http_settings(server, folder, port)
        stop = asyncio.Event()
        async with build(settings, StoryClock(AFTERNOON)) as deps:
            bot = asyncio.create_task(Bot(deps, settings).run(stop))
            try:
                await _answers(url)
                yield Shop(ana, url, stop, bot)
            finally:
                stop.set()
                await bot


async def test_a_signed_command_is_answered_and_a_forged_one_is_not(tmp_path: Path) -> None:
    async with shop(tmp_path) as here:
        await here.ana.command("/review help")
        async with aiohttp.ClientSession() as session:
            forged = await session.post(here.url, data="command=x", headers=SECRET_HEADERS)
    assert here.ana.ephemerals[-1].words == STRANGER
    assert forged.status == 401


async def test_what_was_asked_is_answered_before_the_end(tmp_path: Path) -> None:
    async with shop(tmp_path) as here:
        with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
            await _take(other)
            asked = asyncio.create_task(here.ana.command("/review remind later"))
            await asyncio.sleep(0.4)
            here.stop.set()
            await asyncio.sleep(0.4)
            assert not here.bot.done()
            other.execute("ROLLBACK")
        await asyncio.gather(here.bot, asked)
    assert here.ana.ephemerals[-1].words == STRANGER


async def _take(other: sqlite3.Connection) -> None:
    """Hold the database, once the bot is not writing; its loop is this one, so it must run on."""
    other.execute("PRAGMA busy_timeout = 0")
    while True:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            await asyncio.sleep(0.01)
        else:
            return


async def _answers(url: str) -> None:
    """Wait until somebody listens there."""
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                await session.get(url)
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.01)
            else:
                return
