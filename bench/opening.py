"""Opening a cycle: time, statements and memory, each size in a process of its own."""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import sys
import time

from bench.company import open_cycle, with_people
from bench.figures import Figure, exponent
from bench.processes import answer_of

SIZES = (1_000, 10_000)
TIMES = 3
WARM = 20
"""People of the cycle that is opened before, so that nothing is done for the first time."""
PEER = "an open-source peer, as given: 1,000 people in 81 s with 77 statements each"


async def figures() -> list[Figure]:
    """What it costs, and how that grows."""
    took: dict[int, float] = {}
    statements, peak = 0.0, 0.0
    for size in SIZES:
        runs = [await answer_of("bench.opening", str(size)) for _ in range(TIMES)]
        took[size] = statistics.median(run["seconds"] for run in runs)
        statements = max(run["statements"] / size for run in runs)
        peak = max(run["peak_mb"] for run in runs)
    small, large = SIZES
    return [
        Figure(
            name=f"open a cycle, {small:,} people",
            value=took[small],
            unit="s",
            goal=PEER,
            means=f"One transaction, from the call to the commit; the median of {TIMES} new "
            "processes. The peer's figures are quoted, not measured here.",
        ),
        Figure(
            name=f"open a cycle, {large:,} people",
            value=took[large],
            unit="s",
            limit=2,
            means="The same with ten times the people.",
        ),
        Figure(
            name="statements a person",
            value=statements,
            limit=0.1,
            means=f"SQL statements of that transaction at {large:,} people, by each of them.",
        ),
        Figure(
            name="growth (exponent)",
            value=exponent((small, took[small]), (large, took[large])),
            limit=1.05,
            means="Logarithm of the ratio of the two times, by that of the sizes: 1 is in "
            "proportion.",
        ),
        Figure(
            name=f"peak memory, {large:,} people",
            value=peak,
            unit="MB",
            means="Most resident memory of the process that opened it, program and all.",
        ),
    ]


async def _measure(size: int) -> None:
    async with with_people(WARM) as kept, kept.opened() as deps:
        await open_cycle(deps)
    async with with_people(size) as kept, kept.opened() as deps:
        started = time.perf_counter()
        with deps.database.count_statements() as counted:
            await open_cycle(deps)
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"seconds": seconds, "statements": counted.count, "peak_mb": peak}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(_measure(int(sys.argv[1])))
