"""Everything that is said to anybody, written with the change that causes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import BigInteger, Executable, Integer, and_, bindparam, case, null, or_, select

from storage import codec, trace
from storage.looks import entries, entry
from storage.notes import NoteStore
from storage.notice import BULK, Entry, Notice, Painting, State
from storage.tables import OUTBOX
from storage.utc import plus

_FRESH: dict[str, Any] = {
    "state": State.PENDING.value,
    "fence": 0,
    "attempts": 0,
    "again_gap": 0,
    "subject": None,
}

ROUND = 200
"""Rows written at a time, so that memory does not grow with the company (ours)."""
_PAINTED = (
    *_FRESH,
    "id",
    "once",
    "kind",
    "receiver",
    "platform",
    "priority",
    "due",
    "person",
    "facts_version",
    "trace",
    "since",
)
"""Columns of a living message that is new."""


class OutboxStore(NoteStore):
    """Notices and living messages going in; the sender's side is inherited."""

    async def put(self, notice: Notice) -> bool:
        """Say it. False: it was said before, or is going to be, so nothing was written."""
        return await self.add_if_new(OUTBOX, self._row(notice))

    async def put_all(self, notices: Iterable[Notice]) -> None:
        """Say them all in one round; those that were said before are left as they are."""
        # In one order always, so that two who say the same never wait for each other.
        in_order = sorted(notices, key=lambda one: one.once)
        await self._many(self._insert_new(OUTBOX), [self._row(notice) for notice in in_order])

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
        """One living message is to show what is true by then; see paint_all."""
        one = Painting(
            kind=kind,
            receiver=receiver,
            subject=subject,
            due=due,
            gap=gap,
            platform=platform,
            priority=priority,
        )
        await self.paint_all([one])

    async def paint_all(self, paintings: Iterable[Painting]) -> None:
        """Those living messages are to show what is true by then; so many in one round.

        There is one of each: while it waits, more paint changes nothing, but that an edit which
        was put off is due again; while it is being sent, it will be sent again; once sent, it is
        due again, at the earliest its gap after the last time, and edited where it stands. A parked
        one stays parked.
        """
        # In one order always, so that two who paint the same never wait for each other.
        in_order = sorted(paintings, key=lambda one: one.once)
        for start in range(0, len(in_order), ROUND):
            rows = [_painted(one) for one in in_order[start : start + ROUND]]
            await self._many(self._paint(), rows)

    def _paint(self) -> Executable:
        insert = self._insert(OUTBOX)
        insert = insert.values({name: bindparam(name) for name in _PAINTED})
        asked, was = insert.excluded, OUTBOX.c
        done = or_(was.state == State.SENT.value, was.state == State.DROPPED.value)
        sending = was.state == State.SENDING.value
        rested = plus(was.sent_at, bindparam("gap_seconds", type_=Integer))
        again = case((rested > asked.due, rested), else_=asked.due)
        sooner = case((was.again_due < asked.due, was.again_due), else_=asked.due)
        put_off = and_(
            was.state == State.PENDING.value, was.ts.isnot(None), was.attempts == 0, was.due > again
        )
        # What becomes of each column of a message that is done, and of one on its way; of an edit
        # that was put off only the time does.
        after: dict[str, tuple[Any, Any]] = {
            "state": (State.PENDING.value, was.state),
            "due": (again, was.due),
            "reason": (null(), was.reason),
            "again_due": (was.again_due, sooner),
            "again_gap": (was.again_gap, bindparam("gap", type_=BigInteger)),
            "since": (again, was.since),
        }
        return insert.on_conflict_do_update(
            index_elements=["once"],
            set_={
                name: case((done, if_done), (sending, if_sending), else_=was[name])
                for name, (if_done, if_sending) in after.items()
            }
            | {"due": case((sending, was.due), else_=again), "trace": asked.trace},
            where=or_(done, sending, put_off),
        )

    async def queue(self) -> tuple[tuple[datetime, bool], ...]:
        """When each that waits is due, the earliest first, and whether it stands there already."""
        found = await self._all(
            select(OUTBOX.c.due, OUTBOX.c.ts)
            .where(OUTBOX.c.state == State.PENDING.value)
            .order_by(OUTBOX.c.due, OUTBOX.c.id)
        )
        return tuple((row.due, row.ts is not None) for row in found)

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
            "state": (State.NOTED if notice.daily else State.PENDING).value,
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


def _painted(one: Painting) -> dict[str, Any]:
    return {
        **_FRESH,
        "id": uuid4().hex,
        "once": one.once,
        "kind": one.kind,
        "receiver": one.receiver,
        "subject": one.subject,
        "platform": one.platform,
        "priority": one.priority,
        "due": one.due,
        "person": False,
        "facts_version": 1,
        "trace": trace.current(),
        "since": one.due,
        "gap": one.gap // timedelta(microseconds=1),
        "gap_seconds": -(-one.gap // timedelta(seconds=1)),
    }
