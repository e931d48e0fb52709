"""Who stands in for whom while they are away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Row, bindparam, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from review.people import EmployeeId
from storage.seal import Keyring
from storage.store import Store
from storage.tables_signing import DELEGATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Somebody sits at somebody's desks from one day to another, both days included."""

    id: str
    owner: EmployeeId
    stand_in: EmployeeId
    first_day: date
    last_day: date
    at: datetime
    """When it was said; of two for one day the later counts."""


# Asked with nearly each event, so built once: building costs more than running does.
_DAY = bindparam("day", type_=Date)
_ON = (
    select(DELEGATION.c.owner, DELEGATION.c.stand_in)
    .where(DELEGATION.c.first_day <= _DAY, DELEGATION.c.last_day >= _DAY)
    .order_by(DELEGATION.c.at, DELEGATION.c.id)
)


class DelegationStore(Store):
    """All that were named."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        """Work on that transaction's connection; a day is read once in it."""
        super().__init__(connection, keyring)
        self._days: dict[date, Mapping[EmployeeId, EmployeeId]] = {}

    async def add(self, made: Delegation) -> None:
        """Keep it."""
        self._days.clear()
        await self._changes(
            insert(DELEGATION), {name: getattr(made, name) for name in made.__slots__}
        )

    async def end(self, owner: EmployeeId, on: date) -> int:
        """What somebody named is over from that day on; how many it were."""
        self._days.clear()
        mine = (DELEGATION.c.owner == owner, DELEGATION.c.last_day >= on)
        return await self._changes(delete(DELEGATION).where(*mine))

    async def on(self, day: date) -> Mapping[EmployeeId, EmployeeId]:
        """Who is stood in for that day, and by whom."""
        if day not in self._days:
            self._days[day] = await self._read(day)
        return self._days[day]

    async def _read(self, day: date) -> Mapping[EmployeeId, EmployeeId]:
        found = await self._all(_ON, day=day)
        return {row.owner: row.stand_in for row in found}

    async def from_on(self, day: date) -> tuple[Delegation, ...]:
        """Those that are not over by that day, by their first day."""
        found = await self._all(
            select(DELEGATION)
            .where(DELEGATION.c.last_day >= day)
            .order_by(DELEGATION.c.first_day, DELEGATION.c.at, DELEGATION.c.id)
        )
        return tuple(_made(row) for row in found)

    async def of(self, employee: EmployeeId) -> tuple[Delegation, ...]:
        """All that somebody named, or was named in."""
        found = await self._all(
            select(DELEGATION)
            .where(or_(DELEGATION.c.owner == employee, DELEGATION.c.stand_in == employee))
            .order_by(DELEGATION.c.at, DELEGATION.c.id)
        )
        return tuple(_made(row) for row in found)


def _made(row: Row[Any]) -> Delegation:
    return Delegation(**{name: getattr(row, name) for name in Delegation.__slots__})
