"""Goals of the company and of departments, one sheet a period."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, or_, select

from review.cascade import CascadeGoal, CascadeSheet, Level
from review.people import EmployeeId
from storage import codec
from storage.store import Store
from storage.tables_cascade import CASCADE

_KEY = ("period", "level", "department")


class CascadeStore(Store):
    """What everybody in the company may read; the texts are sealed all the same."""

    async def get(self, period: str, level: Level, department: str = "") -> CascadeSheet | None:
        """That sheet; who reads it to write it has it alone until they are done."""
        await self._hold(CASCADE, period, level.value, department)
        row = await self._first(
            select(CASCADE).where(
                CASCADE.c.period == period,
                CASCADE.c.level == level.value,
                CASCADE.c.department == department,
            )
        )
        return None if row is None else self._sheet(row)

    async def of(self, periods: Collection[str], department: str) -> tuple[CascadeSheet, ...]:
        """The company's and that department's sheets of those periods, the longest period first."""
        found = await self._all(
            select(CASCADE)
            .where(
                CASCADE.c.period.in_(periods),
                or_(CASCADE.c.level == Level.COMPANY.value, CASCADE.c.department == department),
            )
            .order_by(CASCADE.c.level, CASCADE.c.period)
        )
        return tuple(self._sheet(row) for row in found)

    async def put(self, sheet: CascadeSheet) -> None:
        """Keep it in place of what stood."""
        key = {"period": sheet.period, "level": sheet.level.value, "department": sheet.department}
        goals = self._seal(CASCADE, "goals", _name(**key), codec.dump(sheet.goals))
        row = key | {"goals": goals, "set_by": sheet.set_by, "set_at": sheet.set_at}
        wanted = self._insert(CASCADE).values(row)
        await self._changes(wanted.on_conflict_do_update(index_elements=_KEY, set_=row))

    async def set_by(self, employee: EmployeeId) -> tuple[CascadeSheet, ...]:
        """All that somebody was the last to set."""
        found = await self._all(
            select(CASCADE)
            .where(CASCADE.c.set_by == employee)
            .order_by(*(CASCADE.c[name] for name in _KEY))
        )
        return tuple(self._sheet(row) for row in found)

    def _sheet(self, row: Row[Any]) -> CascadeSheet:
        name = _name(row.period, row.level, row.department)
        goals = self._open(CASCADE, "goals", name, row.goals)
        return CascadeSheet(
            period=row.period,
            level=Level(row.level),
            department=row.department,
            goals=codec.load(goals, tuple[CascadeGoal, ...]),
            set_by=row.set_by,
            set_at=row.set_at,
        )


def _name(period: str, level: str, department: str) -> str:
    return f"{period}/{level}/{department}"
