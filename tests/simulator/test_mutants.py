"""The simulator sees what it is there for: each broken rule is caught within a few histories."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import history
import pytest
from chat import FakeMessenger
from telling import bad_ones

from handlers.answers import Answer, Done
from handlers.dispatch import dispatch
from handlers.events import Event
from handlers.ports import Deps, Parcel
from scheduler import claim, deliver
from storage.buckets import BucketStore
from storage.notice import Notice
from storage.outbox import OutboxStore

WITHIN = 20
"""Histories; each mutant is caught in far fewer on its own seeds."""
Mutation = Callable[[pytest.MonkeyPatch], None]


def no_look_back(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: FakeMessenger, parcel: Parcel, since: datetime) -> None:
        return None

    patch.setattr(FakeMessenger, "look_back", nothing)


def no_intent_before_the_call(patch: pytest.MonkeyPatch) -> None:
    async def unwritten(self: OutboxStore, *_: object) -> bool:
        return True

    patch.setattr(OutboxStore, "intend", unwritten)


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
    "mutation",
    [
        no_look_back,
        no_intent_before_the_call,
        no_unique_key,
        ack_before_commit,
        too_short_a_lease,
        a_429_moves_nothing,
    ],
)
def test_a_mutant_is_caught(mutation: Mutation, monkeypatch: pytest.MonkeyPatch) -> None:
    mutation(monkeypatch)
    assert bad_ones(range(WITHIN))
