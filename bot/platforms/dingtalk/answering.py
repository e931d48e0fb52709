"""What changes because of a press goes with its answer, where it is ready in time: no call."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Drawn = Mapping[str, Any]
"""A message as the outbox has drawn it."""


class Answering:
    """Presses that are being answered now, by the card or the person that is to be shown more."""

    def __init__(self) -> None:
        """Nobody presses as yet."""
        self._open: dict[str, list[asyncio.Future[Drawn]]] = {}

    @contextmanager
    def on(self, place: str) -> Iterator[asyncio.Future[Drawn]]:
        """Meanwhile what is drawn anew for that place is handed over here."""
        handed: asyncio.Future[Drawn] = asyncio.get_running_loop().create_future()
        listed = self._open.setdefault(place, [])
        listed.append(handed)
        try:
            yield handed
        finally:
            listed.remove(handed)
            if not listed:
                del self._open[place]

    def waits(self, place: str) -> bool:
        """Whether an answer there can take what is drawn."""
        return any(not one.done() for one in self._open.get(place, ()))

    def take(self, place: str, drawn: Drawn) -> bool:
        """Hand it to the answer that waits for it longest. False: none does."""
        for handed in self._open.get(place, ()):
            if not handed.done():
                handed.set_result(drawn)
                return True
        return False


async def within(seconds: float, handed: asyncio.Future[Drawn]) -> Drawn | None:
    """What was handed over, if it is in that time."""
    await asyncio.wait({handed}, timeout=max(seconds, 0))
    return handed.result() if handed.done() else None
