"""A cycle on PostgreSQL, where Procrastinate's workers send, ends as it does on a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cycle_story import end_state, play
from place import AFTERNOON, place

COUNT = 10


@pytest.mark.slow
async def test_a_cycle_ends_alike_on_either_database(tmp_path: Path, postgres_url: str) -> None:
    found = []
    settings: dict[str, dict[str, Any]] = {"file": {}, "server": {"database_url": postgres_url}}
    for name, more in settings.items():
        folder = tmp_path / name
        folder.mkdir()
        async with place(folder, count=COUNT, start=AFTERNOON, **more) as here:
            cycle = await here.open_cycle()
            await play(here, cycle)
            found.append(await end_state(here, cycle))
            assert not any(here.workspace.troubles.values())
    on_file, on_server = found
    assert any(review["stage"] == "skip_level" for review in on_server.reviews.values())
    assert on_server == on_file


@pytest.mark.slow
async def test_a_cycle_survives_presses_that_come_twice_and_in_disorder(
    tmp_path: Path, postgres_url: str
) -> None:
    async with place(tmp_path, count=COUNT, start=AFTERNOON, database_url=postgres_url) as here:
        cycle = await here.open_cycle()
        here.workspace.faults.repeat_all = True
        await play(here, cycle, backwards=True)
        found = await end_state(here, cycle)
    once = {(who, kind): times for (who, kind), times in found.posts.items() if kind != "reminder"}
    assert once
    assert max(once.values()) == 1
