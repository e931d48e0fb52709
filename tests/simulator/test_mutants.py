"""The simulator sees what it is there for: each broken rule is caught within a few histories."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import history
import pytest
from chat import FakeMessenger
from sqlalchemy import select
from telling import bad_ones

from handlers.answers import Answer, Done, Says, dump
from handlers.dispatch import dispatch
from handlers.events import Event
from handlers.ports import Deps, Outcome, Parcel
from handlers.work import Work
from scheduler import claim, deliver, ending
from scheduler.address import Address
from storage import deliveries
from storage.buckets import BucketStore
from storage.notice import Delivery, Notice
from storage.outbox import OutboxStore
from storage.tables import OUTBOX

Mutation = Callable[[pytest.MonkeyPatch], None]


def no_look_back(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: FakeMessenger, parcel: Parcel, since: datetime) -> None:
        return None

    patch.setattr(FakeMessenger, "look_back", nothing)


def no_intent_before_the_call(patch: pytest.MonkeyPatch) -> None:
    async def unwritten(self: OutboxStore, *_: object) -> bool:
        return True

    patch.setattr(OutboxStore, "intend", unwritten)


def intent_after_the_call(patch: pytest.MonkeyPatch) -> None:
    drawn: dict[tuple[str, int], bytes] = {}
    came = ending.came

    async def unwritten(delivery: Delivery, payload: bytes, address: Address, work: Work) -> bool:
        drawn[delivery.id, delivery.fence] = payload
        return True

    async def after(delivery: Delivery, outcome: Outcome, address: Address, work: Work) -> None:
        payload = drawn.get((delivery.id, delivery.fence))
        if payload is not None:
            await work.tx.outbox.intend(delivery.id, delivery.fence, payload, work.now)
        await came(delivery, outcome, address, work)

    patch.setattr(ending, "begins", unwritten)
    patch.setattr(ending, "came", after)


def no_fence(patch: pytest.MonkeyPatch) -> None:
    async def whoever(
        self: OutboxStore, delivery_id: str, _: int, values: Any, how: Any = deliveries._SET
    ) -> bool:
        (fence,) = await self._all(select(OUTBOX.c.fence).where(OUTBOX.c.id == delivery_id))
        return await set_(self, delivery_id, fence[0], values, how)

    set_ = OutboxStore._set
    patch.setattr(OutboxStore, "_set", whoever)


def claim_kept_after_a_refusal(patch: pytest.MonkeyPatch) -> None:
    async def kept(event: Event, deps: Deps) -> Answer:
        answer = await dispatch(event, deps)
        if isinstance(answer, Says):
            async with deps.database.begin() as tx:
                if await tx.inbound.answer_to(event.identity) is None:
                    await tx.inbound.remember(event.identity, dump(answer), deps.clock.now())
        return answer

    patch.setattr(history, "handed_in", kept)


def no_unique_key(patch: pytest.MonkeyPatch) -> None:
    row = OutboxStore._row

    def renamed(self: OutboxStore, notice: Notice) -> dict[str, Any]:
        made = row(self, notice)
        return {**made, "once": f"{notice.once}/{made['id']}"}

    patch.setattr(OutboxStore, "_row", renamed)


def ack_before_commit(patch: pytest.MonkeyPatch) -> None:
    running = set()

    async def at_once(event: Event, deps: Deps) -> Answer:
        task = asyncio.create_task(dispatch(event, deps))
        running.add(task)
        return Done()

    patch.setattr(history, "handed_in", at_once)


def too_short_a_lease(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(claim, "LEASE", timedelta(seconds=1))
    patch.setattr(deliver, "A_CALL", timedelta(0))


def a_429_moves_nothing(patch: pytest.MonkeyPatch) -> None:
    async def unmoved(self: BucketStore, bucket: str, until: datetime) -> None:
        return None

    patch.setattr(BucketStore, "push_back", unmoved)


@pytest.mark.parametrize(
    ("mutation", "within"),
    [
        (no_look_back, 12),
        (no_intent_before_the_call, 12),
        (intent_after_the_call, 12),
        (no_fence, 60),
        (no_unique_key, 12),
        (ack_before_commit, 12),
        (claim_kept_after_a_refusal, 12),
        (too_short_a_lease, 12),
        (a_429_moves_nothing, 12),
    ],
)
def test_a_mutant_is_caught(
    mutation: Mutation, within: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`within`: histories, three times as many as it took when this was written, or more."""
    mutation(monkeypatch)
    assert bad_ones(range(within))
