"""The workspace's time: the wall's, one that can be moved on, or one that a test moves by hand."""

from __future__ import annotations

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol


class Clock(Protocol):
    """What a workspace asks of time."""

    def now(self) -> datetime:
        """Return the aware time of this moment."""

    async def sleep(self, seconds: float) -> None:
        """Return once that much of this clock's time has passed."""


class WallClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class MovableClock:
    """Runs like the wall's, from any moment, and can be moved on."""

    def __init__(self, start: datetime) -> None:
        self._shift = start - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    async def sleep(self, seconds: float) -> None:
        """Wait as long as on any clock, however often this one is moved meanwhile."""
        await asyncio.sleep(seconds)

    def move_to(self, moment: datetime) -> None:
        """Be at that moment; one that has passed changes nothing."""
        self._shift = max(self._shift, moment - datetime.now(UTC))


class ManualClock:
    """Time that stands still until `advance` moves it."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 1, 5, 9, tzinfo=UTC)
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = count()
        self._asleep = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        due = self._now + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (due, next(self._order), waiter))
        self._asleep.set()
        await waiter

    async def sleepers(self, wanted: int) -> None:
        """Return as soon as `wanted` others wait for this clock to move."""
        while sum(not waiter.done() for _, _, waiter in self._sleepers) != wanted:
            self._asleep.clear()
            await self._asleep.wait()

    def advance(self, seconds: float) -> None:
        """Move time on by `seconds` and wake whoever slept until then."""
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            _, _, waiter = heapq.heappop(self._sleepers)
            if not waiter.done():
                waiter.set_result(None)
