"""What happened when its time came: each occurrence once, however many processes look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, select

from review.people import EmployeeId
from storage.store import Store
from storage.tables import MARK, OCCURRENCE, WAIT

# Asked with each look at the clock, so built once: building costs more than running does.
_MARK = select(MARK.c.at).where(MARK.c.rule == bindparam("rule"))


class OccurrenceStore(Store):
    """Occurrences, how far each rule has looked, and who asked to wait."""

    async def happens(self, rule: str, person: str, local_date: date, slot: str) -> bool:
        """Write it down. False: it happened before, so do nothing."""
        row = {"rule": rule, "person": person, "local_date": local_date, "slot": slot}
        return await self.add_if_new(OCCURRENCE, row)

    async def happen(self, rule: str, done: Iterable[tuple[str, date, str]]) -> None:
        """Write down person, date and slot of each, in one round; what is there stays."""
        rows = [
            {"rule": rule, "person": person, "local_date": day, "slot": slot}
            for person, day, slot in done
        ]
        await self._many(self._insert_new(OCCURRENCE), rows)

    async def happened(self, rule: str, since: date) -> frozenset[tuple[str, date, str]]:
        """Person, date and slot of what happened by that rule from that date on."""
        found = await self._all(
            select(OCCURRENCE.c.person, OCCURRENCE.c.local_date, OCCURRENCE.c.slot).where(
                OCCURRENCE.c.rule == rule, OCCURRENCE.c.local_date >= since
            )
        )
        return frozenset((row.person, row.local_date, row.slot) for row in found)

    async def mark(self, rule: str) -> datetime | None:
        """Up to when that rule has done what was due; None: it never ran."""
        row = await self._first(_MARK, rule=rule)
        return None if row is None else row.at

    async def set_mark(self, rule: str, at: datetime) -> None:
        """It has done what was due up to then."""
        await self._changes(self._upsert(MARK), {"rule": rule, "at": at})

    async def marks(self, under: str) -> Mapping[str, datetime]:
        """The marks of all rules whose names begin so, by the rest of their names."""
        found = await self._all(
            select(MARK.c.rule, MARK.c.at).where(MARK.c.rule.startswith(under, autoescape=True))
        )
        return {row.rule.removeprefix(under): row.at for row in found}

    async def set_marks(self, under: str, names: Iterable[str], at: datetime) -> None:
        """The same mark for several rules whose names begin so."""
        rows = [{"rule": under + name, "at": at} for name in names]
        await self._many(self._upsert(MARK), rows)

    async def wait_until(self, employee_id: EmployeeId) -> datetime | None:
        """Until when they asked not to be reminded."""
        row = await self._first(select(WAIT.c.until).where(WAIT.c.employee_id == employee_id))
        return None if row is None else row.until

    async def set_wait(self, employee_id: EmployeeId, until: datetime) -> None:
        """They asked not to be reminded before then."""
        await self._changes(self._upsert(WAIT), {"employee_id": employee_id, "until": until})

    async def waits(self) -> Mapping[EmployeeId, datetime]:
        """Until when each who ever asked so is, or was, not to be reminded."""
        found = await self._all(select(WAIT))
        return {row.employee_id: row.until for row in found}
