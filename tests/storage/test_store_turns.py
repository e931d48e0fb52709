from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

import pytest
from disks import held
from storage_samples import opened, person, url_in

from storage import engine
from storage.database import Database
from storage.errors import LockedError

PATIENCE = 0.5


async def _write(base: Database, name: str, *, takes: float = 0) -> str:
    try:
        async with base.begin(patience=PATIENCE) as work:
            await work.people.put_all([person(name)])
            await asyncio.sleep(takes)
    except LockedError:
        return "locked"
    return "written"


async def test_a_queue_that_takes_long_turns_nobody_away(tmp_path: Path) -> None:
    async with opened(url_in(tmp_path)) as base:
        said = await asyncio.gather(
            _write(base, "first", takes=2 * PATIENCE),
            *(_write(base, f"e{number}", takes=PATIENCE / 2) for number in range(6)),
        )
        async with base.begin(write=False) as work:
            names = [one.employee_id for one in await work.people.all()]
    assert said == ["written"] * 7
    assert len(names) == 7


async def test_who_comes_while_another_is_at_work_waits_too(tmp_path: Path) -> None:
    async with opened(url_in(tmp_path)) as base:
        started = asyncio.create_task(_write(base, "first", takes=3 * PATIENCE))
        await asyncio.sleep(PATIENCE / 2)
        assert await _write(base, "second") == "written"
        assert await started == "written"


@pytest.mark.parametrize("first", ["a press", "a job"])
async def test_a_held_database_turns_all_away_in_time_and_serves_all_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 10_000 if first == "a press" else 1_500)
    async with opened(url_in(tmp_path)) as base:
        with held(tmp_path / "nosurprise.db"):
            begun = time.monotonic()
            job = asyncio.create_task(_patient(base)) if first == "a job" else None
            await asyncio.sleep(0)
            said = await asyncio.gather(*(_write(base, f"e{number}") for number in range(30)))
            took = time.monotonic() - begun
        assert said == ["locked"] * 30
        assert PATIENCE <= took < 1.4
        if job is not None:
            await job
        said = await asyncio.gather(*(_write(base, f"e{number}") for number in range(30)))
        assert said == ["written"] * 30


async def _patient(base: Database) -> None:
    with suppress(LockedError):
        async with base.begin() as work:
            await work.people.put_all([person("job")])
