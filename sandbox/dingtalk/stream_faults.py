"""What can go wrong on order on the stream."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import uuid4

from sandbox.changes import Changes
from sandbox.dingtalk.frames import Push

Order = Literal["first", "last"]


@dataclass(slots=True)
class Held:
    """A delivery that is kept back, and what lets it go."""

    go: asyncio.Future[None]
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class StreamFaults:
    """Frames twice, frames kept back, answers late."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._repeats: deque[bool] = deque()
        self._late: deque[float] = deque()
        self._holding = False
        self.repeat_all = False
        """Deliver every frame twice."""
        self.held: list[Held] = []

    def repeat(self, times: int = 1, *, new_id: bool = False) -> None:
        """Deliver the next `times` frames twice; `new_id`: under another messageId.

        What they tell (msgId, eventId) is the same both times.
        """
        self._repeats.extend([new_id] * times)

    def late_acks(self, seconds: float, *, times: int = 1) -> None:
        """Let the next answers arrive only that much later."""
        self._late.extend([seconds] * times)

    def hold(self) -> None:
        """Keep back every delivery from now on; `held` lists them."""
        self._holding = True

    async def release(self, order: Order = "first") -> None:
        """Deliver what was held, one after another, oldest or newest first, and hold no more."""
        self._holding = False
        waiting, self.held = self.held, []
        for one in waiting if order == "first" else reversed(waiting):
            one.go.set_result(None)
            await one.gone.wait()

    def copies(self, push: Push) -> list[Push]:
        """Return what is to be sent for this push."""
        if self._repeats:
            twin = replace(push, id=uuid4().hex) if self._repeats.popleft() else push
            return [push, twin]
        return [push, push] if self.repeat_all else [push]

    def lateness(self) -> float | None:
        """Return how late the answer that just came is to be; None for not at all."""
        return self._late.popleft() if self._late else None

    async def gate(self) -> Held | None:
        """Wait here while deliveries are held; the answer is to be marked `gone` when done."""
        if not self._holding:
            return None
        held = Held(asyncio.get_running_loop().create_future())
        self.held.append(held)
        self._changes.tell("held")
        await held.go
        return held
