"""Praise in public: its words sealed, what is counted plain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, insert, or_, select, update

from review.people import EmployeeId
from review.praise import Deed, Praise, Praised, PraiseId
from storage import codec
from storage.store import Store
from storage.tables import OUTBOX
from storage.tables_praise import PRAISE

TOLD = "praise"
"""Kind of the message that brings it to its receiver."""
_PLAIN = ("id", "giver", "receiver", "value", "at", "reached_at", "taken_at")
_STANDS = PRAISE.c.taken_at.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PraiseReached:
    """One that the receiver's chat has by now."""

    id: PraiseId
    at: datetime


class PraiseStore(Store):
    """All praise; taking back and reaching happen once each."""

    async def add(self, praise: Praise) -> None:
        """Keep it."""
        said = self._seal(PRAISE, "said", praise.id, codec.dump(praise.said))
        row = {name: getattr(praise, name) for name in _PLAIN}
        await self._changes(insert(PRAISE), row | {"said": said})

    async def get(self, praise: PraiseId) -> Praise | None:
        """That one, taken back or not."""
        row = await self._first(select(PRAISE).where(PRAISE.c.id == praise))
        return None if row is None else self._praise(row)

    async def between(self, giver: EmployeeId, receiver: EmployeeId) -> tuple[Praise, ...]:
        """What stands of one for the other, the latest first."""
        found = await self._all(
            select(PRAISE)
            .where(PRAISE.c.giver == giver, PRAISE.c.receiver == receiver, _STANDS)
            .order_by(PRAISE.c.at.desc(), PRAISE.c.id)
        )
        return tuple(self._praise(row) for row in found)

    async def of(self, employee: EmployeeId) -> tuple[Praise, ...]:
        """All that somebody gave, and what stands of what they received, by time."""
        theirs = and_(PRAISE.c.receiver == employee, _STANDS)
        found = await self._all(
            select(PRAISE)
            .where(or_(PRAISE.c.giver == employee, theirs))
            .order_by(PRAISE.c.at, PRAISE.c.id)
        )
        return tuple(self._praise(row) for row in found)

    async def received(self, receiver: EmployeeId, since: datetime) -> tuple[Praise, ...]:
        """What stands for somebody from then on, by time."""
        found = await self._all(
            select(PRAISE)
            .where(PRAISE.c.receiver == receiver, PRAISE.c.at >= since, _STANDS)
            .order_by(PRAISE.c.at, PRAISE.c.id)
        )
        return tuple(self._praise(row) for row in found)

    async def last_words(
        self, giver: EmployeeId | None = None
    ) -> dict[tuple[EmployeeId, EmployeeId], datetime]:
        """When the last praise of each giver, or of that one, reached each receiver; no text."""
        pair = (PRAISE.c.giver, PRAISE.c.receiver)
        wanted = select(*pair, func.max(PRAISE.c.reached_at).label("at")).group_by(*pair)
        if giver is not None:
            wanted = wanted.where(PRAISE.c.giver == giver)
        found = await self._all(wanted.where(PRAISE.c.reached_at.is_not(None), _STANDS))
        return {(row.giver, row.receiver): row.at for row in found}

    async def within(self, since: datetime, until: datetime) -> tuple[Praised, ...]:
        """What stands from then on and before that, by time; opens no text."""
        found = await self._all(
            select(PRAISE.c.giver, PRAISE.c.receiver, PRAISE.c.value)
            .where(PRAISE.c.at >= since, PRAISE.c.at < until, _STANDS)
            .order_by(PRAISE.c.at, PRAISE.c.id)
        )
        return tuple(
            Praised(giver=row.giver, receiver=row.receiver, value=row.value) for row in found
        )

    async def fresh(self) -> tuple[PraiseReached, ...]:
        """What has reached its receiver since it was last asked, by time."""
        brought = (
            (OUTBOX.c.receiver == PRAISE.c.receiver)
            & (OUTBOX.c.kind == TOLD)
            & (OUTBOX.c.subject == PRAISE.c.id)
        )
        found = await self._all(
            select(PRAISE.c.id, OUTBOX.c.sent_at)
            .join(OUTBOX, brought)
            .where(PRAISE.c.reached_at.is_(None), _STANDS, OUTBOX.c.sent_at.is_not(None))
            .order_by(OUTBOX.c.sent_at, PRAISE.c.id)
        )
        return tuple(PraiseReached(id=row.id, at=row.sent_at) for row in found)

    async def reach(self, praise: PraiseId, at: datetime) -> bool:
        """It reached its receiver then. False: that was known."""
        return await self._once(praise, "reached_at", at)

    async def take_back(self, praise: PraiseId, at: datetime) -> bool:
        """Its giver takes it back. False: they did before."""
        return await self._once(praise, "taken_at", at)

    async def _once(self, praise: PraiseId, column: str, at: datetime) -> bool:
        changed = await self._changes(
            update(PRAISE)
            .where(PRAISE.c.id == praise, PRAISE.c[column].is_(None))
            .values({column: at})
        )
        return bool(changed)

    def _praise(self, row: Row[Any]) -> Praise:
        return Praise(
            **{name: getattr(row, name) for name in _PLAIN},
            said=codec.load(self._open(PRAISE, "said", row.id, row.said), Deed),
        )
