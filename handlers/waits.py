"""What may wait for somebody: each subject says of itself when it is due and what it finds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from handlers.crowd import Crowd
from handlers.work import Work
from prompts.screens.status import Waiting
from review.cycle import Cycle
from review.people import EmployeeId, Person

Everybody = Callable[[Crowd], Awaitable[frozenset[EmployeeId]]]
Find = Callable[[Person, Cycle, Work], Awaitable[tuple[Waiting, ...]]]
Late = Callable[[Person, Cycle, Work], Awaitable[tuple[str, ...]]]


async def nobody(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:  # noqa: ARG001
    """Nobody is spoken of to the next level."""
    return ()


async def none_at_all(crowd: Crowd) -> frozenset[EmployeeId]:  # noqa: ARG001
    """Nobody has anybody to be told of."""
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of thing that waits, with the deadline that it is reminded of."""

    kind: str
    """Names its words: status.waits_<kind>, reminders.<kind>_before …"""
    due: Callable[[Cycle], date]
    find: Find
    """What waits for somebody in a cycle now; asked only where it may matter."""
    who: Everybody
    """For whom `find` finds something now, of all people at once: a deadline is everybody's."""
    late: Late = nobody
    """Names of those whom somebody should have a word with, once the deadline has passed."""
    who_late: Everybody = none_at_all
    """For whom `late` finds somebody, of all people at once."""
