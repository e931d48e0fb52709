"""Several chat platforms as if they were one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.connections import Connections
from bot.faults import Fault


@dataclass
class Chat:
    """A connection that does as it is told."""

    refuses: Fault | None = None
    lacks: Fault | None = None
    waits: bool = False
    done: list[str] = field(default_factory=list)

    async def connect(self) -> None:
        try:
            if self.waits:
                await asyncio.Event().wait()
            if self.refuses is not None:
                raise self.refuses
            self.done.append("connected")
        except asyncio.CancelledError:
            self.done.append("given up")
            raise

    async def run(self) -> None:
        self.done.append("looked after")

    async def stop(self) -> None:
        self.done.append("stopped")

    async def not_ready(self) -> Fault | None:
        return self.lacks


async def test_all_are_connected_looked_after_and_stopped() -> None:
    chats = [Chat(), Chat()]
    both = Connections(chats)
    await both.connect()
    await both.run()
    await both.stop()
    assert [one.done for one in chats] == [["connected", "looked after", "stopped"]] * 2


async def test_one_that_is_refused_ends_the_others_waiting() -> None:
    refused, waiting = Chat(refuses=Fault("dingtalk.refused", reason="x")), Chat(waits=True)
    with pytest.raises(Fault):
        await Connections([waiting, refused]).connect()
    assert (refused.done, waiting.done) == ([], ["given up"])


async def test_waiting_can_be_given_up() -> None:
    waiting = Chat(waits=True)
    task = asyncio.create_task(Connections([waiting]).connect())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert waiting.done == ["given up"]


async def test_what_one_lacks_all_lack() -> None:
    lost = Fault("dingtalk.lost")
    assert await Connections([Chat(), Chat(lacks=lost)]).not_ready() is lost
    assert await Connections([Chat(), Chat()]).not_ready() is None
