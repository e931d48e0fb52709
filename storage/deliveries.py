"""Sending what is in the outbox: claims, intents and how they end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Row,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)

from storage import codec, looks
from storage.notice import Delivery, Entry, State
from storage.store import Store
from storage.tables import OUTBOX
from storage.utc import Utc

OVER: dict[str, Any] = {
    "lease_until": None,
    "payload": None,
    "intent_at": None,
    "again_due": None,
    "handed_until": None,
}
"""What a claim that came to an end leaves behind."""

# Asked with each delivery, so built once: building costs more than running does.
_NOW = bindparam("now", type_=Utc)
_WHOLE = select(
    OUTBOX,
    looks.PARENT.c.channel.label("thread_channel"),
    looks.PARENT.c.ts.label("thread_ts"),
    looks.PARENT.c.stands_on.label("thread_on"),
).outerjoin(looks.PARENT, looks.PARENT.c.once == OUTBOX.c.thread_of)
_GET = _WHOLE.where(OUTBOX.c.id == bindparam("delivery"))
_FIND = _WHOLE.where(OUTBOX.c.once == bindparam("said"))
CLAIM = (
    update(OUTBOX)
    .where(
        OUTBOX.c.id.in_(bindparam("ids", expanding=True)),
        or_(
            and_(OUTBOX.c.state == State.PENDING.value, OUTBOX.c.due <= _NOW),
            and_(OUTBOX.c.state == State.SENDING.value, OUTBOX.c.lease_until <= _NOW),
        ),
    )
    .values(
        state=State.SENDING.value,
        fence=OUTBOX.c.fence + 1,
        attempts=OUTBOX.c.attempts + 1,
        lease_until=bindparam("until", type_=Utc),
    )
    .returning(OUTBOX)
)
_PARENTS = select(OUTBOX.c.once, OUTBOX.c.channel, OUTBOX.c.ts, OUTBOX.c.stands_on).where(
    OUTBOX.c.once.in_(bindparam("asked", expanding=True))
)
_MINE = and_(
    OUTBOX.c.id == bindparam("mine"),
    OUTBOX.c.fence == bindparam("my_fence"),
    OUTBOX.c.state == State.SENDING.value,
)
_SET = update(OUTBOX).where(_MINE)
_UNCOUNTED = _SET.values(attempts=OUTBOX.c.attempts - 1)
_INTEND = _SET.values(intent_at=func.coalesce(OUTBOX.c.intent_at, bindparam("meant", type_=Utc)))
_FINAL = _SET.where(OUTBOX.c.again_due.is_(None))
_AGAIN = select(OUTBOX.c.again_due, OUTBOX.c.again_gap).where(_MINE).with_for_update()


class DeliveryStore(Store):
    """The sender's side. A write returns False if the claim is not the caller's any more."""

    async def due(
        self, now: datetime, limit: int, *, edits: bool | None = None
    ) -> tuple[Entry, ...]:
        """What may be sent now: the most urgent first, then what waits longest.

        A reply waits until the message it answers is sent, and stands alone if that was dropped.
        `edits`: only what stands in the chat already, or only what does not.
        """
        found = await self._all(looks.DUE_OF[edits], now=now, most=limit)
        return tuple(looks.entry(row) for row in found)

    async def receiving(self, now: datetime) -> frozenset[str]:
        """To whom something is being sent for the first time: what follows it waits its turn."""
        found = await self._all(looks.RECEIVING, now=now)
        return frozenset(row.receiver for row in found)

    async def expired(self, now: datetime, limit: int = 100) -> tuple[Entry, ...]:
        """What was being sent by somebody whose lease is over: claim it, and look back."""
        found = await self._all(looks.EXPIRED, now=now, most=limit)
        return tuple(looks.entry(row) for row in found)

    async def ready(self, now: datetime, most: int) -> tuple[Entry, ...]:
        """What is expired or due: so many at most of what stands there, and of what does not."""
        found = await self._all(looks.READY, now=now, most=most)
        return tuple(looks.entry(row) for row in found)

    async def next_due(self) -> datetime | None:
        """When there will be something to send or to look after; None: nothing waits."""
        (found,) = await self._all(looks.NEXT)
        return min((moment for moment in found if moment is not None), default=None)

    async def last_sent(self, receiver: str) -> datetime | None:
        """When something last got through to them; None: nothing ever did."""
        found = await self._first(
            select(func.max(OUTBOX.c.sent_at)).where(OUTBOX.c.receiver == receiver)
        )
        return None if found is None else found[0]

    async def get(self, delivery_id: str) -> Delivery | None:
        """That delivery."""
        return self._whole(await self._first(_GET, delivery=delivery_id))

    async def find(self, once: str) -> Delivery | None:
        """The delivery of that `once`."""
        return self._whole(await self._first(_FIND, said=once))

    async def postpone(self, ids: Collection[str], due: datetime, now: datetime) -> int:
        """They wait until then, but for what is claimed or was meant to be sent; how many do."""
        waits = OUTBOX.c.state == State.PENDING.value
        died = and_(
            OUTBOX.c.state == State.SENDING.value,
            OUTBOX.c.lease_until <= now,
            OUTBOX.c.intent_at.is_(None),
        )
        return await self._changes(
            update(OUTBOX)
            .where(OUTBOX.c.id.in_(ids), or_(waits, died))
            .values(state=State.PENDING.value, due=due, lease_until=None, handed_until=None)
        )

    async def claim(self, delivery_id: str, now: datetime, lease: timedelta) -> Delivery | None:
        """It is the caller's until the lease is over; None: it is not to be had.

        What is due can be claimed, and what was being sent by somebody whose lease is over.
        """
        return (await self.claim_all([delivery_id], now, lease)).get(delivery_id)

    async def claim_all(
        self, ids: Collection[str], now: datetime, lease: timedelta
    ) -> Mapping[str, Delivery]:
        """Those of them that are to be had: the caller's until the lease is over, by id."""
        rows = await self._all(CLAIM, ids=list(ids), now=now, until=now + lease)
        asked = [row.thread_of for row in rows if row.thread_of is not None]
        found = asked and await self._all(_PARENTS, asked=asked)
        parents = {row.once: (row.channel, row.ts, row.stands_on) for row in found}
        none = (None, None, None)
        return {row.id: self._delivery(row, *parents.get(row.thread_of, none)) for row in rows}

    async def intend(
        self,
        delivery_id: str,
        fence: int,
        payload: bytes,
        at: datetime,
        *,
        platform: str | None = None,
    ) -> bool:
        """Before the call: these bytes may reach that platform from now on.

        The first intent's time stays, for a call of then may still turn up.
        """
        sealed = self._seal(OUTBOX, "payload", delivery_id, payload)
        meant = {"payload": sealed, "meant": at, "stands_on": platform}
        return await self._set(delivery_id, fence, meant, _INTEND)

    async def sent(self, delivery_id: str, fence: int, channel: str, ts: str, at: datetime) -> bool:
        """The platform has it. A living message that changed meanwhile is due again."""
        ended = {**OVER, "channel": channel, "ts": ts, "sent_at": at, "reason": None, "attempts": 0}
        if await self._set(delivery_id, fence, {**ended, "state": State.SENT.value}, _FINAL):
            return True
        row = await self._first(_AGAIN, mine=delivery_id, my_fence=fence)
        if row is None:
            return False
        due = max(row.again_due, at + timedelta(microseconds=row.again_gap))
        ended |= {"state": State.PENDING.value, "due": due, "since": due}
        return await self._set(delivery_id, fence, ended)

    async def later(
        self, delivery_id: str, fence: int, due: datetime, reason: str, *, counted: bool = True
    ) -> bool:
        """The platform surely does not have it; try again from then on, worded afresh.

        `counted`: this try is one of those that it has before it is parked.
        """
        ended = {**OVER, "state": State.PENDING.value, "due": due, "reason": reason}
        return await self._set(delivery_id, fence, ended, _SET if counted else _UNCOUNTED)

    async def unknown(
        self, delivery_id: str, fence: int, until: datetime, *, counted: bool = True
    ) -> bool:
        """Nobody knows whether the platform has it; look back from then on."""
        how = _SET if counted else _UNCOUNTED
        return await self._set(delivery_id, fence, {"lease_until": until}, how)

    async def park(self, delivery_id: str, fence: int, reason: str) -> bool:
        """It can't be sent; an operator has to look at it."""
        ended = {**OVER, "state": State.PARKED.value, "reason": reason}
        return await self._set(delivery_id, fence, ended)

    async def drop(self, delivery_id: str, *, fence: int | None = None, reason: str = "") -> bool:
        """It need not be sent any more. Without a fence: an operator's word, unless on its way."""
        ended = {**OVER, "state": State.DROPPED.value, "reason": reason}
        if fence is not None:
            return await self._set(delivery_id, fence, ended)
        idle = update(OUTBOX).where(_idle(delivery_id))
        return bool(await self._changes(idle.values(ended)))

    async def forget_place(self, delivery_id: str, fence: int, due: datetime, reason: str) -> bool:
        """The message to edit is gone from the platform: post it anew."""
        ended = {**OVER, "state": State.PENDING.value, "due": due, "reason": reason, "ts": None}
        return await self._set(delivery_id, fence, ended)

    async def retry(self, delivery_id: str, now: datetime) -> bool:
        """An operator's word: what was parked, or waits after a try in vain, is due now."""
        in_vain = and_(OUTBOX.c.state == State.PENDING.value, OUTBOX.c.reason.is_not(None))
        return bool(
            await self._changes(
                update(OUTBOX)
                .where(
                    OUTBOX.c.id == delivery_id, or_(OUTBOX.c.state == State.PARKED.value, in_vain)
                )
                .values(state=State.PENDING.value, due=now, reason=None, attempts=0)
            )
        )

    async def _set(
        self, delivery_id: str, fence: int, values: Mapping[str, Any], how: Executable = _SET
    ) -> bool:
        mine = {"mine": delivery_id, "my_fence": fence}
        return bool(await self._changes(how, {**values, **mine}))

    def _whole(self, row: Row[Any] | None) -> Delivery | None:
        if row is None:
            return None
        return self._delivery(row, row.thread_channel, row.thread_ts, row.thread_on)

    def _delivery(
        self,
        row: Row[Any],
        channel: str | None,
        ts: str | None,
        stands_on: str | None = None,
    ) -> Delivery:
        facts, payload = row.facts, row.payload
        return Delivery(
            **looks.facts(row),
            facts={}
            if facts is None
            else codec.load_facts(self._open(OUTBOX, "facts", row.id, facts)),
            facts_version=row.facts_version,
            payload=None if payload is None else self._open(OUTBOX, "payload", row.id, payload),
            thread_channel=channel,
            thread_ts=ts,
            thread_on=stands_on,
        )


def _idle(delivery_id: str) -> ColumnElement[bool]:
    return and_(
        OUTBOX.c.id == delivery_id,
        OUTBOX.c.state.in_([State.PENDING.value, State.PARKED.value]),
    )
