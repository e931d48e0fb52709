"""What was sent to whom, and what could not be: for those who answer for it, without a text."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from storage.looks import entries, entry
from storage.notice import Entry, State
from storage.store import Store, chunks
from storage.tables import OUTBOX

_SINCE = func.coalesce(OUTBOX.c.since, OUTBOX.c.due)


class LedgerStore(Store):
    """Reads the outbox as a book of deliveries."""

    async def unsent(self, before: datetime) -> tuple[Entry, ...]:
        """What is set aside, or tried in vain or of unknown end since before then; oldest first."""
        parked = OUTBOX.c.state == State.PARKED.value
        waits = and_(
            OUTBOX.c.state == State.PENDING.value, OUTBOX.c.reason.is_not(None), before >= _SINCE
        )
        doubted = and_(OUTBOX.c.state == State.SENDING.value, before >= OUTBOX.c.intent_at)
        wanted = entries().where(or_(parked, waits, doubted)).order_by(_SINCE, OUTBOX.c.id)
        found = await self._all(wanted)
        return tuple(entry(row) for row in found)

    async def sent_count(self) -> int:
        """How many messages stand somewhere."""
        counted = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.sent_at.is_not(None))
        row = await self._first(counted)
        return 0 if row is None else int(row[0])

    async def reached(self, receivers: Collection[str]) -> frozenset[str]:
        """Those of them whom something got through to."""
        found: set[str] = set()
        for chunk in chunks(receivers):
            statement = (
                select(OUTBOX.c.receiver)
                .where(OUTBOX.c.receiver.in_(chunk), OUTBOX.c.sent_at.is_not(None))
                .distinct()
            )
            found.update(row.receiver for row in await self._all(statement))
        return frozenset(found)
