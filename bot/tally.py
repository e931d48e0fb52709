"""Counts the calls of which a platform has so many a month, and writes them down now and then."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict

from handlers import quota
from handlers.ports import Deps
from handlers.work import Work
from storage.errors import FaultError

log = logging.getLogger(__name__)
EVERY = 1.0
"""Seconds between two writings: a process that dies forgets the calls of so long (ours)."""
COUNTED = {"done", "refused", "unknown"}
"""Ends of a call that the platform has counted, as far as we know."""


class Tally:
    """The Calls of one process; its counts become the database's, which all processes share."""

    def __init__(self, deps: Deps) -> None:
        """Count against the quotas of these."""
        self._deps = deps
        self._made: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._last: dict[str, str] = {}

    def made(self, platform: str, kind: str, outcome: str) -> None:
        """One was made."""
        self._deps.observer.called(platform, kind, outcome)
        self._made[platform][kind] += outcome in COUNTED
        if outcome in {"done", "used_up"}:
            self._last[platform] = outcome

    async def keep(self) -> None:
        """Write down what was counted since the last time. Raises FaultError."""
        for one in self._deps.quotas:
            made, last = self._made.pop(one.platform, None), self._last.pop(one.platform, "")
            if made is None:
                continue
            found = quota.Made(
                by_kind={kind: calls for kind, calls in made.items() if calls},
                refused=last == "used_up",
                taken=last == "done",
            )
            try:
                async with self._deps.database.begin() as tx:
                    now = self._deps.clock.now()
                    await quota.counted(
                        one, found, Work(tx=tx, company=self._deps.company, now=now)
                    )
            except BaseException:
                self._made[one.platform].update(made)
                self._last.setdefault(one.platform, last)
                raise
            self._deps.said.set()

    async def run(self) -> None:
        """Write them down for as long as the program runs."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.keep()
            except FaultError as fault:
                log.debug("calls could not be counted; tried again later: %s", fault)
