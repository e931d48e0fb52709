"""The quarters and half-years of a year, as they stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlalchemy import Row, select

from review.annual import Part
from review.cycle import parts_of, place_in_year
from review.flow import released
from review.people import EmployeeId
from review.score import GateState, Outcome
from review.stages import Stage
from storage import codec
from storage.store import Store, chunks
from storage.tables import CYCLE, REVIEW


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """What there is of one person's year."""

    parts: tuple[Part, ...] = ()
    """The quarters that are rated, in their order."""
    unrated: tuple[str, ...] = ()
    """Quarters that still run and in which they are not rated yet, by name."""
    unsigned: tuple[str, ...] = ()
    """Quarters whose rating is not signed off by all yet, by name."""
    unheld: tuple[str, ...] = ()
    """Quarters whose rating has not reached the person yet, by name."""


UNSIGNED = {
    Stage.SELF_REVIEW,
    Stage.MANAGER_REVIEW,
    Stage.CALIBRATION,
    Stage.SKIP_LEVEL,
    Stage.HR,
}


class YearStore(Store):
    """Years made of shorter cycles."""

    async def so_far(
        self, year: str, employee_ids: Collection[EmployeeId]
    ) -> Mapping[EmployeeId, YearSoFar]:
        """Of each of them, in quarters or half-years whichever they were reviewed by."""
        return await self.of_cycles(parts_of(year), employee_ids)

    async def of_cycles(
        self, names: Collection[str], employee_ids: Collection[EmployeeId]
    ) -> Mapping[EmployeeId, YearSoFar]:
        """The same of any quarters and half-years, by their end."""
        kept = REVIEW.c
        wanted = (
            select(
                *(CYCLE.c.name, CYCLE.c.closed_at, kept.id, kept.employee_id),
                *(kept.stage, kept.rating, kept.outcome),
            )
            .join(CYCLE, CYCLE.c.id == kept.cycle_id)
            .where(CYCLE.c.name.in_(names), kept.stage != Stage.EXCLUDED.value)
            .order_by(CYCLE.c.ends, CYCLE.c.id)
        )
        found = {one: YearSoFar() for one in employee_ids}
        for chunk in chunks(employee_ids):
            for row in await self._all(wanted.where(kept.employee_id.in_(chunk))):
                found[row.employee_id] = self._with(found[row.employee_id], row)
        return found

    def _with(self, had: YearSoFar, row: Row[Any]) -> YearSoFar:
        """The year with one more quarter."""
        stage = Stage(row.stage)
        if row.rating is None or row.outcome is None:
            waits = row.closed_at is None
            return replace(had, unrated=(*had.unrated, row.name)) if waits else had
        opened = self._open(REVIEW, "outcome", row.id, row.outcome)
        part = _part(row.name, Fraction(row.rating), codec.load(opened, Outcome))
        return replace(
            had,
            parts=(*had.parts, part),
            unsigned=(*had.unsigned, *([row.name] if stage in UNSIGNED else [])),
            unheld=(*had.unheld, *([] if released(stage) else [row.name])),
        )


def _part(name: str, rating: Fraction, outcome: Outcome) -> Part:
    at, quarters = place_in_year(name)
    return Part(
        name=name,
        at=at,
        k=outcome.k,
        v=outcome.v,
        values=outcome.values,
        gated=outcome.gate is GateState.GATED,
        quarters=quarters,
        rating=rating,
    )
