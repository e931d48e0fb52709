"""Places in this process from which the database is used: who finds none free waits in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Hands the place on; it is the database that somebody may tire of, not the queue.

    So the time of all who wait stands still while a writer is at work, and begins anew
    when it is done: what runs is only the time in which the database itself is waited for.
    """

    def __init__(self) -> None:
        """Nobody writes, nobody waits."""
        self._place = asyncio.Lock()
        self._waiting: dict[asyncio.Timeout, float] = {}
        self._at_work = False

    @asynccontextmanager
    async def take(self, patience: float | None) -> AsyncIterator[float | None]:
        """The place, and the seconds that are left to wait for the database (None: no end).

        Raises TimeoutError once the database kept everybody waiting for so many seconds.
        """
        left = await self._wait(patience)
        try:
            yield left
        finally:
            if self._at_work:
                self.works(at_work=False)
            self._place.release()

    def works(self, *, at_work: bool = True) -> None:
        """Whoever has the place has the database, too; or is done with it."""
        self._at_work = at_work
        now = asyncio.get_running_loop().time()
        for limit, patience in self._waiting.items():
            if not limit.expired():
                limit.reschedule(None if at_work else now + patience)

    async def _wait(self, patience: float | None) -> float | None:
        if patience is None:
            await self._place.acquire()
            return None
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(None if self._at_work else patience) as limit:
            self._waiting[limit] = patience
            try:
                await self._place.acquire()
            finally:
                del self._waiting[limit]
        until = limit.when()
        return patience if until is None else until - loop.time()


class Places:
    """As many as a server gives connections; it is the server that somebody may tire of.

    So whoever waits begins to wait anew each time that somebody is done: a long queue turns nobody
    away, a server that serves nobody any more does.
    """

    def __init__(self, many: int) -> None:
        """All are free."""
        self._free = asyncio.Semaphore(many)
        self._waiting: dict[asyncio.Timeout, float] = {}

    @asynccontextmanager
    async def take(self, patience: float | None) -> AsyncIterator[None]:
        """One of them. Raises TimeoutError once nobody was done for so many seconds."""
        async with asyncio.timeout(patience) as limit:
            if patience is not None:
                self._waiting[limit] = patience
            try:
                await self._free.acquire()
            finally:
                self._waiting.pop(limit, None)
        try:
            yield
        finally:
            self._free.release()
            self._somebody_is_done()

    def _somebody_is_done(self) -> None:
        now = asyncio.get_running_loop().time()
        for limit, patience in self._waiting.items():
            if not limit.expired():
                limit.reschedule(now + patience)
