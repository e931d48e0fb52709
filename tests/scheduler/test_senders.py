"""Whoever sends, the timetable's loop on SQLite or workers on PostgreSQL: the same contract."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from text_chat import TextChat
from world import Home, home, team

from handlers import notices
from handlers.ports import Outcome, Parcel
from prompts.card import Card, Heading
from scheduler import workers
from scheduler.timetable import Timetable, sender_for
from storage.notice import BULK, URGENT, Entry, Notice, State

PEOPLE = 12
FEW = ("posts", 60.0, 8)
"""Six of the bulk at once, then one a minute."""


@dataclass
class Chat(TextChat):
    """Each call takes a while, or as long as `gate` is shut; `limited`: it keeps to FEW."""

    limited: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: int = 0

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        return (FEW,) if self.limited else ()

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        self.begun += 1
        await self.gate.wait()
        return await super().send(parcel, payload)

    async def calls(self, wanted: int) -> None:
        """Wait until so many calls have begun."""

        async def begun() -> int:
            return self.begun

        await _until(begun, wanted)


async def _until(count: Callable[[], Awaitable[int]], wanted: int) -> None:
    async with asyncio.timeout(20):
        while await count() < wanted:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)


@dataclass
class Sending:
    """A place, and who sends there."""

    place: Home
    chat: Chat
    url: str

    def start(self) -> Timetable:
        """One more process that sends, and does nothing else."""
        table = Timetable(
            self.place.deps, plans=False, sender=sender_for(self.place.deps, self.url)
        )
        table.start()
        return table

    async def put(self, number: int, *, priority: int = BULK, after: int = 0) -> None:
        """A word to that person, due so many seconds after noon."""
        due = self.place.clock.now() + timedelta(seconds=after)
        notice = Notice(
            kind="note", receiver=f"e{number}", once=f"n{number}", due=due, priority=priority
        )
        async with self.place.deps.database.begin() as tx:
            await tx.outbox.put(notice)
        self.place.deps.said.set()

    async def ledger(self) -> dict[str, Entry]:
        async with self.place.deps.database.begin(write=False) as tx:
            return {one.once: one for one in await tx.outbox.ledger()}

    async def until(self, sent: int) -> None:
        """Wait until the outbox knows of so many that arrived."""
        await _until(self._sent, sent)

    async def _sent(self) -> int:
        return sum(one.state is State.SENT for one in (await self.ledger()).values())


@pytest.fixture(params=["timetable", "workers"])
def server(request: pytest.FixtureRequest) -> str | None:
    """The address of a database on a server; None: a file of SQLite."""
    return request.getfixturevalue("postgres_url") if request.param == "workers" else None


@pytest.fixture
async def sending(
    server: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Sending]:
    async def note(*_: object) -> Card:
        return Card("A word", (Heading("A word"),))

    monkeypatch.setitem(notices.SAYINGS, "note", note)
    monkeypatch.setattr(workers, "LOOK", 0.05)
    monkeypatch.setattr("scheduler.timetable.DELIVER_EVERY", 0.05)
    async with home(tmp_path, team(PEOPLE), url=server) as place:
        chat = Chat()
        chat.gate.set()
        place.deps.messengers = {"text": chat}
        yield Sending(place, chat, server or f"sqlite:///{tmp_path / 'home.db'}")


@asynccontextmanager
async def at_work(sending: Sending) -> AsyncIterator[Timetable]:
    table = sending.start()
    try:
        yield table
    finally:
        sending.place.deps.stopping.set()
        await table.stop()


def _receivers(chat: Chat) -> list[str]:
    return sorted(to.removeprefix("T-") for to, _, _ in chat.log)


async def test_all_that_is_due_is_sent_once(sending: Sending) -> None:
    for number in range(1, PEOPLE + 1):
        await sending.put(number, after=3600 if number == PEOPLE else 0)
    async with at_work(sending):
        await sending.until(PEOPLE - 1)
        await asyncio.sleep(0.3)
    assert _receivers(sending.chat) == sorted(f"e{number}" for number in range(1, PEOPLE))


async def test_what_is_said_while_it_runs_is_sent_without_waiting_for_the_next_look(
    sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LOOK", 600)
    monkeypatch.setattr("scheduler.timetable.DELIVER_EVERY", 600)
    async with at_work(sending):
        await asyncio.sleep(1)
        await sending.put(1)
        await sending.until(1)
    assert _receivers(sending.chat) == ["e1"]


async def test_what_a_limit_holds_back_is_sent_when_it_may_be(sending: Sending) -> None:
    sending.chat.limited = True
    for number in range(1, 8):
        await sending.put(number)
    async with at_work(sending):
        await sending.until(6)
        await asyncio.sleep(0.3)
        assert len(sending.chat.log) == 6
        sending.place.clock.moment += timedelta(seconds=61)
        await sending.until(7)
    assert _receivers(sending.chat) == [f"e{number}" for number in range(1, 8)]


async def test_what_is_urgent_does_not_wait_for_the_bulk(sending: Sending) -> None:
    sending.chat.limited = True
    for number in range(1, 11):
        await sending.put(number)
    async with at_work(sending):
        await sending.until(6)
        await sending.put(11, priority=URGENT)
        await sending.until(7)
    assert "e11" in _receivers(sending.chat)


async def test_told_to_stop_it_ends_what_it_sends_and_begins_nothing_more(sending: Sending) -> None:
    sending.chat.gate.clear()
    await sending.put(1)
    async with at_work(sending):
        await sending.chat.calls(1)
        sending.place.deps.stopping.set()
        await sending.put(2)
        asyncio.get_running_loop().call_later(0.3, sending.chat.gate.set)
    states = {once: one.state for once, one in (await sending.ledger()).items()}
    assert states == {"n1": State.SENT, "n2": State.PENDING}


async def test_two_processes_send_nothing_twice(sending: Sending) -> None:
    for number in range(1, PEOPLE + 1):
        await sending.put(number)
    async with at_work(sending), at_work(sending):
        await sending.until(PEOPLE)
    assert _receivers(sending.chat) == sorted(f"e{number}" for number in range(1, PEOPLE + 1))


async def test_what_a_dead_process_was_handed_is_taken_up_by_another(sending: Sending) -> None:
    """Its jobs are lost with it; its claims run out."""
    sending.chat.gate.clear()
    for number in (1, 2, 3):
        await sending.put(number)
    ours = asyncio.all_tasks()
    dead = sending.start()
    await sending.chat.calls(3)
    dead._scheduler.shutdown(wait=False)
    its = asyncio.all_tasks() - ours
    for task in its:
        task.cancel()
    await asyncio.gather(*its, return_exceptions=True)
    assert sending.chat.log == []
    sending.chat.gate.set()
    sending.place.clock.moment += workers.HANDED + timedelta(seconds=5)
    async with at_work(sending):
        await sending.until(3)
    assert _receivers(sending.chat) == ["e1", "e2", "e3"]
