"""People who were erased, where their ratings still count: somebody without a name or an id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from review.cycle import Cycle
from review.people import EmployeeId, Person
from review.stages import Stage
from storage.rating_counts import Alike
from storage.standings import Standing

_MARK = "#"
"""No employee's id begins so (review.roster_read)."""


def standings(cycle: Cycle, gone: Sequence[Alike]) -> tuple[Standing, ...]:
    """One for each rating of theirs in that cycle."""
    return tuple(
        Standing(
            id=someone,
            employee_id=someone,
            stage=Stage.CLOSED,
            rating=one.what.rating,
            k=one.what.k,
            self_at=cycle.opened_at if one.what.self_in else None,
            rated_at=cycle.opened_at,
            excluded_reason=None,
        )
        for one, someone in _each(gone)
        if one.what.cycle == cycle.id
    )


def people(gone: Sequence[Alike]) -> tuple[Person, ...]:
    """One for each rating of theirs in any cycle, where the person was in the company then."""
    return tuple(
        Person(
            employee_id=someone,
            name="",
            department=one.what.department,
            manager_id=one.what.manager,
        )
        for one, someone in _each(gone)
    )


def _each(gone: Sequence[Alike]) -> Iterator[tuple[Alike, EmployeeId]]:
    for one in gone:
        for number in range(one.times):
            yield one, f"{_MARK}{one.id}/{number}"
