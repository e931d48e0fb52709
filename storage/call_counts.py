"""Calls that count against a platform's quota of a month, of all processes together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, func, select

from storage.store import Store
from storage.tables_calls import CALL_COUNT

# Asked with each look at the outbox, so built once: building costs more than running does.
_USED = select(func.sum(CALL_COUNT.c.calls).label("calls")).where(
    CALL_COUNT.c.platform == bindparam("wanted"), CALL_COUNT.c.month == bindparam("first")
)


class CallCountStore(Store):
    """A row a platform, month and kind of call."""

    async def add(self, platform: str, month: date, made: Mapping[str, int]) -> None:
        """So many more calls of each kind were made in the month that begins on that day."""
        insert = self._insert(CALL_COUNT)
        more = insert.on_conflict_do_update(
            index_elements=["platform", "month", "kind"],
            set_={"calls": CALL_COUNT.c.calls + insert.excluded.calls},
        )
        await self._many(
            more,
            [
                {"platform": platform, "month": month, "kind": kind, "calls": calls}
                for kind, calls in sorted(made.items())
            ],
        )

    async def used(self, platform: str, month: date) -> int:
        """All calls of that month so far."""
        row = await self._first(_USED, wanted=platform, first=month)
        return 0 if row is None or row.calls is None else int(row.calls)

    async def of(self, month: date) -> Mapping[tuple[str, str], int]:
        """Calls of that month by platform and kind."""
        found = await self._all(select(CALL_COUNT).where(CALL_COUNT.c.month == month))
        return {(row.platform, row.kind): row.calls for row in found}
