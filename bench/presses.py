"""From a press to its acknowledgement: the real bot beside bare Bolt apps on the same payloads."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from bench.company import with_people
from bench.figures import P99, Figure
from bench.local import QUICK, bot_on, connected, open_and_deliver, workspace_of
from bench.processes import ROOT, running
from sandbox.slack.people import Person
from sandbox.slack.server import SlackServer
from sandbox.slack.socket import Sockets
from sandbox.slack.wire import Ack, Envelope

PEOPLE = 200
ROUNDS = 2
"""How often all of them press at once."""
WARM = 10
"""Presses before any counts."""
OURS, DEFAULT, BEFORE = "ours", "default", "before"
Times = dict[str, list[float]]


@dataclass
class Stopwatch:
    """Stands between a workspace and its app: what was sent, and how long its ack took."""

    sockets: Sockets
    sent: list[Envelope] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    async def send(self, envelope: Envelope) -> Ack:
        """Deliver it."""
        started = time.perf_counter()
        ack = await self.sockets.send(envelope)
        self.took.append(time.perf_counter() - started)
        self.sent.append(envelope)
        return ack

    def clear(self) -> None:
        """Begin anew."""
        self.sent.clear()
        self.took.clear()


@dataclass
class Bench:
    """Three apps, each on a workspace of its own and in a process of its own."""

    people: list[Person]
    watch: Stopwatch
    bare: dict[str, Stopwatch]
    unopened: int = 0
    """Presses at once whose form came too late to be opened."""

    async def one_at_a_time(self, act: Callable[[Person], Awaitable[None]]) -> Times:
        """Each person acts; then the bare apps get the very same payload."""
        took: Times = {OURS: [], DEFAULT: [], BEFORE: []}
        for person in self.people:
            self.watch.clear()
            await act(person)
            took[OURS] += self.watch.took[:1]
            for name, watch in self.bare.items():
                watch.clear()
                await watch.send(self.watch.sent[0])
                took[name] += watch.took
        return {name: found[WARM:] for name, found in took.items()}

    async def at_once(self, act: Callable[[Person], Awaitable[None]]) -> Times:
        """All act in the same moment; then the bare apps get all those payloads at once."""
        took: Times = {OURS: [], DEFAULT: [], BEFORE: []}
        for _ in range(ROUNDS):
            self.watch.clear()
            await asyncio.gather(*map(act, self.people))
            took[OURS] += self.watch.took
            self.unopened += sum(not _has_form(person) for person in self.people)
            for name, watch in self.bare.items():
                watch.clear()
                await asyncio.gather(*map(watch.send, tuple(self.watch.sent)))
                took[name] += watch.took
            await self.close_forms()
        return took

    async def close_forms(self) -> None:
        """Let everybody close what is open."""
        for person in self.people:
            while person.form is not None:
                await person.close()


@asynccontextmanager
async def _apps() -> AsyncIterator[Bench]:
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        kept = await enter(with_people(PEOPLE))
        server, people = await enter(workspace_of(PEOPLE))
        await enter(bot_on(server, kept, *QUICK))
        await open_and_deliver(people[0], kept, PEOPLE)
        bare = {}
        for name in (DEFAULT, BEFORE):
            other, _ = await enter(workspace_of(1))
            tokens = (other.api_url, other.bot_token, other.app_token)
            await enter(running(sys.executable, "-m", "bench.bare", *tokens, name, folder=ROOT))
            await connected(other)
            bare[name] = Stopwatch(other.sockets)
        yield Bench(people, _watched(server), bare)


def _watched(server: SlackServer) -> Stopwatch:
    server.workspace.wire.transport = watch = Stopwatch(server.sockets)
    return watch


async def _open(person: Person) -> None:
    await person.press("self_review.open")


async def _choose(person: Person) -> None:
    """Answer the first goal in the form that is open."""
    form = person.form
    assert form is not None, person.troubles
    block = next(one for one in form.values if one.startswith("goal:"))
    await person.select(block, "3.5")


async def figures() -> list[Figure]:
    """One at a time and all at once, each for a button and for a choice in a form."""
    async with _apps() as bench:
        opened = await bench.one_at_a_time(_open)
        chosen = await bench.one_at_a_time(_choose)
        await bench.close_forms()
        together = await bench.at_once(_open)
    return [
        *_lines("a press that opens a form", opened, "one at a time"),
        *_lines("a choice in a form", chosen, "one at a time"),
        *_lines("a press that opens a form", together, f"{PEOPLE} at once"),
        Figure(
            name=f"presses that got no form, {PEOPLE} at once",
            value=bench.unopened,
            limit=0,
            means=f"Of {ROUNDS * PEOPLE}: Slack opens no form 3 s after the press; the bot asks "
            "to press again then. They are in the times above.",
        ),
    ]


def _has_form(person: Person) -> bool:
    return person.form is not None and person.form.callback_id == "self_review"


def _lines(what: str, took: Times, how: str) -> list[Figure]:
    p50 = {name: statistics.median(found) * 1000 for name, found in took.items()}
    p99 = {name: _p99(found) * 1000 for name, found in took.items()}
    name = f"{what}, {how}"
    bare = f"the bare app: {p50[DEFAULT]:.1f} and {p99[DEFAULT]:.1f} ms"
    early = f"; acknowledging before its work, {p50[BEFORE]:.2f} and {p99[BEFORE]:.2f} ms"
    means = (
        "Milliseconds from the payload's leaving the workspace to its acknowledgement, over Socket "
        "Mode. Ours: one transaction on SQLite, synced to disk where it writes, and the form "
        "opened or drawn again, all before the ack. The same payloads to Bolt apps that only "
        f"acknowledge: {bare}"
        f"{early} (p50 and p99 of `process_before_response` off, Bolt's default, and on)."
    )
    return [
        Figure(name=f"{name}: p50", value=p50[OURS], unit="ms", limit=p50[DEFAULT], means=means),
        Figure(name=f"{name}: p99", value=p99[OURS], unit="ms", limit=3 * p99[DEFAULT]),
        Figure(name=f"{name}: p50, ours ÷ bare", value=p50[OURS] / p50[DEFAULT], goal=bare + early),
    ]


def _p99(found: Sequence[float]) -> float:
    return statistics.quantiles(found, n=100)[P99]
