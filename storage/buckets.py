"""Rate limits that all processes share: the generic cell rate algorithm (GCRA), a row a bucket."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Executable, bindparam, case, select

from storage.store import Store
from storage.tables import BUCKET
from storage.utc import aware

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
A_SECOND = 1_000_000

Limit = tuple[str, float, int]
"""A bucket's name, the seconds that one call costs, and how many calls it takes at once."""


class BucketStore(Store):
    """Rate limits. Use it in a short transaction of its own."""

    async def reserve(self, limits: Iterable[Limit], now: datetime) -> datetime | None:
        """Take one call out of each bucket, or none out of any.

        None: reserved, so call. Else the moment from which it is worth asking again; nothing was
        taken, so what is more urgent finds its place.
        """
        asked, at = sorted(limits), micros(now)
        if not asked:
            return None
        place = await self._connection.begin_nested()
        rows = [
            {"bucket": name, "gap": _gap(seconds), "slack": (burst - 1) * _gap(seconds), "now": at}
            for name, seconds, burst in asked
        ]
        if await self._changes(self._take(), rows) == len(asked):
            await place.commit()
            return None
        await place.rollback()
        return await self._free_from(asked, at)

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

    def _take(self) -> Executable:
        now, gap = bindparam("now", type_=BigInteger), bindparam("gap", type_=BigInteger)
        slack = bindparam("slack", type_=BigInteger)
        insert = self._insert(BUCKET).values(
            name=bindparam("bucket"), tat=now + gap, closed_until=0
        )
        since = case((BUCKET.c.tat > now, BUCKET.c.tat), else_=now)
        return insert.on_conflict_do_update(
            index_elements=["name"],
            set_={"tat": since + gap},
            where=(BUCKET.c.tat <= now + slack) & (BUCKET.c.closed_until <= now),
        )

    async def _free_from(self, asked: list[Limit], at: int) -> datetime:
        names = [name for name, _, _ in asked]
        rows = {
            row.name: row for row in await self._all(select(BUCKET).where(BUCKET.c.name.in_(names)))
        }
        moments: list[int] = [
            max(rows[name].tat - (burst - 1) * _gap(seconds), rows[name].closed_until)
            for name, seconds, burst in asked
            if name in rows
        ]
        return EPOCH + max([at, *moments]) * MICROSECOND


def micros(at: datetime) -> int:
    """Microseconds since 1970, as a bucket counts. Raises NaiveTimeError."""
    return (aware(at) - EPOCH) // MICROSECOND


def _gap(seconds: float) -> int:
    return math.ceil(seconds * A_SECOND)
