"""HTTP mode: signed requests instead of a socket."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
from place import AFTERNOON, StoryClock
from place_http import free_port, http_settings

from bot.app import Bot, build
from sandbox.slack import SlackServer, Workspace

SECRET_HEADERS = {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "1"}


async def test_a_signed_command_is_answered_and_a_forged_one_is_not(tmp_path: Path) -> None:
    workspace = Workspace("Shop")
    ana = workspace.add_user("ana", email="ana@shop.test")
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    async with SlackServer(workspace, request_url=url) as server:
        settings = http_settings(server, tmp_path, port)
        stop = asyncio.Event()
        async with build(settings, StoryClock(AFTERNOON)) as deps:
            bot = asyncio.create_task(Bot(deps, settings).run(stop))
            try:
                await _answers(url)
                await ana.command("/review help")
                async with aiohttp.ClientSession() as session:
                    forged = await session.post(url, data="command=x", headers=SECRET_HEADERS)
            finally:
                stop.set()
                await bot
    assert ana.ephemerals[-1].words == (
        "I can't find you in the company roster yet. Please ask HR to add you, and then come back "
        "to me."
    )
    assert forged.status == 401


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
