"""By when what waits is sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from text_chat import TextChat
from world import NOON, home, open_cycle

from handlers.ports import Parcel
from scheduler.pace import Waiting, last, waiting
from scheduler.tick import plan

SECOND = timedelta(seconds=1)
GAPS = {False: SECOND / 5, True: SECOND}


def at(seconds: float) -> datetime:
    return NOON + seconds * SECOND


@pytest.mark.parametrize(
    ("queue", "wanted"),
    [
        ([(at(-60), False)] * 100, at(20)),
        ([(at(0), True)] * 30 + [(at(0), False)] * 100, at(30)),
        ([(at(0), False)] * 10 + [(at(3600), False)] * 10, at(3602)),
        ([(at(0), False)] * 100 + [(at(1), False)], at(20.2)),
    ],
)
def test_the_last_waits_for_those_before_it_and_for_its_time(
    queue: list[tuple[datetime, bool]], wanted: datetime
) -> None:
    assert last(queue, GAPS, NOON) == wanted


class SlowChat(TextChat):
    """One post in ten seconds."""

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        return () if parcel.ts else (("posts", 10.0, 1), (f"to {parcel.to}", 60.0, 1))


async def test_a_launch_says_how_many_wait_and_until_when(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        place.deps.messengers = {"text": SlowChat()}
        await open_cycle(place)  # its tick sends the first
        await plan(place.deps)
        async with place.deps.database.begin(write=False) as tx:
            left = await tx.outbox.queue()
            assert len(left) > 1
            assert {edit for _, edit in left} == {False}
            found = await waiting(tx, place.deps)
        assert found == Waiting(len(left), place.clock.now() + len(left) * 10 * SECOND)


async def test_nothing_is_said_where_nothing_waits_or_nothing_is_connected(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        async with place.deps.database.begin(write=False) as tx:
            assert await waiting(tx, place.deps) is None
        place.deps.messengers = {}
        await open_cycle(place)
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.outbox.queue()
            assert await waiting(tx, place.deps) is None
