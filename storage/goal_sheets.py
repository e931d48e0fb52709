"""Goals that are being agreed, one sheet a record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, select, update

from review.errors import StaleReview
from review.goal_setting import GoalMarks, GoalSheet
from review.goals import Sheet
from review.people import EmployeeId
from review.record import ReviewId, SignOff
from storage import codec
from storage.store import Store, chunks
from storage.tables import CYCLE, REVIEW
from storage.tables_goals import GOAL_SHEET


@dataclass(frozen=True, slots=True)
class Marked:
    """What is plain of a sheet."""

    marks: GoalMarks
    version: int


_SEALED: dict[str, Any] = {"proposed": Sheet, "before": Sheet, "words": tuple[SignOff, ...]}
_MARKS = tuple(GoalMarks.__dataclass_fields__)


class GoalSheetStore(Store):
    """One sheet a record; without one, the record's own sheet is what is proposed."""

    async def get(self, review: ReviewId) -> GoalSheet | None:
        """What is being agreed; who reads it to write it has it alone until they are done."""
        await self._hold(GOAL_SHEET, review)
        row = await self._first(select(GOAL_SHEET).where(GOAL_SHEET.c.review == review))
        return None if row is None else self._sheet(row)

    async def save(self, sheet: GoalSheet, was: GoalSheet | None) -> None:
        """Keep it in place of what it was. Raises StaleReview if that was changed meanwhile."""
        row: dict[str, Any] = {"review": sheet.review, "version": sheet.version}
        row |= asdict(sheet.marks)
        row |= {name: self._closed(sheet, name) for name in _SEALED}
        if was is None:
            done: int | bool = await self.add_if_new(GOAL_SHEET, row)
        else:
            there = (GOAL_SHEET.c.review == was.review, GOAL_SHEET.c.version == was.version)
            done = await self._changes(update(GOAL_SHEET).where(*there).values(row))
        if not done:
            raise StaleReview(was.version if was else 0, sheet.version)

    async def marks(self, reviews: Collection[ReviewId]) -> Mapping[ReviewId, Marked]:
        """When what was done to the goals of each, and their version; opens no text."""
        columns = [GOAL_SHEET.c[name] for name in ("review", "version", *_MARKS)]
        found = [
            row
            for chunk in chunks(reviews)
            for row in await self._all(select(*columns).where(GOAL_SHEET.c.review.in_(chunk)))
        ]
        return {row.review: Marked(_marks(row), row.version) for row in found}

    async def last_agreed(self, employees: Collection[EmployeeId]) -> Mapping[EmployeeId, Sheet]:
        """What each agreed to last, in whichever cycle was opened last of those."""
        opened: dict[EmployeeId, Row[Any]] = {}
        for chunk in chunks(employees):
            rows = await self._all(
                select(REVIEW.c.id, REVIEW.c.employee_id, REVIEW.c.sheet)
                .join(GOAL_SHEET, GOAL_SHEET.c.review == REVIEW.c.id)
                .join(CYCLE, CYCLE.c.id == REVIEW.c.cycle_id)
                .where(REVIEW.c.employee_id.in_(chunk), GOAL_SHEET.c.agreed_at.is_not(None))
                .order_by(CYCLE.c.opened_at, CYCLE.c.id)
            )
            opened |= {row.employee_id: row for row in rows}
        return {
            employee: codec.load(self._open(REVIEW, "sheet", row.id, row.sheet), Sheet)
            for employee, row in opened.items()
        }

    async def of(self, employee: EmployeeId) -> tuple[GoalSheet, ...]:
        """All that were somebody's, by record."""
        found = await self._all(
            select(GOAL_SHEET)
            .join(REVIEW, REVIEW.c.id == GOAL_SHEET.c.review)
            .where(REVIEW.c.employee_id == employee)
            .order_by(GOAL_SHEET.c.review)
        )
        return tuple(self._sheet(row) for row in found)

    def _closed(self, sheet: GoalSheet, name: str) -> bytes | None:
        value = getattr(sheet, name)
        if value is None:
            return None
        return self._seal(GOAL_SHEET, name, sheet.review, codec.dump(value))

    def _sheet(self, row: Row[Any]) -> GoalSheet:
        texts: dict[str, Any] = {
            name: None
            if getattr(row, name) is None
            else codec.load(self._open(GOAL_SHEET, name, row.review, getattr(row, name)), shape)
            for name, shape in _SEALED.items()
        }
        return GoalSheet(review=row.review, marks=_marks(row), version=row.version, **texts)


def _marks(row: Row[Any]) -> GoalMarks:
    return GoalMarks(**{name: getattr(row, name) for name in _MARKS})
