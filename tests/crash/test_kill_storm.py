"""kill -9 in the middle of the work: nobody misses a message, and nobody gets one twice."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from storm import Storm, lost_and_doubled

from bench.company import open_cycle, with_people
from bench.local import workspace_of
from storage.notice import State

PEOPLE, KILLS = 60, 3
"""STORM_PEOPLE=2000 STORM_KILLS=20 for the full storm."""
ONE, MANY = ("run",), ("run", "worker", "worker")


async def _storm(folder: Path, commands: tuple[str, ...], server_url: str | None = None) -> None:
    people = int(os.environ.get("STORM_PEOPLE", PEOPLE))
    kills = int(os.environ.get("STORM_KILLS", KILLS))
    chance = random.Random(20261126)  # noqa: S311 - a storm that comes again as it was
    async with (
        with_people(people, server_url) as kept,
        workspace_of(people) as (server, _),
    ):
        async with kept.opened() as deps:
            await open_cycle(deps)
        storm = Storm(kept, server, folder / "log", chance, commands)
        try:
            await storm.rage(kills, people)
            ledger = await storm.calm()
        finally:
            await storm.end()
        assert {one.state for one in ledger} == {State.SENT}
        assert len(ledger) >= people
        assert lost_and_doubled(storm, ledger) == ([], [])
        assert storm.killed == kills


@pytest.mark.slow
async def test_killed_bots_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    await _storm(tmp_path, ONE)


@pytest.mark.slow
@pytest.mark.long
async def test_killed_bots_and_workers_on_a_server_lose_nothing_and_repeat_nothing(
    tmp_path: Path, postgres_url: str
) -> None:
    await _storm(tmp_path, MANY, postgres_url)
