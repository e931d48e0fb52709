"""The Stream gateway: tells the app, waits for its answer, and tells it again without one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sandbox.dingtalk.connections import Connection, Connections
from sandbox.dingtalk.frames import Ack, Push, read_ack
from sandbox.dingtalk.model import Json

if TYPE_CHECKING:
    from sandbox.dingtalk.organisation import Organisation

T = TypeVar("T")
REDELIVERIES: Final = 3
"""How often it is told again; the real number is not documented."""
LEAVE_SECONDS: Final = 10
"""So long after a disconnect frame the connection is closed."""


class Stream:
    """The way to the app; `redeliver_seconds` is how long it has for an answer (seen: 16).

    With `ping_seconds` every connection gets a ping that often; how often is not documented.
    """

    def __init__(
        self,
        organisation: Organisation,
        redeliver_seconds: float,
        ping_seconds: float | None = None,
    ) -> None:
        self._organisation = organisation
        self._patience, self._ping_seconds = redeliver_seconds, ping_seconds
        self._waiting: dict[str, asyncio.Future[Ack]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.connections = Connections(organisation.changes, self._heard)
        self.unsettled: list[tuple[Push, Ack]] = []
        """Answers after which the app is told again: no success, or an event's without a status."""
        self.given_up: list[Push] = []
        """What was never answered well, however often it was told."""

    async def push(self, push: Push) -> Ack | None:
        """Tell the app, and return its answer; None when there was none in time, or no app.

        What is not answered well is told again, beside everything else.
        """
        if push.kind != "SYSTEM" and not self._somebody(push):
            return None
        with self._organisation.changes.under_way():
            held = await self._organisation.faults.stream.gate()
            try:
                copies = self._organisation.faults.stream.copies(push)
                answers = [await self._once(one) for one in copies]
            finally:
                if held:
                    held.gone.set()
        answer = next((one for one in answers if one and one.settles(push.kind)), answers[0])
        if not (answer and answer.settles(push.kind)):
            self.spawn(self._again(push, answer))
        return answer

    def start(self) -> None:
        """Begin with the pings, where there are to be any."""
        if self._ping_seconds is not None:
            self.spawn(self._keep_pinging(self._ping_seconds))

    async def ping(self, opaque: str = "ping") -> bool:
        """Send a ping on every connection; tell whether each gave `opaque` back."""
        echoes = [
            await self._on(one, Push("SYSTEM", "ping", {"opaque": opaque}))
            for one in tuple(self.connections.open)
        ]
        return all(one is not None and one.data.get("opaque") == opaque for one in echoes)

    async def disconnect(self, reason: str = "persistent-connection-timeout") -> None:
        """Ask the app to connect anew: nothing more is sent there, and in 10 s it is closed."""
        for one in tuple(self.connections.open):
            self.connections.open.remove(one)
            await self._write(one, Push("SYSTEM", "disconnect", {"reason": reason}))
            self.spawn(self._close_later(one))

    def stall(self) -> None:
        """Go silent on every connection without closing it."""
        for one in self.connections.open:
            one.stalled = True

    def spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run something beside everything else, until the server stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self) -> None:
        """Give up whatever is still waiting."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.connections.drop()

    def _somebody(self, push: Push) -> bool:
        return bool({(push.kind, push.topic), (push.kind, "*")} & self.connections.known)

    async def _keep_pinging(self, seconds: float) -> None:
        while True:
            await self._organisation.clock.sleep(seconds)
            for one in tuple(self.connections.open):
                await self._write(one, Push("SYSTEM", "ping", {"opaque": one.id}))

    async def _again(self, push: Push, last: Ack | None) -> None:
        for _ in range(REDELIVERIES):
            if last is not None:
                await self._organisation.clock.sleep(self._patience)
            with self._organisation.changes.under_way():
                last = await self._once(push)
            if last is not None and last.settles(push.kind):
                return
        self.given_up.append(push)
        self._organisation.changes.tell("given up")

    async def _once(self, push: Push) -> Ack | None:
        """Send once to the next connection, and wait for the answer as long as DingTalk does."""
        answered = self._expect(push)
        sending = asyncio.ensure_future(self._send(push))
        timer = asyncio.ensure_future(self._organisation.clock.sleep(self._patience))
        waited: set[asyncio.Future[Any]] = {answered, timer}
        try:
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            if not answered.done():
                return None
            answer = answered.result()
            if not answer.settles(push.kind):
                self.unsettled.append((push, answer))
            return answer
        finally:
            sending.cancel()
            timer.cancel()
            self._waiting.pop(push.id, None)

    async def _send(self, push: Push) -> None:
        while True:
            connection = await self.connections.next_for(push)
            if await self._write(connection, push):
                return

    async def _on(self, connection: Connection, push: Push) -> Ack | None:
        answered = self._expect(push)
        timer = asyncio.ensure_future(self._organisation.clock.sleep(self._patience))
        waited: set[asyncio.Future[Any]] = {answered, timer}
        try:
            await self._write(connection, push)
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            return answered.result() if answered.done() else None
        finally:
            timer.cancel()
            self._waiting.pop(push.id, None)

    async def _write(self, connection: Connection, push: Push) -> bool:
        """Send a frame; tell whether the connection still stood."""
        if connection.stalled:
            return True
        app, now = self._organisation.app.key, self._organisation.clock.now()
        try:
            frame = push.frame(connection.id, app, int(now.timestamp() * 1000))
            await connection.socket.send_str(frame)
        except ConnectionError:
            self.connections.forget(connection)
            return False
        return True

    async def _close_later(self, connection: Connection) -> None:
        await self._organisation.clock.sleep(LEAVE_SECONDS)
        if connection in self.connections.every:
            await self.connections.close(connection)

    def _expect(self, push: Push) -> asyncio.Future[Ack]:
        answered: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[push.id] = answered
        return answered

    def _heard(self, text: str) -> None:
        """Take an answer, at once or as late as was ordered."""
        read = read_ack(text)
        if read is None:
            return
        late = self._organisation.faults.stream.lateness()
        if late is None:
            self._take(*read)
        else:
            self.spawn(self._take_late(late, *read))

    async def _take_late(self, seconds: float, message: str, ack: Ack) -> None:
        await self._organisation.clock.sleep(seconds)
        self._take(message, ack)

    def _take(self, message: str, ack: Ack) -> None:
        answered = self._waiting.get(message)
        if answered is not None and not answered.done():
            answered.set_result(ack)


def event(organisation: Organisation, kind: str, data: Json) -> Push:
    """Return an event such as user_add_org as it is told."""
    number, now = organisation.number(), int(organisation.clock.now().timestamp() * 1000)
    headers = {
        "eventType": kind,
        "eventId": f"event{number:08d}",
        "eventCorpId": organisation.corp_id,
        "eventBornTime": str(now),
        "eventUnifiedAppId": organisation.app.key,
    }
    return Push("EVENT", "*", {"timeStamp": now, "eventId": headers["eventId"]} | data, headers)
