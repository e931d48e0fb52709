"""Changes kept in one transaction: all at once, and none spoils another."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from world import NOON, home

from handlers.work import Work
from scheduler.together import Change, Together
from storage.errors import FullError


def marks(rule: str, *, fails: bool = False) -> Change:
    """Writes a mark; perhaps something is wrong with it then."""

    async def change(work: Work) -> str:
        await work.tx.occurrences.set_mark(rule, NOON)
        if fails:
            raise ValueError(rule)
        return rule

    return change


async def test_all_who_come_meanwhile_share_one_transaction(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        turns: list[float] = []
        place.deps.database.waited = turns.append
        together = Together(place.deps)
        kept = await asyncio.gather(*(together.keep(marks(f"m/{one}")) for one in range(20)))
        assert kept == [f"m/{one}" for one in range(20)]
        assert len(turns) == 1
        async with place.deps.database.begin(write=False) as tx:
            assert len(await tx.occurrences.marks("m/")) == 20


async def test_what_is_kept_is_committed_before_its_caller_goes_on(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        together = Together(place.deps)
        await together.keep(marks("m/1"))
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.occurrences.mark("m/1") == NOON


async def test_a_change_that_fails_takes_nothing_with_it(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        together = Together(place.deps)
        changes = [marks("m/1"), marks("m/2", fails=True), marks("m/3")]
        first, second, third = await asyncio.gather(
            *map(together.keep, changes), return_exceptions=True
        )
        assert (first, third) == ("m/1", "m/3")
        assert isinstance(second, ValueError)
        async with place.deps.database.begin(write=False) as tx:
            assert set(await tx.occurrences.marks("m/")) == {"1", "3"}


async def test_a_database_that_takes_nothing_is_told_to_everybody_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with home(tmp_path) as place:
        together, asked = Together(place.deps), []

        def full(**more: object) -> object:
            asked.append(more)
            raise FullError(file="home.db")

        monkeypatch.setattr(place.deps.database, "begin", full)
        ended = await asyncio.gather(
            *(together.keep(marks(f"m/{one}")) for one in range(5)), return_exceptions=True
        )
        assert [type(one) for one in ended] == [FullError] * 5
        assert len(asked) == 1


async def test_whoever_is_cancelled_leaves_the_others_their_change(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        together = Together(place.deps)
        gone = asyncio.create_task(together.keep(marks("m/1")))
        stays = asyncio.create_task(together.keep(marks("m/2")))
        await asyncio.sleep(0)
        gone.cancel()
        assert await stays == "m/2"
        await together.end()
        async with place.deps.database.begin(write=False) as tx:
            assert "2" in await tx.occurrences.marks("m/")
        assert await together.keep(marks("m/3")) == "m/3"
