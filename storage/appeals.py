"""Appeals: their words and the frozen copy sealed, the clock plain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from review.appeal import Appeal
from review.people import EmployeeId
from review.record import Review, ReviewId
from storage import codec
from storage.store import Store
from storage.tables import REVIEW
from storage.tables_interview import APPEAL

_PLAIN = ("filed_at", "decider", "named_at", "decide_by", "decided_at", "moved", "late_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How far an appeal is, without its words."""

    review_id: ReviewId
    employee_id: EmployeeId
    filed_at: datetime
    decider: EmployeeId | None
    decide_by: date | None
    late_at: datetime | None


_CLOCK = tuple(
    APPEAL.c[name] for name in ("review_id", "filed_at", "decider", "decide_by", "late_at")
)


class AppealStore(Store):
    """One a review."""

    async def file(self, appeal: Appeal, *, instead: bool = False) -> bool:
        """Keep it. False: there is one already, and that stands.

        `instead`: of one that was about an interview before, which the trail remembers.
        """
        if instead:
            await self._changes(self._upsert(APPEAL), self._row(appeal))
            return True
        return await self.add_if_new(APPEAL, self._row(appeal))

    async def get(self, review: ReviewId) -> Appeal | None:
        """That one; who reads it to write it has it alone until the transaction ends."""
        await self._hold(APPEAL, review)
        row = await self._first(select(APPEAL).where(APPEAL.c.review_id == review))
        return None if row is None else self._appeal(row)

    async def save(self, appeal: Appeal) -> None:
        """It stands so from now on."""
        row = self._row(appeal)
        await self._changes(update(APPEAL).where(APPEAL.c.review_id == appeal.review).values(row))

    async def in_cycle(self, cycle: str) -> dict[ReviewId, Appeal]:
        """All that were filed in a cycle."""
        from_it = select(REVIEW.c.id).where(REVIEW.c.cycle_id == cycle)
        found = await self._all(select(APPEAL).where(APPEAL.c.review_id.in_(from_it)))
        return {row.review_id: self._appeal(row) for row in found}

    async def clock(self) -> tuple[Clock, ...]:
        """How far all are that are not decided, the oldest first; opens no text."""
        found = await self._all(
            select(*_CLOCK, REVIEW.c.employee_id)
            .join(REVIEW, REVIEW.c.id == APPEAL.c.review_id)
            .where(APPEAL.c.decided_at.is_(None))
            .order_by(APPEAL.c.filed_at, APPEAL.c.review_id)
        )
        return tuple(
            Clock(**{name: getattr(row, name) for name in Clock.__slots__}) for row in found
        )

    async def late(self, review: ReviewId, at: datetime) -> bool:
        """HR heard that it is overdue. False: they had before."""
        said = update(APPEAL).where(APPEAL.c.review_id == review, APPEAL.c.late_at.is_(None))
        return bool(await self._changes(said.values(late_at=at)))

    def _row(self, appeal: Appeal) -> dict[str, Any]:
        row = {name: getattr(appeal, name) for name in _PLAIN}
        sealed = {"words": appeal.words.encode(), "frozen": codec.dump(appeal.copy)}
        sealed |= {"why": appeal.why.encode()} if appeal.why else {}
        kept = {
            name: self._seal(APPEAL, name, appeal.review, text) for name, text in sealed.items()
        }
        return {"review_id": appeal.review, **row, "why": None, **kept}

    def _appeal(self, row: Row[Any]) -> Appeal:
        def opened(name: str) -> bytes:
            return self._open(APPEAL, name, row.review_id, getattr(row, name))

        return Appeal(
            review=row.review_id,
            words=opened("words").decode(),
            copy=codec.load(opened("frozen"), Review),
            why="" if row.why is None else opened("why").decode(),
            **{name: getattr(row, name) for name in _PLAIN},
        )
