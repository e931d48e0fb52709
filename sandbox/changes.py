"""Who is told when something changes, and what is still under way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sandbox.errors import PersonError


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a screen may have to draw again.

    `what` is one of messages, view, users, home, trouble; `user` is the only one who sees it,
    or None when everybody in the channel may.
    """

    what: str
    channel: str | None = None
    user: str | None = None


class Changes:
    """The workspace's bell: rung at every change, listened to by tests and by screens."""

    def __init__(self) -> None:
        self._listeners: set[Callable[[Change], None]] = set()
        self._bell = asyncio.Event()
        self._under_way = 0

    def tell(self, what: str, channel: str | None = None, user: str | None = None) -> None:
        """Ring for one change."""
        for listener in tuple(self._listeners):
            listener(Change(what, channel, user))
        self._ring()

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call `listener` at each change; the answer stops it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Mark a call or a delivery as not finished while the block runs."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._ring()

    async def until(self, predicate: Callable[[], object], timeout: float) -> None:  # noqa: ASYNC109 - the limit is part of the call
        """Return as soon as `predicate()` is true; it is asked again at each change.

        That a person does not see something (PersonError) means: not yet.
        Raises: TimeoutError after `timeout` seconds.
        """
        async with asyncio.timeout(timeout):
            while not _holds(predicate):
                await self._bell.wait()

    async def settled(self, quiet: float, timeout: float) -> None:  # noqa: ASYNC109 - the limit is part of the call
        """Return once nothing was under way and nothing changed for `quiet` seconds.

        Raises: TimeoutError after `timeout` seconds.
        """
        async with asyncio.timeout(timeout):
            while True:
                while self._under_way:
                    await self._bell.wait()
                try:
                    async with asyncio.timeout(quiet):
                        await self._bell.wait()
                except TimeoutError:
                    if not self._under_way:
                        return

    def _ring(self) -> None:
        self._bell.set()
        self._bell = asyncio.Event()


def _holds(predicate: Callable[[], object]) -> bool:
    try:
        return bool(predicate())
    except PersonError:
        return False
