"""Several chat platforms as if they were one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.connections import Connections
from bot.faults import Fault, fault_in
from prompts.render import Words


@dataclass
class Chat:
    """A connection that does as it is told."""

    refuses: Fault | None = None
    lacks: Fault | None = None
    waits: bool = False
    away: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is there again."""
    looked: asyncio.Event = field(default_factory=asyncio.Event)
    done: list[str] = field(default_factory=list)

    async def connect(self) -> None:
        try:
            if self.waits:
                await self.away.wait()
            if self.refuses is not None:
                raise self.refuses
            self.done.append("connected")
        except asyncio.CancelledError:
            self.done.append("given up")
            raise

    async def run(self) -> None:
        self.done.append("looked after")
        self.looked.set()

    async def stop(self) -> None:
        self.done.append("stopped")

    async def not_ready(self) -> Fault | None:
        return self.lacks


WORDS = Words("en")


def connections(*chats: Chat) -> Connections:
    return Connections({f"p{n}": one for n, one in enumerate(chats)}, WORDS)


async def test_all_are_connected_looked_after_and_stopped() -> None:
    chats = [Chat(), Chat()]
    both = connections(*chats)
    await both.connect()
    await both.run()
    await both.stop()
    assert [one.done for one in chats] == [["connected", "looked after", "stopped"]] * 2


async def test_one_that_is_refused_ends_the_others_waiting() -> None:
    refused, waiting = Chat(refuses=Fault("dingtalk.refused", reason="x")), Chat(waits=True)
    with pytest.raises(Fault):
        await connections(waiting, refused).connect()
    assert (refused.done, waiting.done) == ([], ["given up"])


async def test_one_that_is_refused_soon_after_another_is_connected_ends_it_too() -> None:
    refused = Chat(refuses=Fault("dingtalk.refused", reason="x"), waits=True)
    task = asyncio.create_task(connections(Chat(), refused).connect())
    await asyncio.sleep(0)
    refused.away.set()
    with pytest.raises(Fault):
        await task


async def test_waiting_can_be_given_up() -> None:
    waiting = Chat(waits=True)
    task = asyncio.create_task(connections(waiting).connect())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert waiting.done == ["given up"]


@pytest.fixture
def no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.connections.GRACE", 0)


@pytest.mark.usefixtures("no_grace")
async def test_one_that_is_away_holds_no_other_back_and_is_looked_after_once_it_comes() -> None:
    there, late = Chat(), Chat(waits=True)
    both = connections(there, late)
    await both.connect()
    running = asyncio.create_task(both.run())
    await there.looked.wait()
    assert (there.done, late.done) == (["connected", "looked after"], [])
    late.away.set()
    await running
    assert late.done == ["connected", "looked after"]


@pytest.mark.usefixtures("no_grace")
async def test_one_that_is_refused_late_is_told_and_the_other_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fault = Fault("dingtalk.refused", reason="x")
    there, late = Chat(), Chat(refuses=fault, waits=True)
    both = connections(there, late)
    await both.connect()
    late.away.set()
    await both.run()
    assert there.done == ["connected", "looked after"]
    assert await both.lacks() == {"p0": None, "p1": fault}
    assert await both.not_ready() is None
    (said,) = caplog.messages
    assert said == f"p1: {fault_in(fault, WORDS)}"


@pytest.mark.usefixtures("no_grace")
async def test_one_that_was_never_reached_is_stopped_too() -> None:
    there, late = Chat(), Chat(waits=True)
    both = connections(there, late)
    await both.connect()
    await both.stop()
    assert (there.done, late.done) == (["connected", "stopped"], ["given up", "stopped"])


async def test_they_are_ready_unless_all_lack_something() -> None:
    lost, away = Fault("dingtalk.lost"), Fault("slack.lost")
    assert await connections(Chat(lacks=away), Chat(lacks=lost)).not_ready() is away
    assert await connections(Chat(), Chat(lacks=lost)).not_ready() is None
    assert await connections(Chat(), Chat(lacks=lost)).lacks() == {"p0": None, "p1": lost}
