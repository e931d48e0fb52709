"""What can go wrong on order: each fault happens to the next calls or deliveries and is then over.

faults.rate_limit("chat.postMessage", times=2, retry_after=3)
faults.lose_reply("chat.postMessage")
faults.repeat_all = True
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Literal

from sandbox.changes import Changes

HTML = "<!doctype html><html><head><title>Server Error</title></head><body></body></html>"
Way = Literal["answer", "hang", "drop"]


@dataclass(slots=True)
class ApiFault:
    """What happens to the next `times` calls of `method` (a pattern such as chat.*).

    `accepted` tells whether the call still takes effect, its reply being lost.
    """

    method: str
    times: int
    way: Way = "answer"
    accepted: bool = False
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    content_type: str = "text/html"


@dataclass(slots=True)
class Held:
    """A delivery that is kept back: `kind` of envelope, and what lets it go."""

    kind: str
    go: asyncio.Future[None]
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class Faults:
    """Orders of what shall go wrong."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._api: list[ApiFault] = []
        self._repeats = 0
        self._holding = False
        self.repeat_all = False
        self.held: list[Held] = []
        self.drop_sockets: Callable[[], Awaitable[None]] = _no_sockets
        """Closes every Socket Mode connection, properly."""
        self.cut_sockets: Callable[[], Awaitable[None]] = _no_sockets
        """Breaks every Socket Mode connection without a closing handshake."""
        self.refresh_sockets: Callable[[], Awaitable[None]] = _no_sockets
        """Sends a `disconnect` frame (refresh_requested) on every connection."""

    def rate_limit(self, method: str, *, times: int = 1, retry_after: int = 1) -> None:
        """Answer 429 with Retry-After (seconds)."""
        headers = {"Retry-After": str(retry_after)}
        body = '{"ok": false, "error": "ratelimited"}'
        self._order(method, times, status=429, headers=headers, body=body, json=True)

    def server_error(
        self,
        method: str,
        *,
        times: int = 1,
        status: int = 503,
        body: str = HTML,
        json: bool = False,
    ) -> None:
        """Answer with that status and an HTML (or other, or empty) body; `json`: as if it were."""
        self._order(method, times, status=status, body=body, json=json)

    def error(self, method: str, code: str, *, times: int = 1) -> None:
        """Answer `ok: false` with that code, such as internal_error or fatal_error."""
        body = f'{{"ok": false, "error": "{code}"}}'
        self._order(method, times, status=200, body=body, json=True)

    def time_out(self, method: str, *, times: int = 1, accepted: bool = False) -> None:
        """Never answer; with `accepted` the call takes effect all the same."""
        self._api.append(ApiFault(method, times, "hang", accepted))

    def drop(self, method: str, *, times: int = 1, accepted: bool = False) -> None:
        """Drop the connection; with `accepted` the call takes effect all the same."""
        self._api.append(ApiFault(method, times, "drop", accepted))

    def lose_reply(self, method: str, *, times: int = 1) -> None:
        """Accept the call and drop the connection before the reply."""
        self.drop(method, times=times, accepted=True)

    def repeat(self, times: int = 1) -> None:
        """Deliver the next `times` envelopes twice; see `repeat_all` for all of them."""
        self._repeats += times

    def hold(self) -> None:
        """Keep back every delivery from now on; `held` lists them."""
        self._holding = True

    async def release(self, order: Literal["first", "last"] = "first") -> None:
        """Deliver what was held, one after another, oldest or newest first, and hold no more."""
        self._holding = False
        waiting, self.held = self.held, []
        for one in waiting if order == "first" else reversed(waiting):
            one.go.set_result(None)
            await one.gone.wait()

    def take(self, method: str) -> ApiFault | None:
        """Return the fault for this call, counting it down."""
        for fault in self._api:
            if fault.times > 0 and fnmatch(method, fault.method):
                fault.times -= 1
                return fault
        return None

    def copies(self) -> int:
        """Return how often the next envelope is to be delivered."""
        if self._repeats:
            self._repeats -= 1
            return 2
        return 2 if self.repeat_all else 1

    async def gate(self, kind: str) -> Held | None:
        """Wait here while deliveries are held; the answer is to be marked `gone` when done."""
        if not self._holding:
            return None
        held = Held(kind, asyncio.get_running_loop().create_future())
        self.held.append(held)
        self._changes.tell("held")
        await held.go
        return held

    def _order(
        self,
        method: str,
        times: int,
        *,
        status: int,
        body: str,
        headers: dict[str, str] | None = None,
        json: bool = False,
    ) -> None:
        fault = ApiFault(method, times, status=status, headers=headers or {}, body=body)
        fault.content_type = "application/json" if json else "text/html"
        self._api.append(fault)


async def _no_sockets() -> None:
    """Do nothing: no server runs yet."""
