"""How things stand with DingTalk: connected at start, then looked at; each change is said once."""

from __future__ import annotations

import asyncio
import logging

from bot.faults import Fault, log_changes
from bot.platforms.dingtalk.client import CallError, DingTalkClient
from bot.platforms.dingtalk.faults import DingTalkLostError, DingTalkUnreachableError, fault_of
from bot.platforms.dingtalk.listen import Listener
from bot.platforms.dingtalk.stream import ENDS_WITHIN, Stream
from bot.underway import Underway
from bot.waits import waits
from prompts.render import Words

log = logging.getLogger(__name__)
EVERY = 30.0
"""Seconds between two looks (ours)."""
PATIENCE, A_LOOK = 20.0, 0.05
"""Seconds that a connection may take to come about, and between two looks meanwhile (ours)."""
SILENT = 600.0
"""After so many seconds without a frame, not even a ping of DingTalk's, the connection is made
anew: one that stands and brings nothing has been seen (ours)."""


class DingTalkWatch:
    """Connects, and sees to it that the connection stays; the client is its own."""

    def __init__(
        self, client: DingTalkClient, listener: Listener, underway: Underway, words: Words
    ) -> None:
        """Say what is wrong in those words; `underway` counts what is being handled."""
        self._client = client
        self._listener = listener
        self._underway = underway
        self._words = words
        self._stream: Stream | None = None
        self._task: asyncio.Task[None] | None = None
        self.troubles: tuple[Fault, ...] = ()

    @property
    def is_connected(self) -> bool:
        """Whether messages can reach us now."""
        return self._stream is not None and self._stream.websocket is not None

    async def connect(self) -> None:
        """Connect, however long the network is away.

        Raises DingTalkRefusedError, which no waiting mends.
        """
        for wait in waits():
            try:
                await self.start()
            except DingTalkUnreachableError as fault:
                self._tell((fault,))
                await asyncio.sleep(wait)
            else:
                self._tell(())
                return

    async def start(self) -> None:
        """Connect once. Raises DingTalkRefusedError or DingTalkUnreachableError."""
        url = self._client.settings.api_url
        try:
            await self._client.token()
        except CallError as error:
            raise fault_of(error, url) from None
        self._stream = Stream(self._client, self._listener, self._underway)
        self._task = asyncio.create_task(self._stream.start())
        for _ in range(round(PATIENCE / A_LOOK)):
            if self.is_connected or self._stream.trouble is not None:
                break
            await asyncio.sleep(A_LOOK)
        if not self.is_connected:
            trouble = self._stream.trouble
            await self._let_go()
            if trouble is None:
                raise DingTalkUnreachableError(url, "Stream")
            raise fault_of(trouble, url)

    async def stop(self) -> None:
        """Take no more messages; what is being handled is answered first."""
        if self._stream is not None:
            self._stream.closing = True
            if not await self._underway.ended(ENDS_WITHIN):
                log.warning("not all that people asked was answered in time")
        await self._let_go()
        await self._listener.ended()
        await self._client.close()

    async def run(self) -> None:
        """Look now and then, for as long as the program runs."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """See how things stand now, and make a connection anew that brings nothing."""
        stream = self._stream
        if stream is None:
            return
        silent = asyncio.get_running_loop().time() - stream.heard_at
        if silent > SILENT and stream.websocket is not None:
            log.warning("DingTalk has said nothing for %.0f s: connecting anew", silent)
            await stream.websocket.close()
        lack = await self.not_ready()
        self._tell(() if lack is None else (lack,))

    async def not_ready(self) -> Fault | None:
        """What keeps messages from being answered now; None: nothing."""
        if self.is_connected:
            return None
        trouble = None if self._stream is None else self._stream.trouble
        return DingTalkLostError() if trouble is None else self._fault(trouble)

    def _fault(self, trouble: CallError) -> Fault:
        return fault_of(trouble, self._client.settings.api_url)

    async def _let_go(self) -> None:
        stream, task = self._stream, self._task
        self._stream = self._task = None
        if stream is not None and task is not None:
            await stream.stop()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _tell(self, found: tuple[Fault, ...]) -> None:
        log_changes(self.troubles, found, self._words, log)
        self.troubles = found
