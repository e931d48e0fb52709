"""Messages that say the same to different people at about the same time: one call for all.

A call of twenty people costs as much of the month's quota as a call of one.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from contextvars import Context
from dataclasses import dataclass, field

from bot.platforms import late
from bot.platforms.dingtalk.client import CallError, DingTalkClient
from bot.platforms.dingtalk.outcomes import body_of, outcome_of, taken
from handlers.ports import NotSent, Outcome, Parcel, TooLateError

TO_PEOPLE = "v1.0/robot/oToMessages/batchSend"
MOST_PEOPLE = 20
"""DingTalk: people of one call."""
QUIET, QUIET_IF_URGENT, LONGEST = 0.3, 0.1, 2.0
"""Seconds after the last that joined, and at most after the first, until a call is made (ours)."""


@dataclass(slots=True)
class Batch:
    """Those who are to be told the same by one call."""

    payload: bytes
    until: float
    """By the loop's clock: when it is made at the latest."""
    members: dict[str, tuple[Parcel, asyncio.Future[Outcome]]] = field(default_factory=dict)
    timer: asyncio.TimerHandle | None = None


class Batches:
    """Each message keeps its own outcome, whoever it went with."""

    def __init__(self, client: DingTalkClient) -> None:
        """Call with that client."""
        self._client = client
        self._open: dict[bytes, Batch] = {}
        self._calls: set[asyncio.Task[None]] = set()

    async def send(self, parcel: Parcel, payload: bytes, person: str) -> Outcome:
        """Send it with others that say the same, after a moment. Raises TooLateError."""
        loop = asyncio.get_running_loop()
        batch = self._open.get(payload)
        if batch is not None and person in batch.members:
            self._close(batch)
            batch = None
        if batch is None:
            batch = self._open[payload] = Batch(payload, loop.time() + LONGEST)
        outcome: asyncio.Future[Outcome] = loop.create_future()
        batch.members[person] = parcel, outcome
        if batch.timer is not None:
            batch.timer.cancel()
        if len(batch.members) == MOST_PEOPLE:
            self._close(batch)
        else:
            urgent = any(one.urgent for one, _ in batch.members.values())
            at = loop.time() + (QUIET_IF_URGENT if urgent else QUIET)
            at = min(at, batch.until)
            batch.timer = loop.call_at(at, self._close, batch, context=Context())
        return await outcome

    def _close(self, batch: Batch) -> None:
        """Nobody joins it any more: make the call."""
        if batch.timer is not None:
            batch.timer.cancel()
        del self._open[batch.payload]
        task = asyncio.create_task(self._go(batch))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _go(self, batch: Batch) -> None:
        wanted = [one for one, (_, outcome) in batch.members.items() if not outcome.done()]
        for person in wanted:
            parcel, outcome = batch.members[person]
            if not parcel.in_time():
                outcome.set_exception(TooLateError())
        try:
            await self._call(batch, [one for one in wanted if not batch.members[one][1].done()])
        except Exception as fault:  # noqa: BLE001  each of them tells it to whoever waits
            for _, outcome in batch.members.values():
                if not outcome.done():
                    outcome.set_exception(fault)

    async def _call(self, batch: Batch, people: Collection[str]) -> None:
        """One call; where it is refused for good, one for each: that need not be for all."""
        if not people:
            return
        body = body_of(json.loads(batch.payload), self._client.settings.robot_code)
        parcels = [batch.members[one][0] for one in people]
        with late.only(lambda: all(one.in_time() for one in parcels)):
            try:
                answer = await self._client.call("POST", TO_PEOPLE, body | {"userIds": [*people]})
            except CallError as error:
                outcome = outcome_of(error)
                if len(people) > 1 and isinstance(outcome, NotSent) and outcome.final:
                    for one in people:
                        await self._call(batch, [one])
                    return
                outcomes = dict.fromkeys(people, outcome)
            else:
                outcomes = {one: taken(answer, one, [one]) for one in people}
        for one, outcome in outcomes.items():
            if not batch.members[one][1].done():
                batch.members[one][1].set_result(outcome)
