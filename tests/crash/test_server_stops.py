"""A server that stops hard in the middle, and a worker that sleeps through its claim."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hard_server import Server, server
from storm import Storm, lost_and_doubled

from bench.company import open_cycle, with_people
from bench.local import workspace_of
from bench.quick_bot import SPEED
from scheduler.claim import LEASE
from storage.notice import State

__all__ = ["server"]
PEOPLE = 90
DOWN = 2.0
"""Seconds that the server is away."""


@asynccontextmanager
async def _storm(folder: Path, url: str, *commands: str) -> AsyncIterator[Storm]:
    """Bot and workers, with everybody's messages on their way."""
    async with with_people(PEOPLE, url) as kept, workspace_of(PEOPLE) as (chat, _):
        async with kept.opened() as deps:
            await open_cycle(deps)
        chance = random.Random(1)  # noqa: S311 - made up
        storm = Storm(kept, chat, folder / "log", chance, commands)
        try:
            for command in commands:
                await storm.start(command)
            yield storm
            ledger = await storm.calm()
        finally:
            await storm.end()
        assert {one.state for one in ledger} == {State.SENT}
        assert len(ledger) >= PEOPLE
        assert lost_and_doubled(storm, ledger) == ([], [])


@pytest.mark.slow
@pytest.mark.long
async def test_a_server_that_stops_hard_and_comes_back_costs_no_message(
    tmp_path: Path, server: Server
) -> None:
    async with _storm(tmp_path, server.url, "run", "worker") as storm:
        for share in (3, 2):
            await storm.until(PEOPLE // share)
            await server.stop_hard()
            await asyncio.sleep(DOWN)
            await server.start()
        assert [bot.returncode for bot in storm.bots] == [None, None], storm.log.read_text()


@pytest.mark.slow
@pytest.mark.long
async def test_a_worker_that_slept_through_its_claims_sends_nothing_twice(
    tmp_path: Path, postgres_url: str
) -> None:
    async with _storm(tmp_path, postgres_url, "run", "worker", "worker") as storm:
        await storm.until(PEOPLE // 4)
        sleeper: Process = storm.bots[1]
        for share in (3, 2):
            os.kill(sleeper.pid, signal.SIGSTOP)
            await storm.until(PEOPLE // share)
            await asyncio.sleep(2 * LEASE.total_seconds() / SPEED)
            os.kill(sleeper.pid, signal.SIGCONT)
            await asyncio.sleep(0.5)
        assert sleeper.returncode is None
