"""Cycles and their deadlines."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from review.cycle import Cycle
from review.errors import CycleAlreadyOpen, StaleReview
from review.people import Track
from storage.store import Store
from storage.tables import CYCLE

# Asked with nearly each event, so built once: building costs more than running does.
_ONE = select(CYCLE).where(CYCLE.c.id == bindparam("cycle"))
_ALL = select(CYCLE).order_by(CYCLE.c.starts, CYCLE.c.id)
_RUNNING = _ALL.where(CYCLE.c.closed_at.is_(None))


def _row(cycle: Cycle) -> dict[str, Any]:
    return {"id": cycle.id, **asdict(cycle), "track": cycle.track.value}


def cycle_of(row: Row[Any], prefix: str = "") -> Cycle:
    """The cycle of a row; its columns have that prefix where another table's stand beside them."""
    facts = {field.name: getattr(row, prefix + field.name) for field in fields(Cycle)}
    facts["track"] = Track(facts["track"])
    return Cycle(**facts)


class CycleStore(Store):
    """Cycles, each once."""

    async def add(self, cycle: Cycle) -> None:
        """Open it. Raises CycleAlreadyOpen if one of that name and track was opened before."""
        statement = self._insert(CYCLE).values(_row(cycle)).on_conflict_do_nothing()
        if not await self._changes(statement):
            raise CycleAlreadyOpen(cycle.id)

    async def get(self, cycle_id: str) -> Cycle | None:
        """That cycle, by id ("2026Q4", "2026H2/senior")."""
        row = await self._first(_ONE, cycle=cycle_id)
        return None if row is None else cycle_of(row)

    async def named(self, name: str) -> tuple[Cycle, ...]:
        """The cycles of that name, staff's and seniors'."""
        found = await self._all(select(CYCLE).where(CYCLE.c.name == name).order_by(CYCLE.c.id))
        return tuple(cycle_of(row) for row in found)

    async def running(self) -> tuple[Cycle, ...]:
        """All that are not closed, the oldest first."""
        found = await self._all(_RUNNING)
        return tuple(cycle_of(row) for row in found)

    async def all(self) -> tuple[Cycle, ...]:
        """All there ever were, the oldest first."""
        found = await self._all(_ALL)
        return tuple(cycle_of(row) for row in found)

    async def save(self, cycle: Cycle) -> Cycle:
        """Keep the change; the record that stands now is returned.

        Raises StaleReview if it was changed, or removed, after it was read.
        """
        saved = replace(cycle, revision=cycle.revision + 1)
        changed = await self._changes(
            update(CYCLE)
            .where(CYCLE.c.id == cycle.id, CYCLE.c.revision == cycle.revision)
            .values(_row(saved))
        )
        if not changed:
            stands = await self.get(cycle.id)
            raise StaleReview(cycle.revision, -1 if stands is None else stands.revision)
        return saved
