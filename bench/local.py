"""A local workspace with the company in it, and the real bot beside it in a process of its own."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bench.company import CYCLE, MORNING, Kept
from bench.processes import free_port, running
from sandbox.slack.people import Person
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace
from storage.notice import State

LOOK = 1.0
"""Seconds between two looks."""
QUICK = (sys.executable, "-m", "bench.quick_bot", "run")
ALL_TODAY = MORNING + timedelta(hours=4)


@asynccontextmanager
async def workspace_of(count: int) -> AsyncIterator[tuple[SlackServer, list[Person]]]:
    """A server whose workspace has that many people, the first of them in #hr."""
    workspace = Workspace("Bench", ack_seconds=60)
    workspace.app.events = {"app_home_opened"}
    people = [
        workspace.add_user(f"p{number}", real_name=f"Person {number}", tz="Asia/Shanghai")
        for number in range(count)
    ]
    workspace.add_channel("hr", members=people[:1])
    async with SlackServer(workspace) as server:
        yield server, people


@asynccontextmanager
async def bot_on(server: SlackServer, kept: Kept, *command: str) -> AsyncIterator[Process]:
    """The bot, listening to that workspace."""
    async with running(*command, folder=kept.folder, env=settings(server, kept)) as process:
        await connected(server)
        yield process


def settings(server: SlackServer, kept: Kept) -> dict[str, str]:
    """Of a bot on that database in that workspace, with a port of its own for its health."""
    return {
        "DATABASE_URL": kept.url,
        "DATA_KEY": kept.key,
        "HR_ADMINS": "p0",
        "HTTP_BIND": f"127.0.0.1:{free_port()}",
        "LOCALE": "en",
        "LOG_LEVEL": "ERROR",
        "SLACK_API_URL": server.api_url,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_HR_CHANNEL": "#hr",
    }


async def connected(server: SlackServer) -> None:
    """Return once an app listens."""
    await server.workspace.until(lambda: server.sockets.connections > 0, timeout=30)


async def open_and_deliver(hr: Person, kept: Kept, people: int) -> None:
    """HR opens the cycle in the chat, and everybody's messages arrive."""
    async with kept.opened() as deps:
        while True:
            async with deps.database.begin(write=False) as tx:
                running_now = await tx.cycles.running()
                every = await tx.outbox.ledger()
            sent = sum(one.state is State.SENT for one in every)
            waiting = [one for one in every if one.state in {State.PENDING, State.SENDING}]
            if sent >= people and not any(one.due <= ALL_TODAY for one in waiting):
                return
            if not running_now:  # perhaps the bot has not matched the accounts yet
                await hr.command(f"/review open {CYCLE}")
            await asyncio.sleep(LOOK)
