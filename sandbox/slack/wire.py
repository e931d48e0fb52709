"""The way from the workspace to the app: envelopes out, acknowledgements back."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from sandbox.changes import Changes
from sandbox.clock import Clock
from sandbox.slack.faults import Faults
from sandbox.slack.model import Json

Kind = Literal["events_api", "interactive", "slash_commands"]
Status = Literal["ok", "operation_timeout", "dispatch_failed"]
RETRY_AFTER: Final = (0, 60, 300)
"""Seconds before each redelivery of an event. Source: Slack docs, apis/events-api (Retries)."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One delivery; `attempt` counts redeliveries of the same event."""

    kind: Kind
    payload: Json
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """What the app answered; `payload` is what it sent along."""

    status: Status
    payload: Json | None = None


class Transport(Protocol):
    """Socket Mode or HTTP."""

    async def send(self, envelope: Envelope) -> Ack:
        """Deliver, and return the app's answer when it comes."""


class Wire:
    """Delivers to the app, keeping Slack's 3 seconds and its redeliveries."""

    def __init__(self, clock: Clock, changes: Changes, faults: Faults, patience: float) -> None:
        self._clock = clock
        self._changes = changes
        self._faults = faults
        self._patience = patience
        self._tasks: set[asyncio.Task[Any]] = set()
        self.transport: Transport | None = None

    async def deliver(self, kind: Kind, payload: Json) -> Ack:
        """Deliver one interaction or command and return the first good answer to it."""
        with self._changes.under_way():
            held = await self._faults.gate(kind)
            try:
                acks = [
                    await self._once(Envelope(kind, payload)) for _ in range(self._faults.copies())
                ]
            finally:
                if held:
                    held.gone.set()
        return next((ack for ack in acks if ack.status == "ok"), acks[0])

    async def event(self, payload: Json) -> None:
        """Deliver an event; without an answer it is delivered again, up to three times."""
        with self._changes.under_way():
            held = await self._faults.gate("events_api")
            try:
                copies = self._faults.copies()
                ack = await self._once(Envelope("events_api", payload))
                if copies > 1:
                    await self._once(Envelope("events_api", payload, 1, "timeout"))
            finally:
                if held:
                    held.gone.set()
        if ack.status != "ok":
            self.spawn(self._again(payload, ack))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside everything else, until the server stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Give up whatever is still waiting."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.transport = None

    async def _again(self, payload: Json, last: Ack) -> None:
        for attempt, seconds in enumerate(RETRY_AFTER, start=1):
            if seconds:
                await self._clock.sleep(seconds)
            reason = "timeout" if last.status == "operation_timeout" else "http_error"
            with self._changes.under_way():
                last = await self._once(Envelope("events_api", payload, attempt, reason))
            if last.status == "ok":
                return

    async def _once(self, envelope: Envelope) -> Ack:
        if self.transport is None:
            return Ack("dispatch_failed")
        answer = asyncio.ensure_future(self.transport.send(envelope))
        timer = asyncio.ensure_future(self._clock.sleep(self._patience))
        try:
            await asyncio.wait({answer, timer}, return_when=asyncio.FIRST_COMPLETED)
            return answer.result() if answer.done() else Ack("operation_timeout")
        finally:
            answer.cancel()
            timer.cancel()
