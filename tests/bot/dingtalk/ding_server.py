"""A local server that answers DingTalk's calls as a test tells it to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.config import DingTalkSettings
from bot.platforms.dingtalk.client import DingTalkClient, session

Json = dict[str, Any]
SECRET = "hush-hush-secret"
TOKEN = "/new/v1.0/oauth2/accessToken"
BATCH = "/new/v1.0/robot/oToMessages/batchSend"
GROUP = "/new/v1.0/robot/groupMessages/send"
REPLY = "/old/robot/sendBySession"
DONE: Json = {"processQueryKey": "q1", "invalidStaffIdList": [], "flowControlledStaffIdList": []}


@dataclass
class Got:
    """One request as it came in."""

    path: str
    body: Json
    token: str | None
    """From the header, or oapi's parameter."""


@dataclass
class Answer:
    """What the server says."""

    body: object
    status: int = 200
    after: float = 0.0


Says = Answer | Callable[[Got], Answer]


@dataclass
class DingServer:
    """Keeps what came, and answers a path by what stands for it: the last answer for ever."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    """Of all requests, with their parameters."""
    answers: dict[str, list[Says]] = field(default_factory=dict)
    tokens: int = 0

    def says(self, path: str, *answers: Says) -> None:
        self.answers[path] = list(answers)

    def calls(self, path: str) -> list[Json]:
        return [one.body for one in self.got if one.path == path]

    async def receive(self, request: web.Request) -> web.Response:
        header = request.headers.get("x-acs-dingtalk-access-token")
        got = Got(request.path, await request.json(), header or request.query.get("access_token"))
        self.got.append(got)
        self.addresses.append(str(request.rel_url))
        known = self.answers.get(request.path, [])
        said = known.pop(0) if len(known) > 1 else known[0] if known else self._usual(got)
        answer = said if isinstance(said, Answer) else said(got)
        await asyncio.sleep(answer.after)
        if isinstance(answer.body, str):
            return web.Response(text=answer.body, status=answer.status, content_type="text/html")
        return web.Response(body=json.dumps(answer.body), status=answer.status)

    def _usual(self, got: Got) -> Answer:
        if got.path == TOKEN:
            self.tokens += 1
            return Answer({"accessToken": f"token-{self.tokens}", "expireIn": 7200}, after=0.02)
        if got.path in {BATCH, GROUP}:
            return Answer(DONE)
        if got.path.startswith("/old/"):
            return Answer({"errcode": 0, "errmsg": "ok"})
        return Answer({"code": "InvalidAction.NotFound", "message": "?"}, 404)

    def settings(self, **other: str) -> DingTalkSettings:
        given: Json = {
            "client_id": "ding1",
            "client_secret": SECRET,
            "robot_code": "robot1",
            "api_url": f"{self.url}/new/",
            "oapi_url": f"{self.url}/old/",
            "hr_channel": "cidHR==",
        }
        return DingTalkSettings(**given | other)


@asynccontextmanager
async def ding_server() -> AsyncIterator[tuple[DingServer, DingTalkClient]]:
    """The server, and a client that calls it."""
    server = DingServer()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", server.receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with session() as calls:
            yield server, DingTalkClient(server.settings(), calls)
    finally:
        await runner.cleanup()
