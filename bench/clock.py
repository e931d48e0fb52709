"""One look of the clock on a Monday morning, each company in a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta

from bench.company import open_cycle, with_people
from bench.figures import Figure
from bench.processes import answer_of
from scheduler.tick import plan

SIZE = 10_000
ORDINARY = datetime(2026, 11, 30, 1, 5, tzinfo=UTC)
"""A Monday, 9:05 in Shanghai, on which no deadline falls."""
DUE = datetime(2026, 10, 15, 1, 5, tzinfo=UTC)
"""The morning on which everybody's self-review is due."""


class Hands:
    """A clock that is set."""

    def __init__(self, moment: datetime) -> None:
        """It stands there."""
        self.moment = moment

    def now(self) -> datetime:
        """Where it stands."""
        return self.moment


async def figures() -> list[Figure]:
    """What the clock's look costs when little is to be said, and when everybody is written to."""
    found = []
    for name, moment, limit in (
        ("an ordinary Monday", ORDINARY, 2.0),
        ("everybody is reminded", DUE, None),
    ):
        run = await answer_of("bench.clock", str(SIZE), moment.isoformat())
        found += [
            Figure(
                name=f"the clock's look, {SIZE:,} people, {name}",
                value=run["seconds"],
                unit="s",
                limit=limit,
                means=f"All rules of time, {run['written']:,} messages written down; sending them "
                "is not in it.",
            ),
            Figure(
                name=f"statements a person, {name}",
                value=run["statements"] / SIZE,
                limit=0.1,
                means="SQL statements of that look, by each person.",
            ),
        ]
    return found


async def _measure(size: int, moment: datetime) -> None:
    async with with_people(size) as kept, kept.opened() as deps:
        await open_cycle(deps)
        for before in (3, 1):  # days: it looked then, so nothing is made up for
            object.__setattr__(deps, "clock", Hands(moment - timedelta(days=before)))
            await plan(deps)
        object.__setattr__(deps, "clock", Hands(moment))
        async with deps.database.begin(write=False) as tx:
            waiting = len(await tx.outbox.queue())
        started = time.perf_counter()
        with deps.database.count_statements() as counted:
            await plan(deps)
        seconds = time.perf_counter() - started
        async with deps.database.begin(write=False) as tx:
            written = len(await tx.outbox.queue()) - waiting
    found = {"seconds": seconds, "statements": counted.count, "written": written}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(_measure(int(sys.argv[1]), datetime.fromisoformat(sys.argv[2])))
