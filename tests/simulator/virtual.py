"""Time that passes only when everybody sleeps.

So a day takes no longer than what happens in it, and a seed always gives the same history.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class DeadlockError(Exception):
    """Everybody waits, and nobody for the time."""


class _Selector(selectors.SelectSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise DeadlockError
        if timeout > 0:
            self._loop.passed += timeout
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop that moves its clock on instead of waiting."""

    def __init__(self) -> None:
        self.passed = 0.0
        super().__init__(_Selector(self))

    def time(self) -> float:
        return self.passed


class VirtualClock:
    """The time of the history: its start and what passed on its loop."""

    def __init__(self, start: datetime) -> None:
        self._start = start

    def now(self) -> datetime:
        return self._start + timedelta(seconds=round(asyncio.get_running_loop().time(), 6))


Main = Coroutine[Any, Any, T]


def run(main: Main[T]) -> T:
    """As asyncio.run, in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


def begin_again() -> None:
    """The loop's time is 0 again; nobody may be waiting for it."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    loop.passed = 0.0
