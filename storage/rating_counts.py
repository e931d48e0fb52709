"""Ratings of people who were erased: counts, and nobody's name or id."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update

from review.erasing import Counted
from storage.store import Store
from storage.tables_erasing import RATING_COUNT

_SAME = ("department", "manager", "rated_by", "rating", "k", "self_in", "surprise", "same_words")


@dataclass(frozen=True, slots=True)
class Alike:
    """How many ratings are alike."""

    id: str
    what: Counted
    times: int


class RatingCountStore(Store):
    """One row for all that are alike."""

    async def add(self, counted: Counted) -> None:
        """One more of those."""
        row = _row(counted)
        alike = [RATING_COUNT.c[name].is_not_distinct_from(value) for name, value in row.items()]
        more = update(RATING_COUNT).where(*alike).values(times=RATING_COUNT.c.times + 1)
        if not await self._changes(more):
            await self._changes(insert(RATING_COUNT), {**row, "id": uuid4().hex, "times": 1})

    async def all(self) -> tuple[Alike, ...]:
        """All of every cycle."""
        found = await self._all(select(RATING_COUNT).order_by(RATING_COUNT.c.id))
        return tuple(
            Alike(
                row.id,
                Counted(
                    **{name: getattr(row, name) for name in _SAME if name not in {"rating", "k"}},
                    cycle=row.cycle_id,
                    rating=Fraction(row.rating),
                    k=None if row.k is None else Fraction(row.k),
                ),
                row.times,
            )
            for row in found
        )


def _row(counted: Counted) -> dict[str, Any]:
    row = asdict(counted)
    row["cycle_id"] = row.pop("cycle")
    k = None if counted.k is None else str(counted.k)
    return row | {"rating": str(counted.rating), "k": k}
