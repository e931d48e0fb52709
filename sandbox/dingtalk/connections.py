"""The app's stream connections: who is connected, for what, and how they end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Final
from uuid import uuid4

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.changes import Changes
from sandbox.dingtalk.frames import Push

GONE: Final = 401


@dataclass(slots=True, eq=False)
class Connection:
    """One WebSocket; `stalled`: open, and dead silent."""

    socket: web.WebSocketResponse
    request: web.Request
    topics: frozenset[tuple[str, str]]
    id: str = field(default_factory=lambda: uuid4().hex)
    stalled: bool = False

    def takes(self, push: Push) -> bool:
        """Tell whether it asked for such pushes."""
        asked = {(push.kind, push.topic), (push.kind, "*")}
        return push.kind == "SYSTEM" or bool(asked & self.topics)


class Connections:
    """Opens with a ticket that works once, and hands what the app writes to `heard`."""

    def __init__(self, changes: Changes, heard: Callable[[str], None]) -> None:
        self._changes = changes
        self._heard = heard
        self._tickets: dict[str, frozenset[tuple[str, str]]] = {}
        self._turn = count()
        self._connected = asyncio.Event()
        self.open: list[Connection] = []
        """Those that pushes go to."""
        self.every: list[Connection] = []
        """Those too that were told to leave and have not yet."""
        self.known: set[tuple[str, str]] = set()
        """What some connection ever asked for."""

    def ticket(self, topics: frozenset[tuple[str, str]]) -> str:
        """Return a one-time ticket for a connection with these subscriptions."""
        ticket = str(uuid4())
        self._tickets[ticket] = topics
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Keep one connection until it ends."""
        topics = self._tickets.pop(request.query.get("ticket", ""), None)
        if topics is None:
            return web.Response(status=GONE)
        socket = web.WebSocketResponse(timeout=1.0, autoping=False)
        await socket.prepare(request)
        connection = Connection(socket, request, topics)
        self.open.append(connection)
        self.every.append(connection)
        self.known |= topics
        self._connected.set()
        self._changes.tell("connected")
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(message.data)
                elif message.type is WSMsgType.PING and not connection.stalled:
                    await socket.pong(message.data)
        finally:
            self.forget(connection)
        return socket

    async def next_for(self, push: Push) -> Connection:
        """Return the connection whose turn it is, waiting until there is one."""
        while True:
            able = [one for one in self.open if one.takes(push)]
            if able:
                return able[next(self._turn) % len(able)]
            self._connected.clear()
            await self._connected.wait()

    async def drop(self) -> None:
        """Close every connection properly."""
        for one in tuple(self.every):
            await self.close(one)

    async def cut(self) -> None:
        """Break every connection without a closing handshake."""
        for one in tuple(self.every):
            self.forget(one)
            if one.request.transport is not None:
                one.request.transport.abort()

    async def close(self, connection: Connection) -> None:
        """Close one properly."""
        self.forget(connection)
        await connection.socket.close(code=WSCloseCode.GOING_AWAY)

    def forget(self, connection: Connection) -> None:
        """Send nothing more there."""
        for listed in (self.open, self.every):
            if connection in listed:
                listed.remove(connection)
        self._changes.tell("disconnected")
