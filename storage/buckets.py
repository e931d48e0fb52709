"""Rate limits that all processes share: the generic cell rate algorithm (GCRA), a row a bucket."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, case, select

from storage.store import Store, chunks
from storage.tables import BUCKET
from storage.utc import aware

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
A_SECOND = 1_000_000
LONGEST = 3_600 * A_SECOND
"""No platform asks for more quiet than an hour; more than that is a clock that was set back."""

Limit = tuple[str, float, int]
"""A bucket's name, the seconds that one call costs, and how many calls it takes at once."""

# Asked with each call, so built once: building costs more than running does.
_HELD = (
    select(BUCKET)
    .where(BUCKET.c.name.in_(bindparam("names", expanding=True)))
    .order_by(BUCKET.c.name)
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class NotYet:
    """Nothing was taken: these buckets are empty, and it is worth asking again from then on."""

    buckets: frozenset[str]
    until: datetime


@dataclass(slots=True)
class Levels:
    """Buckets as they stand now; nobody else changes them before the transaction ends."""

    now: int
    rows: dict[str, tuple[int, int]]
    """Theoretical arrival time (tat) and the end of a quiet that was asked for, by name."""
    changed: set[str] = field(default_factory=set)

    def take(self, limits: Iterable[Limit]) -> NotYet | None:
        """Take one call out of each of them, or none out of any. None: taken, so call."""
        asked = list(limits)
        free = {name: self._free_from(name, seconds, burst) for name, seconds, burst in asked}
        empty = {name: at for name, at in free.items() if at > self.now}
        if empty:
            return NotYet(frozenset(empty), EPOCH + max(empty.values()) * MICROSECOND)
        for name, seconds, burst in asked:
            tat, closed = self._level(name, seconds, burst)
            self.rows[name] = (max(tat, self.now) + _gap(seconds), closed)
            self.changed.add(name)
        return None

    def _free_from(self, name: str, seconds: float, burst: int) -> int:
        tat, closed = self._level(name, seconds, burst)
        return max(tat - (burst - 1) * _gap(seconds), closed)

    def _level(self, name: str, seconds: float, burst: int) -> tuple[int, int]:
        """The bucket's row; if the clock was set back since, an empty bucket from now on.

        Whoever leaves a part of the burst to others may find at most twice their own in use.
        """
        tat, closed = self.rows.get(name, (0, 0))
        late = tat > self.now + 2 * burst * _gap(seconds)
        if late or closed > self.now + LONGEST:
            tat = self.now + burst * _gap(seconds) if late else tat
            closed = closed if closed <= self.now + LONGEST else 0
            self.rows[name] = (tat, closed)
            self.changed.add(name)
        return tat, closed


class BucketStore(Store):
    """Rate limits. Use it in a short transaction of its own."""

    async def levels(self, names: Collection[str], now: datetime) -> Levels:
        """Those buckets, held until the transaction ends; `keep` writes what was taken."""
        rows = await self._held(names)
        missing = [{"name": name, "tat": 0, "closed_until": 0} for name in set(names) - set(rows)]
        if missing and not self._is_alone:
            # A row that is not there can't be held, so it is made first.
            missing.sort(key=lambda row: str(row["name"]))
            await self._many(self._insert(BUCKET).on_conflict_do_nothing(), missing)
            rows |= await self._held([str(row["name"]) for row in missing])
        return Levels(micros(now), rows)

    async def keep(self, levels: Levels) -> None:
        """Write what was taken."""
        await self._many(
            self._upsert(BUCKET),
            [
                {"name": name, "tat": tat, "closed_until": closed}
                for name in sorted(levels.changed)
                for tat, closed in [levels.rows[name]]
            ],
        )

    async def reserve(self, limits: Iterable[Limit], now: datetime) -> datetime | None:
        """Take one call out of each bucket, or none out of any.

        None: reserved, so call. Else the moment from which it is worth asking again; nothing was
        taken, so what is more urgent finds its place.
        """
        asked = list(limits)
        levels = await self.levels([name for name, _, _ in asked], now)
        refused = levels.take(asked)
        await self.keep(levels)
        return None if refused is None else refused.until

    async def push_back(self, bucket: str, until: datetime) -> None:
        """The platform asked for quiet: nothing goes through that bucket before that moment."""
        insert = self._insert(BUCKET).values(name=bucket, tat=0, closed_until=micros(until))
        asked = insert.excluded.closed_until
        later = case(
            (BUCKET.c.closed_until > asked, BUCKET.c.closed_until),
            else_=asked,
        )
        await self._changes(
            insert.on_conflict_do_update(index_elements=["name"], set_={"closed_until": later})
        )

    async def _held(self, names: Collection[str]) -> dict[str, tuple[int, int]]:
        return {
            row.name: (row.tat, row.closed_until)
            for chunk in chunks(names)
            for row in await self._all(_HELD, names=chunk)
        }


def micros(at: datetime) -> int:
    """Microseconds since 1970, as a bucket counts. Raises NaiveTimeError."""
    return (aware(at) - EPOCH) // MICROSECOND


def _gap(seconds: float) -> int:
    return math.ceil(seconds * A_SECOND)
