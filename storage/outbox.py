"""Everything that is said to anybody, written with the change that causes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from storage import codec, trace
from storage.deliveries import DeliveryStore, entries, entry
from storage.notice import BULK, Entry, Notice, State, living
from storage.tables import OUTBOX

_FRESH: dict[str, Any] = {
    "state": State.PENDING.value,
    "fence": 0,
    "attempts": 0,
    "again_gap": 0,
    "subject": None,
}


class OutboxStore(DeliveryStore):
    """Notices and living messages going in; the sender's side is inherited."""

    async def put(self, notice: Notice) -> bool:
        """Say it. False: it was said before, or is going to be, so nothing was written."""
        statement = self._insert(OUTBOX).values(self._row(notice)).on_conflict_do_nothing()
        return bool(await self._changes(statement))

    async def put_all(self, notices: Iterable[Notice]) -> None:
        """Say them all in one round; those that were said before are left as they are."""
        statement = self._insert(OUTBOX).on_conflict_do_nothing()
        await self._many(statement, [self._row(notice) for notice in notices])

    async def paint(
        self,
        kind: str,
        receiver: str,
        subject: str,
        due: datetime,
        *,
        gap: timedelta = timedelta(0),
        platform: str | None = None,
        priority: int = BULK,
    ) -> None:
        """The living message about that subject is to show what is true by then.

        There is one of them: while it waits, more paint changes nothing; while it is being
        sent, it will be sent again; once sent, it is due again, at the earliest `gap` after the
        last time, and edited where it stands. A parked one stays parked.
        """
        once = living(kind, receiver, subject, platform)
        fresh = {
            **_FRESH,
            "id": uuid4().hex,
            "once": once,
            "kind": kind,
            "receiver": receiver,
            "subject": subject,
            "platform": platform,
            "priority": priority,
            "due": due,
            "person": False,
            "facts_version": 1,
            "trace": trace.current(),
            "since": due,
        }
        if await self._changes(self._insert(OUTBOX).values(fresh).on_conflict_do_nothing()):
            return
        row = (
            await self._connection.execute(
                select(OUTBOX.c.state, OUTBOX.c.sent_at, OUTBOX.c.again_due)
                .where(OUTBOX.c.once == once)
                .with_for_update()
            )
        ).one()
        changed: dict[str, Any] = {}
        if row.state in (State.SENT, State.DROPPED):
            earliest = due if row.sent_at is None else max(due, row.sent_at + gap)
            changed = {"state": State.PENDING.value, "due": earliest, "reason": None}
            changed |= {"trace": trace.current(), "since": earliest}
        elif row.state == State.SENDING:
            earliest = due if row.again_due is None else min(due, row.again_due)
            changed = {"again_due": earliest, "again_gap": gap // timedelta(microseconds=1)}
            changed["trace"] = trace.current()
        if changed:
            await self._changes(update(OUTBOX).where(OUTBOX.c.once == once).values(changed))

    async def parked(self) -> tuple[Entry, ...]:
        """What could not be sent, the oldest first."""
        return await self.ledger(states=[State.PARKED])

    async def said_in_thread(self, parent: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Kind and facts of everything said in a message's thread, the first thing first."""
        found = await self._all(
            select(OUTBOX.c.id, OUTBOX.c.kind, OUTBOX.c.facts)
            .where(OUTBOX.c.thread_of == parent)
            .order_by(OUTBOX.c.due, OUTBOX.c.id)
        )
        return tuple(
            (row.kind, codec.load_facts(self._open(OUTBOX, "facts", row.id, row.facts)))
            for row in found
        )

    async def ledger(
        self,
        *,
        receiver: str | None = None,
        states: Collection[State] | None = None,
        limit: int | None = None,
    ) -> tuple[Entry, ...]:
        """Deliveries by due time, without a text."""
        wanted = entries().order_by(OUTBOX.c.due, OUTBOX.c.id).limit(limit)
        if receiver is not None:
            wanted = wanted.where(OUTBOX.c.receiver == receiver)
        if states is not None:
            wanted = wanted.where(OUTBOX.c.state.in_([state.value for state in states]))
        return tuple(entry(row) for row in await self._all(wanted))

    def _row(self, notice: Notice) -> dict[str, Any]:
        made = uuid4().hex
        facts = codec.dump_plain(dict(notice.facts))
        return {
            **_FRESH,
            "id": made,
            "once": notice.once,
            "kind": notice.kind,
            "receiver": notice.receiver,
            "platform": notice.platform,
            "priority": notice.priority,
            "due": notice.due,
            "thread_of": notice.thread_of,
            "person": notice.person,
            "facts": self._seal(OUTBOX, "facts", made, facts),
            "facts_version": notice.facts_version,
            "trace": trace.current(),
            "since": notice.due,
        }
