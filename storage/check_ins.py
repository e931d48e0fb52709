"""Weekly check-ins: who answered about which week plain, the text that they added sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from review.check_in import CheckIn
from review.people import EmployeeId
from storage.store import Store, chunks
from storage.tables_check_in import CHECK_IN


class CheckInStore(Store):
    """One a person and week."""

    async def answer(self, employee: EmployeeId, week: date, at: datetime) -> bool:
        """They answered about that week. False: they had before."""
        row = {"employee_id": employee, "week": week, "answered_at": at, "revision": 0}
        return await self.add_if_new(CHECK_IN, row | {"words": None})

    async def write(
        self, employee: EmployeeId, week: date, words: str, at: datetime, was: int
    ) -> bool:
        """That is their text from now on. False: it was changed since that revision."""
        await self.answer(employee, week, at)
        sealed = self._seal(CHECK_IN, "words", _place(employee, week), words.encode())
        there = (CHECK_IN.c.employee_id == employee, CHECK_IN.c.week == week)
        change = update(CHECK_IN).where(*there, CHECK_IN.c.revision == was)
        values = {"words": sealed if words else None, "revision": was + 1}
        return bool(await self._changes(change.values(values)))

    async def get(self, employee: EmployeeId, week: date) -> CheckIn | None:
        """What they answered about that week."""
        there = (CHECK_IN.c.employee_id == employee, CHECK_IN.c.week == week)
        row = await self._first(select(CHECK_IN).where(*there))
        return None if row is None else self._check_in(row)

    async def of(self, employee: EmployeeId) -> tuple[CheckIn, ...]:
        """All of theirs, by week."""
        return await self._found(select(CHECK_IN).where(CHECK_IN.c.employee_id == employee))

    async def worded(
        self, employee: EmployeeId, since: date, until: date | None = None
    ) -> tuple[CheckIn, ...]:
        """Those of theirs that have a text, by week, from that one on and up to the other."""
        wanted = select(CHECK_IN).where(
            CHECK_IN.c.employee_id == employee,
            CHECK_IN.c.week >= since,
            CHECK_IN.c.words.is_not(None),
        )
        return await self._found(
            wanted if until is None else wanted.where(CHECK_IN.c.week <= until)
        )

    async def told(
        self, employees: Collection[EmployeeId], week: date
    ) -> Mapping[EmployeeId, CheckIn]:
        """What those people answered about that week."""
        found: dict[EmployeeId, CheckIn] = {}
        for chunk in chunks(employees):
            wanted = select(CHECK_IN).where(CHECK_IN.c.employee_id.in_(chunk))
            for one in await self._found(wanted.where(CHECK_IN.c.week == week)):
                found[one.employee_id] = one
        return found

    async def answered(
        self, since: date, until: date
    ) -> Mapping[date, Mapping[EmployeeId, datetime]]:
        """Who first answered when, by week, from that one on and before the other; no text."""
        columns = (CHECK_IN.c.week, CHECK_IN.c.employee_id, CHECK_IN.c.answered_at)
        wanted = select(*columns).where(CHECK_IN.c.week >= since, CHECK_IN.c.week < until)
        found: dict[date, dict[EmployeeId, datetime]] = {}
        for row in await self._all(wanted):
            found.setdefault(row.week, {})[row.employee_id] = row.answered_at
        return found

    async def _found(self, wanted: Select[Any]) -> tuple[CheckIn, ...]:
        rows = await self._all(wanted.order_by(CHECK_IN.c.week, CHECK_IN.c.employee_id))
        return tuple(self._check_in(row) for row in rows)

    def _check_in(self, row: Row[Any]) -> CheckIn:
        place = _place(row.employee_id, row.week)
        said = row.words and self._open(CHECK_IN, "words", place, row.words).decode()
        return CheckIn(
            employee_id=row.employee_id,
            week=row.week,
            answered_at=row.answered_at,
            revision=row.revision,
            words=said or "",
        )


def _place(employee: EmployeeId, week: date) -> str:
    return f"{employee}/{week.isoformat()}"
