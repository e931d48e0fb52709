"""The requests that are being handled: each under its own trace, timed, and waited for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from storage import trace


def _untold(_seconds: float) -> None:
    """Nobody asks how long it took."""


class Underway:
    """Counts what is being handled from its arrival to its answer."""

    def __init__(self, took: Callable[[float], None] = _untold) -> None:
        """`took` is told the seconds of each, from its arrival to its acknowledgement."""
        self._took = took
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """A request is handled within; what it logs and causes bears its trace."""
        self._count += 1
        self._idle.clear()
        begun = time.monotonic()
        try:
            with trace.begun():
                yield
        finally:
            self._took(time.monotonic() - begun)
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def ended(self, seconds: float) -> bool:
        """Wait so long for what is being handled; whether it all came to its end."""
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            return False
        return True
