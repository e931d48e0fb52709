"""Looks every now and then at who is on the chat platforms, and matches people to accounts."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from bot.faults import Fault
from bot.platforms.slack.faults import calling
from handlers.match_accounts import match_on
from handlers.ports import Deps, Directory
from storage.errors import FaultError

log = logging.getLogger(__name__)
MATCH_EVERY, MATCH_GAP = 600, 15
"""Seconds between two looks at who is there, and at least between them (ours)."""
PATIENCE = 10.0
"""Seconds that the first look may take before messages are sent all the same (ours)."""


class Matching:
    """Platform by platform: one that is away keeps nobody on another from being matched."""

    def __init__(self, deps: Deps, slack_url: str) -> None:
        """`slack_url`: where Slack is called, "" without Slack."""
        self._deps = deps
        self._slack_url = slack_url
        self._said: dict[str, str] = {}

    async def run(self) -> None:
        """Look every now and then, and soon after a stranger came."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._deps.stranger.wait(), MATCH_EVERY)
            self._deps.stranger.clear()
            await self.once()
            await asyncio.sleep(MATCH_GAP)

    async def once(self) -> None:
        """Look now; what is wrong is logged when it is new."""
        await asyncio.gather(*(self._on(one) for one in self._deps.directories))

    async def _on(self, directory: Directory) -> None:
        name, said = directory.platform, ""
        try:
            with calling("SLACK_BOT_TOKEN", self._slack_url):
                await match_on(directory, self._deps)
        except (Fault, FaultError) as fault:
            said = str(fault)
            if said != self._said.get(name):
                log.warning("accounts could not be matched; tried again later: %s", fault)
        except Exception:
            log.exception("accounts could not be matched; tried again later")
        self._said[name] = said
