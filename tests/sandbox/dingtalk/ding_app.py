"""A plain app on the stream, for the tests beside this file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from ding_rig import Client

Json = dict[str, Any]
OPEN = "/v1.0/gateway/connections/open"
EVERYTHING = [
    {"type": "EVENT", "topic": "*"},
    {"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"},
    {"type": "CALLBACK", "topic": "/v1.0/card/instances/callback"},
]


def success(frame: Json) -> Json:
    """Answer as the protocol wants it."""
    if frame["type"] == "SYSTEM":
        return dict(json.loads(frame["data"]))
    return {"status": "SUCCESS"} if frame["type"] == "EVENT" else {"response": {}}


class StreamApp:
    """Writes down every frame, and answers all but the first `deaf` of those that are no ping."""

    def __init__(self, answer: Callable[[Json], Json] = success, *, deaf: int = 0) -> None:
        self.answer, self.deaf = answer, deaf
        self.frames: list[Json] = []
        self._more = asyncio.Semaphore(0)

    @property
    def told(self) -> list[Json]:
        """What stood in the frames that are no SYSTEM's."""
        return [json.loads(one["data"]) for one in self.frames if one["type"] != "SYSTEM"]

    async def next(self) -> None:
        """Return when one more frame came."""
        async with asyncio.timeout(5):
            await self._more.acquire()

    async def run(self, link: aiohttp.ClientWebSocketResponse) -> None:
        async for message in link:
            frame = json.loads(message.data)
            self.frames.append(frame)
            self._more.release()
            if self.deaf and frame["type"] != "SYSTEM":
                self.deaf -= 1
                continue
            headers = {
                "messageId": frame["headers"]["messageId"],
                "contentType": "application/json",
            }
            data = json.dumps(self.answer(frame))
            ack = {"code": 200, "headers": headers, "message": "OK", "data": data}
            await link.send_json(ack)


async def open_link(
    bot: Client, subscriptions: list[Json] | None = None, *, autoping: bool = True
) -> aiohttp.ClientWebSocketResponse:
    """Connect to the stream."""
    app = bot.server.organisation.app
    body = {"clientId": app.key, "clientSecret": app.secret, "ua": "test", "localIp": "127.0.0.1"}
    status, opened = await bot.call(OPEN, body | {"subscriptions": subscriptions or EVERYTHING})
    assert status == 200
    query = {"ticket": opened["ticket"]}
    return await bot.session.ws_connect(opened["endpoint"], params=query, autoping=autoping)


@asynccontextmanager
async def connected(
    bot: Client, app: StreamApp, subscriptions: list[Json] | None = None
) -> AsyncIterator[None]:
    """Have this app on the stream."""
    connections = bot.server.organisation.stream.connections
    before = len(connections.every)
    link = await open_link(bot, subscriptions)
    await bot.server.organisation.until(lambda: len(connections.every) > before)
    running = asyncio.create_task(app.run(link))
    try:
        yield
    finally:
        await link.close()
        await running
