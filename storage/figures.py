"""Figures for whoever watches the running program: counts and times, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.buckets import micros
from storage.notice import State
from storage.store import Store
from storage.tables import BUCKET, CYCLE, OUTBOX, REVIEW

A_SECOND = 1_000_000
OF_A_CHANNEL = ":channel:"
"""In the name of a bucket that is one conversation's: there are as many as people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What the outbox holds that is not sent yet."""

    due: int
    """Might be sent now."""
    later: int
    """Waits for its time."""
    sending: int
    parked: int
    oldest: datetime | None
    """When the oldest of those that might be sent now was due."""


class FigureStore(Store):
    """Reads only."""

    async def waiting(self, now: datetime) -> Waiting:
        """Deliveries by what they wait for."""
        states = {
            row.state: int(row.many)
            for row in await self._all(
                select(OUTBOX.c.state, func.count().label("many"))
                .where(OUTBOX.c.state.in_([State.SENDING.value, State.PARKED.value]))
                .group_by(OUTBOX.c.state)
            )
        }
        pending = OUTBOX.c.state == State.PENDING.value
        (due,) = await self._all(
            select(func.count().label("many"), func.min(OUTBOX.c.due).label("oldest")).where(
                pending, now >= OUTBOX.c.due
            )
        )
        (later,) = await self._all(
            select(func.count().label("many")).where(pending, now < OUTBOX.c.due)
        )
        return Waiting(
            due=int(due.many),
            later=int(later.many),
            sending=states.get(State.SENDING.value, 0),
            parked=states.get(State.PARKED.value, 0),
            oldest=due.oldest,
        )

    async def buckets(self, now: datetime) -> Mapping[str, float]:
        """For how many seconds the calls of each method are taken or held back already."""
        found = await self._all(select(BUCKET).where(~BUCKET.c.name.contains(OF_A_CHANNEL)))
        at = micros(now)
        return {
            row.name: max(row.tat - at, row.closed_until - at, 0) / A_SECOND
            for row in sorted(found, key=lambda row: str(row.name))
        }

    async def stages(self) -> Mapping[tuple[str, str], int]:
        """How many reviews of each running cycle are at each stage."""
        found = await self._all(
            select(CYCLE.c.id, REVIEW.c.stage, func.count().label("many"))
            .join(REVIEW, REVIEW.c.cycle_id == CYCLE.c.id)
            .where(CYCLE.c.closed_at.is_(None))
            .group_by(CYCLE.c.id, REVIEW.c.stage)
        )
        return {(row.id, row.stage): int(row.many) for row in found}
