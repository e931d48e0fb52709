"""What comes in is handled once, in a task that outlives its connection; a repeat waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Payload = Mapping[str, Any]
KEPT = 1000
"""So many of the last events are known again when their frame comes anew (ours)."""
ENDS_WITHIN = 1.0
"""Seconds that an answer may still take when the program ends (ours)."""


@dataclass(slots=True)
class Handling:
    """How far one event is."""

    committed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once nothing of it can be lost any more."""
    response: Payload = field(default_factory=dict)
    """What its acknowledgement says."""
    begun: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    """On the loop's clock."""


Work = Callable[[Handling], Awaitable[None]]


class Once:
    """The database knows a repeat for good; here it is answered only once as well."""

    def __init__(self) -> None:
        """Nothing is being handled yet."""
        self._handled: dict[str, tuple[Handling, asyncio.Task[None]]] = {}

    async def do(
        self, identity: str, work: Work, within: float, *, whole: bool = True
    ) -> Payload | None:
        """Do it, and say what to acknowledge it with; None: it is committed, but not done in time.

        `whole`: wait for its end, not only until it is committed. Raises TimeoutError for what is
        not committed in time: not acknowledged, it comes anew.
        """
        known = self._handled.get(identity)
        if known is None:
            handling = Handling()
            known = handling, asyncio.ensure_future(work(handling))
            self._handled[identity] = known
            self._forget()
        handling, task = known
        enough = asyncio.ensure_future(handling.committed.wait())
        try:
            waited = {task} if whole else {task, enough}
            await asyncio.wait(waited, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        finally:
            enough.cancel()
        if task.done() and (task.cancelled() or task.exception() is not None):
            self._handled.pop(identity, None)
            task.result()
        if not (task.done() or handling.committed.is_set()):
            raise TimeoutError
        return handling.response if task.done() or not whole else None

    async def ended(self) -> None:
        """What is still being handled, though its connection is closed, comes to its end soon."""
        tasks = [task for _, task in self._handled.values() if not task.done()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=ENDS_WITHIN)
            for task in late:
                task.cancel()

    def _forget(self) -> None:
        for old in list(self._handled)[:-KEPT]:
            if self._handled[old][1].done():
                del self._handled[old]
