"""Closing a cycle where the company enforces its distribution, and where it only warns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from world import Home, home, open_cycle, opened, rating_answers, review_of, self_answers, team

from handlers import cycles
from handlers.work import Work
from review.cycle import Cycle
from review.errors import CycleClosed, OutOfPolicy
from review.policy import Distribution, Policy


async def rated(place: Home) -> Cycle:
    """Six people, each of them on top."""
    cycle = await open_cycle(place)
    for number in range(1, 7):
        who = f"e{number}"
        review = await review_of(place, cycle, who)
        form = opened(await place.press(who, "self_review.open", review))
        await place.fill(who, form, self_answers(place, "4.5"))
        form = opened(await place.press("mia", "rate:4.5", review))
        await place.fill("mia", form, rating_answers(place, "4.5", reason="So it is."))
    return cycle


async def close(place: Home) -> Cycle:
    async with place.deps.database.begin() as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return await cycles.close_cycle("2026q3", "hr", work)


async def test_an_enforced_distribution_stops_the_closing(tmp_path: Path) -> None:
    policy = replace(Policy(), distribution=Distribution(enforce=True))
    async with home(tmp_path, team(6), policy=policy) as place:
        cycle = await rated(place)
        with pytest.raises(OutOfPolicy):
            await close(place)
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.cycles.get(cycle.id) == cycle


async def test_a_distribution_that_only_warns_lets_it_close_once(tmp_path: Path) -> None:
    async with home(tmp_path, team(6)) as place:
        cycle = await rated(place)
        closed = await close(place)
        assert closed == replace(cycle, closed_at=closed.closed_at, revision=cycle.revision + 1)
        assert closed.closed_at is not None
        with pytest.raises(CycleClosed):
            await close(place)
