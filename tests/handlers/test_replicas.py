"""Two bots on one PostgreSQL do at once what is to be done once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import world
from world import DATES, NOON, Home, home, open_cycle, opened, review_of, self_answers

from handlers import cycles
from handlers.answers import Answer, Done, Says
from handlers.dispatch import dispatch
from handlers.events import Event, Submitted
from handlers.ports import Deps
from handlers.work import Work
from review.errors import CycleAlreadyOpen
from review.stages import Stage
from scheduler.advance_cycles import advance_cycles
from storage import database


@asynccontextmanager
async def two_homes(
    folder: Path, url: str, now: datetime = NOON
) -> AsyncIterator[tuple[Home, Home]]:
    """One company, and two bots that know nothing of each other but the database."""
    async with home(folder, now=now, url=url) as first:
        other = await database.open(url, first.deps.database._keyring)
        try:
            yield first, replace(first, deps=replace(first.deps, database=other))
        finally:
            await other.close()


async def _opens(place: Home) -> str:
    deps = place.deps
    try:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=place.clock.now())
            await cycles.open_cycle(cycles.OpenCycle(name="2026Q3", dates=DATES), "hr", work)
    except CycleAlreadyOpen:
        return "was open"
    return "opened"


async def test_a_cycle_is_opened_once(tmp_path: Path, postgres_url: str) -> None:
    async with two_homes(tmp_path, postgres_url) as both:
        said = await asyncio.gather(*(_opens(place) for place in both * 3))
        assert Counter(said) == {"opened": 1, "was open": 5}
        async with both[0].deps.database.begin(write=False) as tx:
            records = await tx.reviews.in_cycle("2026Q3")
            trail = await tx.audit.of("2026Q3")
    assert len({one.employee_id for one in records}) == len(records) > 0
    assert [line.event for line in trail] == ["cycle.opened"]


async def test_days_that_come_are_seen_once(tmp_path: Path, postgres_url: str) -> None:
    async with two_homes(tmp_path, postgres_url) as both:
        cycle = await open_cycle(both[0])
        both[0].clock.moment += timedelta(days=9)
        await asyncio.gather(*(advance_cycles(place.deps) for place in both * 3))
        async with both[0].deps.database.begin(write=False) as tx:
            records = await tx.reviews.in_cycle(cycle.id)
            trail = await tx.audit.of_all([one.id for one in records])
    assert {one.stage for one in records} == {Stage.MANAGER_REVIEW}
    assert Counter(line.event for line in trail) == {
        "self_review.opened": len(records),
        "self_review.closed": len(records),
    }


async def test_one_event_at_two_bots_is_handled_once_and_answered_alike(
    tmp_path: Path, postgres_url: str
) -> None:
    async with two_homes(tmp_path, postgres_url) as both:
        event = await _filled_in(both[0])
        said = await asyncio.gather(*(dispatch(event, place.deps) for place in both * 3))
        assert said == [Done()] * 6
        async with both[0].deps.database.begin(write=False) as tx:
            found = await tx.reviews.get(event.subject)
            trail = await tx.audit.of(event.subject)
    assert found is not None
    assert found.stage is Stage.MANAGER_REVIEW
    assert Counter(line.event for line in trail)["self_review.sent"] == 1


async def test_a_form_sent_twice_at_once_from_two_devices_counts_once(
    tmp_path: Path, postgres_url: str
) -> None:
    async with two_homes(tmp_path, postgres_url) as both:
        event = await _filled_in(both[0])
        events = [replace(event, identity=f"device:{number}") for number in range(4)]
        said = await asyncio.gather(
            *(dispatch(one, place.deps) for one, place in zip(events, both * 2, strict=True))
        )
        assert said.count(Done()) == 1
        assert [type(one) for one in said if one != Done()] == [Says] * 3
        async with both[0].deps.database.begin(write=False) as tx:
            trail = await tx.audit.of(event.subject)
            left = await tx.drafts.of("e1")
    assert Counter(line.event for line in trail)["self_review.sent"] == 1
    assert left == ()


async def test_what_comes_while_a_cycle_closes_is_in_it_or_is_refused(
    tmp_path: Path, postgres_url: str
) -> None:
    async with two_homes(tmp_path, postgres_url) as (first, second):
        event = await _filled_in(first)
        closing = asyncio.Event()

        async def close() -> None:
            async with first.deps.database.begin() as tx:
                work = Work(tx=tx, company=first.deps.company, now=first.clock.now())
                await cycles.close_cycle("2026Q3", "hr", work)
                closing.set()
                await asyncio.sleep(0.3)

        task = asyncio.create_task(close())
        await closing.wait()
        said = await dispatch(event, second.deps)
        await task
        async with first.deps.database.begin(write=False) as tx:
            found = await tx.reviews.get(event.subject)
    assert isinstance(said, Says)
    assert found is not None
    assert found.self_at is None


async def _filled_in(place: Home) -> Submitted:
    """A self-review that is filled in and not sent yet: what sends it."""
    cycle = await open_cycle(place)
    sent: list[Submitted] = []

    async def noted(event: Event, deps: Deps) -> Answer:
        if isinstance(event, Submitted):
            sent.append(event)
            if event.who.id == "T-e1" and event.step == last:
                return Done()
        return await dispatch(event, deps)

    last = -1
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(world, "dispatch", noted)
        for who in ("e2", "e1"):
            review = await review_of(place, cycle, who)
            form = opened(await place.press(who, "self_review.open", review))
            await place.fill(who, form, self_answers(place))
            last = sent[-1].step
    assert sent[-1].subject == review
    return sent[-1]
