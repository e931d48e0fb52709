"""What the pages of both workspaces need: news of changes, and acts sent by the page itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.changes import Change, Changes

Json = dict[str, Any]


class Live:
    """The open windows, each of somebody; `sees` tells whether a change is for their eyes."""

    def __init__(self, changes: Changes, sees: Callable[[str, Change], bool]) -> None:
        self._changes = changes
        self._sees = sees
        self._open: dict[web.WebSocketResponse, str] = {}

    @property
    def watching(self) -> frozenset[str]:
        """Who is acted as in an open window now, by user id."""
        return frozenset(self._open.values())

    async def stop(self) -> None:
        """Close the windows' connections."""
        for socket in tuple(self._open):
            await socket.close()

    async def serve(self, request: web.Request, user: str) -> web.WebSocketResponse:
        """Tell one window of every change until it is closed."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        waiting: asyncio.Queue[Change] = asyncio.Queue()
        forget = self._changes.listen(waiting.put_nowait)
        self._open[socket] = user
        pump = asyncio.create_task(self._pump(socket, waiting, user))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            forget()
            pump.cancel()
            self._open.pop(socket, None)
        return socket

    async def _pump(
        self, socket: web.WebSocketResponse, waiting: asyncio.Queue[Change], user: str
    ) -> None:
        while True:
            change = await waiting.get()
            if change.user not in (None, user) or not self._sees(user, change):
                continue
            frame: Json = {"type": "changed", "what": change.what}
            if change.channel:
                frame["channel"] = change.channel
            try:
                await socket.send_json(frame)
            except ConnectionError:  # the window was closed meanwhile
                return


def acting(
    act: Callable[[Json], Awaitable[Json]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the endpoint of an act; another site's form can't send what it takes."""

    async def handle(request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        return web.json_response(await act(json.loads(await request.text())))

    return handle
