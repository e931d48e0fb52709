"""The cycle that a review belongs to."""

from __future__ import annotations

from handlers.work import Work
from review.cycle import Cycle
from review.errors import CycleClosed
from review.record import Review


async def cycle_of(review: Review, work: Work) -> Cycle:
    """The review's cycle. Raises CycleClosed if it is over."""
    cycle = await work.tx.cycles.get(review.cycle)
    if cycle is None:
        raise LookupError(review.cycle)
    if cycle.closed_at is not None:
        raise CycleClosed(cycle.name)
    return cycle
