"""kill -9 in the middle of the work: nobody misses a message, and nobody gets one twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from storm import Storm, lost_and_doubled

from bench.company import open_cycle, with_people
from bench.local import workspace_of
from storage.notice import State

PEOPLE, KILLS = 400, 8
"""`make soak` has 2,000 people and 20 kills."""


@pytest.mark.slow
async def test_killed_bots_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261126)  # noqa: S311 - a storm that comes again as it was
    async with with_people(PEOPLE) as kept, workspace_of(PEOPLE) as (server, _):
        async with kept.opened() as deps:
            await open_cycle(deps)
        storm = Storm(kept, server, tmp_path / "log", chance)
        try:
            await storm.rage(KILLS, PEOPLE)
            ledger = await storm.calm()
        finally:
            await storm.end()
        assert {one.state for one in ledger} == {State.SENT}
        assert len(ledger) >= PEOPLE
        assert lost_and_doubled(storm, ledger) == ([], [])
        assert storm.killed == KILLS
