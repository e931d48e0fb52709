"""Socket Mode: envelopes over WebSockets, each to one of the open connections.

Source: Slack docs, apis/events-api/using-socket-mode; bolt-python #448.
"""

from __future__ import annotations

import asyncio
import json
from itertools import count
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.slack.model import Json
from sandbox.slack.wire import Ack, Envelope

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

CONNECTIONS: Final = 10


class Sockets:
    """The app's Socket Mode connections."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._open: list[web.WebSocketResponse] = []
        self._every: dict[web.WebSocketResponse, web.Request] = {}
        self._waiting: dict[str, asyncio.Future[Ack]] = {}
        self._tickets: set[str] = set()
        self._turn = count()
        self._connected = asyncio.Event()
        self._ever = False

    @property
    def connections(self) -> int:
        """How many connections may be sent to."""
        return len(self._open)

    def ticket(self) -> str:
        """Return a one-time ticket for a connection."""
        ticket = uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def send(self, envelope: Envelope) -> Ack:
        """Send to the next connection and return the answer.

        While the app connects anew the envelope waits; if no app ever connected, it fails.
        """
        if not self._ever:
            return Ack("dispatch_failed")
        frame: Json = {
            "envelope_id": str(uuid4()),
            "type": envelope.kind,
            "accepts_response_payload": envelope.kind != "events_api",
            "payload": envelope.payload,
        }
        if envelope.kind == "events_api":
            frame |= {"retry_attempt": envelope.attempt, "retry_reason": envelope.reason}
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[frame["envelope_id"]] = answer
        try:
            await self._send(json.dumps(frame))
            return await answer
        finally:
            self._waiting.pop(frame["envelope_id"], None)

    async def _send(self, text: str) -> None:
        while True:
            while not self._open:
                self._connected.clear()
                await self._connected.wait()
            socket = self._open[next(self._turn) % len(self._open)]
            try:
                await socket.send_str(text)
            except ConnectionError:
                self._forget(socket)
            else:
                return

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Keep one connection: hello, then acknowledgements until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        if len(self._open) >= CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        self._every[socket] = request
        self._open.append(socket)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._open),
                "debug_info": _DEBUG | {"approximate_connection_time": 18060},
                "connection_info": {"app_id": self._workspace.app.id},
            }
        )
        self._ever = True
        self._connected.set()
        self._workspace.changes.tell("connected")
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(json.loads(message.data))
        finally:
            self._forget(socket)
        return socket

    async def drop(self) -> None:
        """Close every connection; the app notices at once."""
        for socket in tuple(self._every):
            self._forget(socket)
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def cut(self) -> None:
        """Break every connection without a closing handshake."""
        for socket, request in tuple(self._every.items()):
            self._forget(socket)
            if request.transport is not None:
                request.transport.abort()

    async def refresh(self) -> None:
        """Ask the app to connect anew; nothing more is sent on the old connections."""
        for socket in tuple(self._open):
            self._open.remove(socket)
            await socket.send_json(_disconnect("refresh_requested"))

    def _acknowledge(self, frame: Any) -> None:
        answer = self._waiting.get(frame.get("envelope_id", ""))
        if answer is not None and not answer.done():
            answer.set_result(Ack("ok", frame.get("payload") or None))

    def _forget(self, socket: web.WebSocketResponse) -> None:
        self._every.pop(socket, None)
        if socket in self._open:
            self._open.remove(socket)
        self._workspace.changes.tell("disconnected")


_DEBUG: Json = {"host": "applink-local", "build_number": 1}


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": _DEBUG}
