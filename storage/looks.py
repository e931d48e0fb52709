"""Looking at the outbox: what an entry is read from, and the statements that ask what waits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, select, union_all

from storage.notice import Entry, State
from storage.tables import OUTBOX
from storage.utc import Utc

PARENT = OUTBOX.alias("parent")
_ENTRY = [name for name in Entry.__dataclass_fields__ if name != "again"]


def entries() -> Select[Any]:
    """Rows for `entry`."""
    return select(*(OUTBOX.c[name] for name in _ENTRY), OUTBOX.c.again_due)


def entry(row: Row[Any]) -> Entry:
    """The row without its texts."""
    return Entry(**facts(row))


def facts(row: Row[Any]) -> dict[str, Any]:
    """What an entry holds of it, by name."""
    named = {name: getattr(row, name) for name in _ENTRY}
    since = row.since or row.due
    return {**named, "state": State(row.state), "again": row.again_due is not None, "since": since}


def held() -> ColumnElement[bool]:
    """It answers a message that is still to be sent."""
    return (
        select(PARENT.c.id)
        .where(
            PARENT.c.once == OUTBOX.c.thread_of,
            PARENT.c.ts.is_(None),
            PARENT.c.state != State.DROPPED.value,
        )
        .exists()
    )


# Looked for every second, so built once: building costs SQLAlchemy more than running does.
_PENDING = OUTBOX.c.state == State.PENDING.value
_SENDING = OUTBOX.c.state == State.SENDING.value
_LEASE_IS_OVER = OUTBOX.c.lease_until <= bindparam("now", type_=Utc)
DUE = (
    entries()
    .where(_PENDING, OUTBOX.c.due <= bindparam("now", type_=Utc), ~held())
    .order_by(OUTBOX.c.priority, OUTBOX.c.due, OUTBOX.c.id)
    .limit(bindparam("most", type_=Integer))
)
DUE_OF = {
    None: DUE,
    True: DUE.where(OUTBOX.c.ts.is_not(None)),
    False: DUE.where(OUTBOX.c.ts.is_(None)),
}
"""By `edits`."""
RECEIVING = select(OUTBOX.c.receiver).where(
    _SENDING,
    OUTBOX.c.lease_until > bindparam("now", type_=Utc),
    OUTBOX.c.attempts <= 1,
)
EXPIRED = (
    entries()
    .where(_SENDING, _LEASE_IS_OVER)
    .order_by(OUTBOX.c.lease_until, OUTBOX.c.id)
    .limit(bindparam("most", type_=Integer))
)
READY = union_all(
    *(select(one.subquery()) for one in (EXPIRED, DUE_OF[False], DUE_OF[True])),
)
"""All that can be sent or looked after, in one look."""
_PENDING_NEXT = select(OUTBOX.c.due).where(_PENDING, ~held()).order_by(OUTBOX.c.due).limit(1)
_LEASED_NEXT = select(OUTBOX.c.lease_until).where(_SENDING).order_by(OUTBOX.c.lease_until).limit(1)
NEXT = select(_PENDING_NEXT.scalar_subquery(), _LEASED_NEXT.scalar_subquery())
