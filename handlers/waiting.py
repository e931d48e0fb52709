"""Everything that waits for people, of all subjects; a new subject is one entry here."""

from __future__ import annotations

from handlers import calibration, goal_waits, held, manager_review, self_review, sign_waits
from handlers.waits import Source
from handlers.work import Work
from prompts.screens.status import Waiting
from review.people import Person

SOURCES: tuple[Source, ...] = (
    *goal_waits.WAITS,
    self_review.WAITS,
    manager_review.WAITS,
    calibration.WAITS,
    sign_waits.WAITS_SKIP,
    sign_waits.WAITS_HR,
    held.WAITS_HOLD,
    held.WAITS_ACKNOWLEDGE,
)
"""In the order in which they are told of where they are due on one day."""


async def things_for(person: Person, work: Work) -> tuple[Waiting, ...]:
    """All that waits for somebody in the running cycles, the earliest deadline first."""
    found = [
        thing
        for cycle in await work.tx.cycles.running()
        for source in SOURCES
        for thing in await source.find(person, cycle, work)
    ]
    return tuple(sorted(found, key=lambda thing: thing.due))
