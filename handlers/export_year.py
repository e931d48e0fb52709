"""A year as plain data, for pay and promotion."""

from __future__ import annotations

from typing import Any

from handlers.watch import Watch, unwatched
from handlers.work import Work
from review import scale
from review.annual import Annual, Part, annual
from review.cycle import Cycle, is_year, parts_of
from review.errors_year import NotAYear
from review.people import Person
from review.record import Review
from review.rewards import bonus_factor, may_be_promoted, strong, trend
from review.score import GateState
from storage.years import YearSoFar

ANNUAL = (
    *("employee_id", "name", "department", "cycle", "track", "stage", "excluded_reason"),
    *("rating", "k", "v", "total", "suggested", "gate", "quarters", "counted", "not_rated"),
    *("values_trend", "values_slope", "values_added", "changed_since"),
    *("promotion", "promotion_quarters", "bonus_factor"),
)
"""Keys of a line in the export of a year, in their order."""
Gate = bool | str


async def years(cycle: Cycle, work: Work, watch: Watch = unwatched) -> list[dict[str, Any]]:
    """Everybody's year, by employee, with the keys of ANNUAL. Raises NotAYear.

    Of a rated year the quarters as they stood then; of another as they stand now. What follows
    from it (promotion, bonus factor) is null until it is rated.
    """
    if not is_year(cycle.name):
        raise NotAYear(cycle.name)
    found = await work.tx.reviews.in_cycle(cycle.id)
    ids = [one.employee_id for one in found]
    people = {one.employee_id: one for one in await work.tx.people.many(ids)}
    now = await work.tx.years.so_far(cycle.name, ids)
    long = await work.tx.years.of_cycles(_looked_back(cycle.name, work), ids)
    return [
        _line(one, people.get(one.employee_id), now[one.employee_id], long[one.employee_id], work)
        for one in watch(found)
    ]


def _looked_back(year: str, work: Work) -> list[str]:
    """The names of all periods in which the last that count for a promotion can lie."""
    back = work.company.policy.rewards.promotion_last // 2 + 1
    first = max(1000, int(year) - back)
    return [name for one in range(first, int(year) + 1) for name in parts_of(str(one))]


def _line(
    review: Review, person: Person | None, now: YearSoFar, long: YearSoFar, work: Work
) -> dict[str, Any]:
    policy, found, rating = work.company.policy, review.outcome, review.rating
    parts = now.parts if review.year is None else review.year
    made = annual(parts, policy, has_reports=False) if parts else None
    factor = None if rating is None else bonus_factor(rating, policy)
    return {
        "employee_id": review.employee_id,
        "name": person.name if person else None,
        "department": person.department if person else None,
        "cycle": review.cycle[:4],
        "track": str(review.track),
        "stage": str(review.stage),
        "excluded_reason": review.excluded_reason,
        "rating": None if rating is None else scale.show(rating),
        "k": found and scale.shown(found.k),
        "v": found and scale.shown(found.v),
        "total": found and scale.shown(found.total),
        "suggested": found and scale.show(found.suggested),
        "gate": found and _gate(found.gate),
        "quarters": [_quarter(part) for part in parts],
        "counted": len(parts),
        "not_rated": list(now.unrated),
        **_values(made),
        "changed_since": None if review.year is None else now.parts != review.year,
        "promotion": None if rating is None else may_be_promoted(long.parts, policy),
        "promotion_quarters": None if rating is None else strong(long.parts, policy),
        "bonus_factor": None if factor is None else scale.shown(factor),
    }


def _quarter(part: Part) -> dict[str, Any]:
    return {
        "cycle": part.name,
        "k": scale.shown(part.k),
        "v": scale.shown(part.v),
        "values": {key: scale.shown(score) for key, score in part.values.items()},
        "rating": None if part.rating is None else scale.show(part.rating),
        "gate": part.gated,
    }


def _values(made: Annual | None) -> dict[str, Any]:
    return {
        "values_trend": made and str(trend(made)),
        "values_slope": made and scale.shown(made.slope),
        "values_added": made and scale.shown(made.adjustment),
    }


def _gate(state: GateState) -> Gate:
    return "lifted" if state is GateState.LIFTED else state is GateState.GATED
