"""The rule that gives one-on-ones a time: once a day, in as many statements for few as for many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pairs_world import began, paired, talks
from world import team

from handlers.one_on_one_pairs import overdue_pairs
from handlers.one_on_one_plan import plan_all
from handlers.work import Work
from scheduler.one_on_ones import one_on_ones

DAY = timedelta(days=1)
LATER = datetime(2026, 10, 28, 4, tzinfo=UTC)


async def test_nothing_is_planned_before_the_company_uses_the_bot(tmp_path: Path) -> None:
    async with paired(tmp_path, team(12)) as place:
        await one_on_ones(place.deps)
        assert await talks(place) == []


async def test_a_second_look_and_a_clock_set_back_plan_nothing_more(tmp_path: Path) -> None:
    async with paired(tmp_path, team(12)) as place:
        await began(place)
        found = await talks(place)
        assert found
        assert len({one.pair for one in found}) == len(found)
        async with place.deps.database.begin() as tx:
            for one in found:
                await tx.one_on_ones.save(replace(one, starts_at=None, planned_at=None))
        for moment in (LATER - 20 * DAY, place.clock.moment):
            place.clock.moment = moment
            await one_on_ones(place.deps)
        assert {one.starts_at for one in await talks(place)} == {None}
        place.clock.moment += DAY
        await one_on_ones(place.deps)
        assert {one.starts_at for one in await talks(place)} != {None}


@pytest.mark.parametrize("size", [2, 40])
async def test_it_takes_as_many_statements_for_few_as_for_many(tmp_path: Path, size: int) -> None:
    async with paired(tmp_path, team(size)) as place:
        await began(place)
        place.clock.moment = LATER
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=LATER)
            with place.deps.database.count_statements() as planning:
                assert await plan_all(work)
            with place.deps.database.count_statements() as looking:
                await overdue_pairs(["mia", "boss"], work)
        assert (planning.count, looking.count) == (7, 5)
