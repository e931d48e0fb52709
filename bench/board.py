"""The distribution board of a large company."""

from __future__ import annotations

import json
import random
import statistics
import sys
import time

from bench.company import tree
from bench.figures import Figure
from bench.processes import answer_of
from review import distribution, tails
from review.groups import Ratings
from review.policy import Policy
from review.roster import Roster

SIZES = (10_000, 100_000)
TIMES = 5
SEED = 1
SHARES = (1, 5, 14, 15, 54, 4, 4, 3)
"""How often each of the scale's eight steps is given, in percent."""


async def figures() -> list[Figure]:
    """Roster and ratings to board."""
    limits = {100_000: 0.5}
    return [
        Figure(
            name=f"distribution board, {size:,} people",
            value=await answer_of("bench.board", str(size)),
            unit="s",
            limit=limits.get(size),
            means="From people and ratings to every breach: the tree, a group a manager (nine "
            "reports each) and department, exact tails that none was asked for before, the "
            f"family of all tests; the median of {TIMES} in a process of its own.",
        )
        for size in SIZES
    ]


def _measure(size: int) -> float:
    people, policy = tree(size), Policy()
    chance = random.Random(SEED)  # noqa: S311  a made-up company
    given = chance.choices([step.score for step in policy.scale], SHARES, k=size)
    ratings: Ratings = {one.employee_id: rating for one, rating in zip(people, given, strict=True)}
    took = []
    for _ in range(TIMES):
        tails.at_least.cache_clear()
        started = time.perf_counter()
        distribution.board(ratings, Roster.of(people), policy)
        took.append(time.perf_counter() - started)
    return statistics.median(took)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(int(sys.argv[1]))))
