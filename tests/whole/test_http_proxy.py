"""HTTP mode behind a reverse proxy: a path in front, headers added, the body left as it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from place import AFTERNOON
from place_http import free_port, http_settings, served
from story_clock import StoryClock

from bot.app import Bot, build
from sandbox.slack import SlackServer, Workspace
from sandbox.slack.http_mode import signed
from sandbox.slack.people import Person

STRANGER = (
    "I can't find you in the company roster yet. Please ask HR to add you, and then come back "
    "to me."
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ON_ITS_WAY = {"Host", "Content-Length", "Transfer-Encoding", "Connection"}
Meddle = Callable[[bytes], bytes]


@dataclass
class Behind:
    """A bot that Slack reaches through a proxy."""

    url: str
    health: str
    server: SlackServer
    ana: Person

    async def post(self, body: str, secret: str | None = None) -> int:
        """Send a body as Slack would, signed with its secret or another; the status."""
        signature = signed(secret or self.server.signing_secret, body)
        async with aiohttp.ClientSession() as session:
            sent = session.post(self.url, data=BytesIO(body.encode()), headers=FORM | signature)
            async with sent as response:
                return response.status


@asynccontextmanager
async def proxy(port: int, meddle: Meddle) -> AsyncIterator[str]:
    """A reverse proxy as any: it adds its headers and takes its own path away."""

    async def forward(request: web.Request) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name not in ON_ITS_WAY}
        headers |= {
            "X-Forwarded-For": "198.51.100.7, 203.0.113.9",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "reviews.example.com",
            "Forwarded": "for=198.51.100.7;proto=https",
        }
        url = f"http://127.0.0.1:{port}/{request.match_info['rest']}"
        body = meddle(await request.read())
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=BytesIO(body), headers=headers) as answer,
        ):
            kind = {"Content-Type": answer.headers.get("Content-Type", "text/plain")}
            return web.Response(status=answer.status, body=await answer.read(), headers=kind)

    app = web.Application(client_max_size=2**22)
    app.router.add_post("/reviews/{rest:.*}", forward)
    async with served(app) as address:
        yield f"{address}/reviews/slack/events"


@asynccontextmanager
async def bot_behind(folder: Path, url: str, port: int) -> AsyncIterator[Behind]:
    """The bot on that port, and a Slack that knows that address only."""
    workspace = Workspace("Shop")
    ana = workspace.add_user("ana", email="ana@shop.test")
    health = free_port()
    async with SlackServer(workspace, request_url=url) as server:
        settings = http_settings(server, folder, port, http_bind=("127.0.0.1", health))
        stop = asyncio.Event()
        async with build(settings, StoryClock(AFTERNOON)) as deps:
            bot = asyncio.create_task(Bot(deps, settings).run(stop))
            behind = Behind(url, f"http://127.0.0.1:{health}", server, ana)
            try:
                await _ready(behind)
                yield behind
            finally:
                stop.set()
                await bot


async def _ready(behind: Behind) -> None:
    """Wait until the bot says that it is."""
    async with asyncio.timeout(20), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{behind.health}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.02)


async def what_holds_behind_any_proxy(behind: Behind) -> None:
    """Signatures, large payloads, forgeries, and health on a port of its own."""
    await behind.ana.command("/review help")
    assert behind.ana.ephemerals[-1].words == STRANGER
    assert behind.ana.troubles == []
    command = {"command": "/review", "text": "help", "user_id": behind.ana.id, "trigger_id": "1.2"}
    command |= {"team_id": "T00000001", "channel_id": "D00000001"}
    assert await behind.post(urlencode(command)) == 200
    assert await behind.post(urlencode(command), secret="another") == 401
    large = urlencode(command | {"padding": "绩效" * 40_000})
    assert len(large) > 700_000
    assert await behind.post(large) == 200
    assert await behind.post(large, secret="another") == 401
    assert await behind.post(urlencode(command | {"padding": "a" * 2**20})) == 413
    async with aiohttp.ClientSession() as session:
        for path, status in (("/healthz", 200), ("/readyz", 200), ("/slack/events", 404)):
            async with session.get(behind.health + path) as answer:
                assert (path, answer.status) == (path, status)
        async with session.get(behind.url.replace("/slack/events", "/healthz")) as answer:
            assert answer.status in {404, 405}


async def test_the_bot_works_behind_a_proxy_with_a_path_in_front(tmp_path: Path) -> None:
    port = free_port()
    async with proxy(port, lambda body: body) as url, bot_behind(tmp_path, url, port) as behind:
        await what_holds_behind_any_proxy(behind)


MEDDLERS: dict[str, Meddle] = {
    "a parameter more": lambda body: body + b"&via=proxy",
    "spaces written another way": lambda body: body.replace(b"+", b"%20"),
    "a line's end": lambda body: body + b"\n",
}


@pytest.mark.parametrize("meddle", MEDDLERS)
async def test_a_body_that_the_proxy_changed_is_not_taken(tmp_path: Path, meddle: str) -> None:
    port = free_port()
    async with (
        proxy(port, MEDDLERS[meddle]) as url,
        bot_behind(tmp_path, url, port) as behind,
    ):
        assert await behind.post("command=%2Freview&text=help+me") == 401
        await behind.ana.command("/review help me")
        assert behind.ana.ephemerals == []
        assert len(behind.ana.troubles) == 1
