"""SIGTERM: what is under way ends, the next bot goes on, nothing is lost and nothing is twice."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from storm import Storm, lost_and_doubled

from bench.company import CYCLE, open_cycle, with_people
from bench.local import connected, workspace_of
from sandbox.slack.people import Person
from storage.notice import State

PEOPLE = 120


@asynccontextmanager
async def _storm(tmp_path: Path, *, opened: bool = True) -> AsyncIterator[tuple[Storm, Person]]:
    """A bot beside a workspace, with messages to everybody on their way."""
    async with with_people(PEOPLE) as kept, workspace_of(PEOPLE) as (server, people):
        if opened:
            async with kept.opened() as deps:
                await open_cycle(deps)
        storm = Storm(kept, server, tmp_path / "log", random.Random(1))  # noqa: S311
        try:
            await storm.start("run")
            yield storm, people[0]
        finally:
            await storm.end()


async def _ended(storm: Storm) -> tuple[int | None, float]:
    """Tell the bot to stop; how it ended, and after how many seconds."""
    (bot,) = storm.bots
    begun = time.monotonic()
    bot.send_signal(signal.SIGTERM)
    await asyncio.wait_for(bot.wait(), 20)
    storm.bots.clear()
    return bot.returncode, time.monotonic() - begun


async def _states(storm: Storm) -> list[State]:
    async with storm.kept.opened() as deps, deps.database.begin(write=False) as tx:
        return [one.state for one in await tx.outbox.ledger()]


async def test_a_bot_told_to_stop_ends_what_it_sends_and_the_next_goes_on(tmp_path: Path) -> None:
    async with _storm(tmp_path) as (storm, _):
        await storm.until(10)
        code, seconds = await _ended(storm)
        assert code == 0, storm.log.read_text()
        assert seconds < 5
        states = await _states(storm)
        assert State.PENDING in states
        assert State.SENDING not in states
        await storm.start("run")
        ledger = await storm.calm()
        assert {one.state for one in ledger} == {State.SENT}
        assert lost_and_doubled(storm, ledger) == ([], [])
        assert "Traceback" not in storm.log.read_text()


async def test_a_call_that_never_ends_holds_nobody_up_and_is_looked_for_later(
    tmp_path: Path,
) -> None:
    async with _storm(tmp_path) as (storm, _):
        await storm.until(10)
        storm.server.faults.time_out("chat.postMessage", accepted=True)
        await storm.until(11)
        code, seconds = await _ended(storm)
        assert code == 0, storm.log.read_text()
        assert seconds < 10
        await storm.start("run")
        ledger = await storm.calm()
        assert lost_and_doubled(storm, ledger) == ([], [])


async def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    async with _storm(tmp_path) as (storm, _):
        await storm.until(10)
        storm.server.faults.time_out("chat.postMessage", times=99)
        await asyncio.sleep(0.5)
        (bot,) = storm.bots
        bot.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.5)
        assert bot.returncode is None
        begun = time.monotonic()
        bot.send_signal(signal.SIGTERM)
        await asyncio.wait_for(bot.wait(), 5)
        storm.bots.clear()
        assert bot.returncode == -signal.SIGTERM
        assert time.monotonic() - begun < 1


async def test_what_somebody_asked_is_answered_before_the_end(tmp_path: Path) -> None:
    async with _storm(tmp_path, opened=False) as (storm, hr):
        await connected(storm.server)
        await asyncio.sleep(1)  # its start is over
        file = storm.kept.url.removeprefix("sqlite+aiosqlite:///")
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            asked = asyncio.create_task(hr.command(f"/review open {CYCLE}"))
            await asyncio.sleep(0.5)
            ending = asyncio.create_task(_ended(storm))
            await asyncio.sleep(0.5)
            assert not ending.done()
            other.execute("ROLLBACK")
        code, _ = await ending
        await asked
        assert code == 0, storm.log.read_text()
        assert hr.ephemerals[-1].words.startswith(CYCLE)
