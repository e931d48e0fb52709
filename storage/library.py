"""The libraries that HR imported, each an edition of its own; none is ever changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from review.library import Edition, Library
from review.people import EmployeeId
from storage import codec
from storage.store import Store
from storage.tables_library import LIBRARY_EDITION


class LibraryStore(Store):
    """Editions, counted from 1."""

    async def count(self) -> int:
        """How many there are."""
        row = await self._first(select(func.count(LIBRARY_EDITION.c.number).label("times")))
        return 0 if row is None else int(row.times)

    async def all(self) -> tuple[Edition, ...]:
        """All of them, oldest first."""
        found = await self._all(select(LIBRARY_EDITION).order_by(LIBRARY_EDITION.c.number))
        return tuple(
            Edition(
                row.since,
                codec.load(
                    self._open(LIBRARY_EDITION, "library", str(row.number), row.library), Library
                ),
            )
            for row in found
        )

    async def add(
        self, number: int, library: Library, by: EmployeeId | None, since: datetime
    ) -> bool:
        """Keep one. False: there is one of that number."""
        row = {
            "number": number,
            "since": since,
            "by": by,
            "library": self._seal(LIBRARY_EDITION, "library", str(number), codec.dump(library)),
        }
        return await self.add_if_new(LIBRARY_EDITION, row)
