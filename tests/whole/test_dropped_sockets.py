"""Connections that end again and again while people work: nobody notices."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from cycle_story import end_state, play
from place import Place, place

DROPS = 20
SOON = 6
"""Seconds; slack_sdk by itself may take ten to see that a connection is broken."""
BOSS = "N0007"


async def _drop(here: Place) -> int:
    """End the connection so many times, in each of the three ways; how often it was done."""
    faults = here.server.faults
    ways = (faults.drop_sockets, faults.cut_sockets, faults.refresh_sockets)
    done = 0
    for number in range(DROPS):
        await here.workspace.settled(quiet=0.001, timeout=30)
        await ways[number % len(ways)]()
        done += 1
        await here.workspace.until(lambda: here.server.sockets.connections, timeout=SOON)
        await asyncio.sleep(0.05)
    return done


@pytest.mark.long
async def test_a_company_ends_alike_although_the_connection_ends_twenty_times(
    tmp_path: Path,
) -> None:
    quiet, shaky = tmp_path / "quiet", tmp_path / "shaky"
    quiet.mkdir()
    shaky.mkdir()
    async with place(quiet, count=10) as here:
        cycle = await here.open_cycle()
        await play(here, cycle)
        expected = await end_state(here, cycle)
    async with place(shaky, count=10) as here:
        cycle = await here.open_cycle()
        dropping = asyncio.create_task(_drop(here))
        await play(here, cycle)
        while not dropping.done():
            await here.who[BOSS].command("/review help")
            await asyncio.sleep(0.02)
        assert await dropping == DROPS
        assert await end_state(here, cycle) == expected
        assert not any(here.workspace.troubles.values())
