"""Who writes and who rates when, in a quarter of the sample company."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.demo.cast import LEAD, TO_RATE
from sandbox.company import Person
from sandbox.company.words import number

WRITTEN, RATED, EVERYBODY = 31, 17, 38
"""How many of the sample company's people are that far when the visitor comes, and of how many."""
A_MOMENT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, order=True)
class Deed:
    """Somebody's self-review is sent, or they are rated."""

    at: datetime
    rating: bool
    """Of one moment, self-reviews come first."""
    employee: str


@dataclass(frozen=True, slots=True)
class Times:
    """The moments between which things happen."""

    opened: datetime
    visit: datetime
    """When the visitor comes."""
    self_due: datetime
    manager_due: datetime


def diary(company: Iterable[Person], reviewed: set[str], times: Times) -> tuple[Deed, ...]:
    """All deeds, in their order.

    The lead and their team are ahead of all others, but for the one whom the visitor will rate.
    The last of all writes nothing: the deadline passes for somebody. Two runs tell the same story.
    """
    order = sorted(
        (one for one in company if one.employee_id in reviewed),
        key=lambda one: (
            LEAD not in {one.manager_id, one.employee_id},
            number(one.employee_id, one.seed),
        ),
    )
    writers, rated = [one.employee_id for one in order], _rated(order)
    share = len(order) / EVERYBODY
    wrote, given = round(WRITTEN * share), round(RATED * share)
    writing = [
        *_spread(writers[:wrote], times.opened, times.visit, rating=False),
        *_spread(writers[wrote:-1], times.visit, times.self_due, rating=False),
    ]
    in_time = {deed.employee: deed.at for deed in writing if deed.at <= times.visit}
    first = [one for one in rated if one in in_time][:given]
    rest = [one for one in writers if one not in {*first, TO_RATE}]
    rating = [
        *_spread(first, times.opened, times.visit, rating=True),
        *_spread(rest, times.visit, times.manager_due, rating=True),
    ]
    written = {deed.employee: deed.at for deed in writing}
    after = [replace(one, at=max(one.at, written.get(one.employee, one.at))) for one in rating]
    return tuple(sorted([*writing, *after]))


def _rated(order: Sequence[Person]) -> list[str]:
    """All but the last of each team, so that every manager has somebody left to rate."""
    teams: dict[str | None, list[str]] = {}
    for one in order:
        if one.employee_id != TO_RATE:
            teams.setdefault(one.manager_id, []).append(one.employee_id)
    return [
        one for manager, team in teams.items() for one in (team if manager == LEAD else team[:-1])
    ]


def _spread(who: Sequence[str], after: datetime, until: datetime, *, rating: bool) -> list[Deed]:
    """One after another, the last a moment before `until`."""
    room = until - A_MOMENT - after
    return [
        Deed(after + room * place / len(who), rating, one) for place, one in enumerate(who, start=1)
    ]
