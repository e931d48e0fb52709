"""The chat platforms that the bot listens to, as if they were one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from bot.faults import Fault


class Chat(Protocol):
    """A platform's connection, and who looks after it."""

    async def connect(self) -> None:
        """Connect, however long the network is away. Raises a Fault that no waiting mends."""

    async def run(self) -> None:
        """Look after it for as long as the program runs."""

    async def stop(self) -> None:
        """Take no more events; what is being handled ends first."""

    async def not_ready(self) -> Fault | None:
        """What keeps events from being answered now; None: nothing."""


class Connections:
    """All of them."""

    def __init__(self, chats: Sequence[Chat]) -> None:
        """Of none there is nothing to wait for."""
        self._chats = tuple(chats)

    async def connect(self) -> None:
        """Connect to all, side by side. Raises the first Fault that no waiting mends."""
        connecting = [asyncio.create_task(chat.connect()) for chat in self._chats]
        try:
            await asyncio.gather(*connecting)
        finally:
            for task in connecting:
                task.cancel()
            await asyncio.gather(*connecting, return_exceptions=True)

    async def run(self) -> None:
        """Look after all of them."""
        await asyncio.gather(*(chat.run() for chat in self._chats))

    async def stop(self) -> None:
        """Take no more events from any."""
        await asyncio.gather(*(chat.stop() for chat in self._chats))

    async def not_ready(self) -> Fault | None:
        """What the first that is not ready lacks."""
        for chat in self._chats:
            if (lack := await chat.not_ready()) is not None:
                return lack
        return None
