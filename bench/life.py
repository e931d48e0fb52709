"""The running bot: how soon it is ready after an end or a crash, and what idling costs."""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import time
from asyncio.subprocess import Process
from pathlib import Path

import aiohttp

from bench.company import Kept, open_cycle, with_people
from bench.figures import Figure
from bench.local import settings, workspace_of
from bench.processes import NOSURPRISE, running
from sandbox.slack.server import SlackServer

PEOPLE = 1_000
TIMES = 5
LOOK = 0.02
SETTLE, WATCHED = 5, 20
"""Seconds after which it idles, and for which it is watched then."""


async def figures() -> list[Figure]:
    """Seconds from its start until /readyz says so, and the processor's share while idle."""
    async with with_people(PEOPLE) as kept, workspace_of(PEOPLE) as (server, _):
        ended = [await _ready(server, kept, signal.SIGTERM) for _ in range(TIMES)]
        async with kept.opened() as deps:
            await open_cycle(deps)
        crashed = [await _ready(server, kept, signal.SIGKILL) for _ in range(TIMES)]
    async with with_people(PEOPLE) as kept, workspace_of(PEOPLE) as (server, _):
        env = settings(server, kept)
        async with running(NOSURPRISE, "run", folder=kept.folder, env=env) as bot:
            await _until_ready(env["HTTP_BIND"], bot)
            await asyncio.sleep(SETTLE)
            before = _spent(bot)
            await asyncio.sleep(WATCHED)
            idle = (_spent(bot) - before) / WATCHED * 100
    return [
        Figure(
            name="restart to ready",
            value=statistics.median(ended[1:]),
            unit="s",
            means=f"From the start of `nosurprise run` with {PEOPLE:,} people until /readyz "
            f"answers 200, after a SIGTERM; the median of {TIMES - 1}.",
        ),
        Figure(
            name="restart to ready after kill -9 in the middle of a launch",
            value=statistics.median(crashed[1:]),
            unit="s",
            means="The same with a cycle's messages on their way.",
        ),
        Figure(
            name="processor, idle",
            value=idle,
            unit="%",
            means=f"Of one core, over {WATCHED} s in which nothing happens.",
        ),
    ]


async def _ready(server: SlackServer, kept: Kept, ended_by: signal.Signals) -> float:
    env = settings(server, kept)
    began = time.perf_counter()
    async with running(NOSURPRISE, "run", folder=kept.folder, env=env) as bot:
        await _until_ready(env["HTTP_BIND"], bot)
        took = time.perf_counter() - began
        bot.send_signal(ended_by)
        await bot.wait()
    return took


async def _until_ready(address: str, bot: Process) -> None:
    async with aiohttp.ClientSession() as session:
        while bot.returncode is None:
            try:
                async with session.get(f"http://{address}/readyz") as answer:
                    if answer.status == 200:  # noqa: PLR2004
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(LOOK)
    raise RuntimeError(f"the bot ended with {bot.returncode}")


def _spent(bot: Process) -> float:
    """Seconds of processor time that the process took so far."""
    line = Path(f"/proc/{bot.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(line[11]) + int(line[12])) / os.sysconf("SC_CLK_TCK")
