"""The chat platforms that the bot listens to, as if they were one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.faults import Fault, fault_in
from prompts.render import Words

log = logging.getLogger(__name__)
GRACE = 5.0
"""Seconds that the others have left once one is connected; then the program goes on (ours)."""


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
    """All of them: one that is away holds no other back."""

    def __init__(self, chats: Mapping[str, Chat], words: Words) -> None:
        """By the platform's name. What is wrong with one is said in those words."""
        self._chats = dict(chats)
        self._words = words
        self._connecting: dict[str, asyncio.Task[None]] = {}
        self._refused: dict[str, Fault] = {}

    async def connect(self) -> None:
        """Connect to all, side by side, until one is; `run` goes on with the others.

        Raises the first Fault that no waiting mends, if it comes before that or soon after.
        """
        self._connecting = {
            name: asyncio.create_task(chat.connect()) for name, chat in self._chats.items()
        }
        waiting: set[asyncio.Task[None]] = set(self._connecting.values())
        try:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            _raised(done)
            if waiting:
                done, _ = await asyncio.wait(
                    waiting, timeout=GRACE, return_when=asyncio.FIRST_EXCEPTION
                )
                _raised(done)
        except BaseException:
            await self._give_up()
            raise

    async def run(self) -> None:
        """Look after all of them, each from when it is connected."""
        await asyncio.gather(*(self._look_after(name) for name in self._chats))

    async def stop(self) -> None:
        """Take no more events from any."""
        await self._give_up()
        await asyncio.gather(*(chat.stop() for chat in self._chats.values()))

    async def not_ready(self) -> Fault | None:
        """What the first lacks, if none of them can bring events now."""
        lacks = await self.lacks()
        found = [lack for lack in lacks.values() if lack is not None]
        return found[0] if found and len(found) == len(lacks) else None

    async def lacks(self) -> Mapping[str, Fault | None]:
        """What keeps events of each platform from being answered now."""
        return {
            name: self._refused.get(name) or await chat.not_ready()
            for name, chat in self._chats.items()
        }

    async def _look_after(self, name: str) -> None:
        connecting = self._connecting.get(name)
        if connecting is not None:
            try:
                await connecting
            except Fault as fault:
                # The others go on: whoever runs the program mends it and starts anew.
                self._refused[name] = fault
                log.error("%s: %s", name, fault_in(fault, self._words))  # noqa: TRY400
                return
        await self._chats[name].run()

    async def _give_up(self) -> None:
        for task in self._connecting.values():
            task.cancel()
        await asyncio.gather(*self._connecting.values(), return_exceptions=True)


def _raised(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.result()
