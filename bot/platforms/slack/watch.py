"""How things stand with Slack: waited for at start, then looked at; each change is said once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta

from bot.faults import Fault, log_changes
from bot.manifest import SCOPES
from bot.platforms.slack import probe
from bot.platforms.slack.connect import SlackConnection
from bot.platforms.slack.faults import (
    ClockOffError,
    ConnectionLostError,
    MissingScopesError,
    OthersConnectedError,
    SlackRefusedError,
    SlackUnreachableError,
)
from bot.waits import waits
from handlers.ports import Clock, Shut
from prompts.render import Words

log = logging.getLogger(__name__)
EVERY = 30.0
"""Seconds between two looks (ours)."""
LOST_FOR = 3
"""After so many looks without a connection it is made anew: slack_sdk may try for ever with an
address that Slack knows no more (ours)."""
SMALL = timedelta(minutes=1)
"""So far apart two clocks may be (ours)."""
TOO_FAR = timedelta(minutes=5)
"""Beyond this a signed request is refused, as Slack asks; Bolt does so without a word
(https://docs.slack.dev/authentication/verifying-requests-from-slack)."""


class Watch:
    """Connects, and sees to it that the connection stays."""

    def __init__(
        self, connection: SlackConnection, clock: Clock, words: Words, *, alone: bool
    ) -> None:
        """Compare with that clock, and say what is wrong in those words.

        `alone`: no other process may listen for the same database.
        """
        self._connection = connection
        self._clock = clock
        self._words = words
        self._alone = alone
        self._lost = 0
        self.troubles: tuple[Fault, ...] = ()

    async def connect(self) -> None:
        """Connect, however long the network is away.

        Raises SlackRefusedError or CannotListenError, which no waiting mends.
        """
        for wait in waits():
            try:
                await self._connection.start()
            except SlackUnreachableError as fault:
                self._tell((fault,))
                await asyncio.sleep(wait)
            else:
                await self.look()
                return

    async def stop(self) -> None:
        """Take no more events; what is being handled ends first."""
        await self._connection.stop()

    async def run(self) -> None:
        """Look now and then, for as long as the program runs."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """See how things stand now, and make a lost connection anew."""
        found: list[Fault] = []
        try:
            found += _faults_of(await probe.identify(self._connection.client), self._clock)
        except (SlackRefusedError, SlackUnreachableError) as fault:
            found.append(fault)
        if await self._connection.is_connected():
            self._lost = 0
        else:
            self._lost += 1
            found = found or [ConnectionLostError()]
            if self._lost >= LOST_FOR:
                found = await self._again(found)
        if self._alone and self._connection.connections > 1:
            found.append(OthersConnectedError(self._connection.connections))
        self._tell(tuple(found))

    async def shut(self, wanted: str | None) -> Shut | None:
        """Why that channel can't be written to; None: it can, or there is none.

        Raises SlackRefusedError or SlackUnreachableError.
        """
        if wanted is None:
            return None
        found = await probe.find(self._connection.client, wanted)
        if found is None:
            return "not_found"
        if found.archived:
            return "archived"
        return None if found.joined else "not_in"

    async def not_ready(self) -> Fault | None:
        """What keeps events from being answered now; None: nothing."""
        stopping = next((fault for fault in self.troubles if self._stops(fault)), None)
        if stopping is None and not await self._connection.is_connected():
            return ConnectionLostError()
        return stopping

    def _stops(self, fault: Fault) -> bool:
        if isinstance(fault, ClockOffError):
            return self._connection.settings.http_bind is not None and abs(fault.off) > TOO_FAR
        return not isinstance(fault, MissingScopesError | OthersConnectedError)

    async def _again(self, found: list[Fault]) -> list[Fault]:
        self._lost = 0
        try:
            await self._connection.stop()
            await self._connection.start()
        except Fault as fault:
            return [fault]
        return [one for one in found if not isinstance(one, ConnectionLostError)]

    def _tell(self, found: tuple[Fault, ...]) -> None:
        log_changes(self.troubles, found, self._words, log)
        self.troubles = found


def _faults_of(identity: probe.Identity, clock: Clock) -> Iterator[Fault]:
    missing = set() if identity.scopes is None else SCOPES.keys() - identity.scopes
    if missing:
        yield MissingScopesError("", ", ".join(sorted(missing)))
    off = None if identity.now is None else clock.now() - identity.now
    if off is not None and abs(off) > SMALL:
        yield ClockOffError(off)
