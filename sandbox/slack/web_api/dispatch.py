"""Takes a call in: faults, token, rates, scope, the method, and the answer's headers."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.slack.errors import SlackError
from sandbox.slack.faults import ApiFault
from sandbox.slack.model import Json
from sandbox.slack.rates import CHANNEL, TIERS, WORKSPACE
from sandbox.slack.web_api import METHODS
from sandbox.slack.web_api.call import POSTING, Call, Method

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


REMEMBERED = 100_000


class RateLimitedError(SlackError):
    """Too many calls; `seconds` is Retry-After."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


class WebApi:
    """The endpoint /api/<method>; `calls` records the calls (method and arguments) it got."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stopped = asyncio.Event()
        self.calls: deque[tuple[str, Json]] = deque(maxlen=REMEMBERED)

    def stop(self) -> None:
        """Let go of the calls that are never answered."""
        self._stopped.set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        name = request.match_info["method"]
        with self._workspace.changes.under_way():
            args = await _arguments(request)
            self.calls.append((name, {k: v for k, v in args.items() if k != "token"}))
            fault = self._workspace.faults.take(name)
            if fault is not None and fault.way == "answer":
                return web.Response(
                    status=fault.status,
                    headers=fault.headers,
                    text=fault.body,
                    content_type=fault.content_type,
                )
            if fault is None or fault.accepted:
                response = self._answer(request, name, args)
        if fault is not None:
            return await self._misbehave(request, fault)
        return response

    def _answer(self, request: web.Request, name: str, args: Json) -> web.Response:
        headers = {"X-OAuth-Scopes": ",".join(sorted(self._workspace.app.scopes))}
        try:
            body = {"ok": True, **self._run(request, name, args)}
        except RateLimitedError as limited:
            headers["Retry-After"] = str(limited.seconds)
            return web.json_response(limited.answer(), status=429, headers=headers)
        except SlackError as error:
            body = error.answer()
        return web.json_response(body, headers=headers)

    def _run(self, request: web.Request, name: str, args: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        token = self._check_token(request, method, args)
        wait = self._wait(name, method, args)
        if wait is not None:
            raise RateLimitedError(wait)
        call = Call(self._workspace, args, token)
        if method.scope is not None:
            call.need(method.scope)
        return method.handler(call)

    def _check_token(self, request: web.Request, method: Method, args: Json) -> str:
        """Return the token. Source of its errors: Slack docs, reference/methods/auth.test."""
        app = self._workspace.app
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        token = token or str(args.get("token", ""))
        if not token:
            raise SlackError("not_authed")
        bots = {app.bot_token, *app.steps}
        if token not in {*bots, app.app_token}:
            raise SlackError("invalid_auth")
        if not app.active:
            raise SlackError("account_inactive")
        if token not in ({app.app_token} if method.for_app_token else bots):
            raise SlackError("not_allowed_token_type")
        return token

    def _wait(self, name: str, method: Method, args: Json) -> int | None:
        if method.tier != POSTING:
            return self._workspace.rates.wait({name: TIERS[method.tier]})
        channel = str(args.get("channel", ""))
        known = self._workspace.channel(channel)
        if known is None and channel in self._workspace.users:
            known = self._workspace.dm(channel)
        where = known.id if known else channel
        return self._workspace.rates.wait({f"post {where}": CHANNEL, "post": WORKSPACE})

    async def _misbehave(self, request: web.Request, fault: ApiFault) -> web.Response:
        if fault.way == "hang":
            await self._stopped.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


async def _arguments(request: web.Request) -> Json:
    """Return the arguments from the address, and from a JSON or form body."""
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        raw = await request.text()
        body = json.loads(raw) if raw.strip() else {}
        found |= body if isinstance(body, dict) else {}
    else:
        found |= dict(await request.post())
    return found
