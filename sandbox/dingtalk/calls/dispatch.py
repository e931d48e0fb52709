"""Takes a call in: faults, token, quota, the call itself, and its answer."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from sandbox.dingtalk.calls import ENDPOINTS
from sandbox.dingtalk.calls.call import Call, Endpoint
from sandbox.dingtalk.errors import DingTalkError, OapiError
from sandbox.dingtalk.faults import ApiFault
from sandbox.dingtalk.model import Json

if TYPE_CHECKING:
    from sandbox.dingtalk.organisation import Organisation

REMEMBERED: Final = 100_000
OAPI: Final = "/oapi"
"""Where the server has what is on oapi.dingtalk.com; the rest is at its root."""
BAD_TOKEN: Final = "不合法的access_token"  # noqa: S105 - the words of the refusal


@dataclass(frozen=True, slots=True)
class Made:
    """A call as it came in; `args` are its JSON, or its form without the files."""

    verb: str
    path: str
    args: Json
    query: dict[str, str]
    headers: dict[str, str]


class Calls:
    """Serves the table of calls; `made` records them."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._stopped = asyncio.Event()
        self.made: deque[Made] = deque(maxlen=REMEMBERED)

    def routes(self) -> list[web.RouteDef]:
        """Return a route for each call."""
        return [
            web.route(one.verb, (OAPI if one.old else "") + one.path, self._serve(one))
            for one in ENDPOINTS
        ]

    def stop(self) -> None:
        """Let go of the calls that are never answered."""
        self._stopped.set()

    def _serve(self, endpoint: Endpoint) -> Any:
        async def serve(request: web.Request) -> web.StreamResponse:
            organisation = self._organisation
            with organisation.changes.under_way():
                call = await _read(organisation, request)
                path = request.path.removeprefix(OAPI)
                self.made.append(Made(request.method, path, call.args, call.query, call.headers))
                fault = organisation.faults.take(path)
                if fault is not None and fault.way == "answer":
                    return web.Response(
                        status=fault.status, text=fault.body, content_type=fault.content_type
                    )
                if fault is not None and fault.way == "slow":
                    await organisation.clock.sleep(fault.seconds)
                if fault is None or fault.accepted:
                    response = self._answer(endpoint, request, call)
            if fault is not None and fault.way != "slow":
                return await self._misbehave(request, fault)
            return response

        return serve

    def _answer(self, endpoint: Endpoint, request: web.Request, call: Call) -> web.Response:
        try:
            self._admit(endpoint, request)
            body = endpoint.handler(call)
        except DingTalkError as error:
            return web.json_response(error.answer(), status=error.status)
        except OapiError as error:
            return web.json_response(error.answer())
        if endpoint.old:
            body = {"errcode": 0, "errmsg": "ok", **body}
        if not body:
            return web.Response()
        return web.json_response(body)

    def _admit(self, endpoint: Endpoint, request: web.Request) -> None:
        """Check the token and count the call.

        Raises: DingTalkError, OapiError.
        """
        organisation = self._organisation
        if endpoint.token:
            header = request.headers.get("x-acs-dingtalk-access-token", "")
            token = request.query.get("access_token", "") if endpoint.old else header
            if not organisation.app.knows(token, organisation.clock):
                if endpoint.old:
                    raise OapiError(40014, BAD_TOKEN)
                raise DingTalkError("InvalidAuthentication", BAD_TOKEN)
        try:
            organisation.quota.take(endpoint.path, counted=endpoint.counted)
        except DingTalkError as error:
            if endpoint.old:
                raise OapiError(88, error.message, sub_code=error.code) from None
            raise

    async def _misbehave(self, request: web.Request, fault: ApiFault) -> web.Response:
        if fault.way == "hang":
            await self._stopped.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


async def _read(organisation: Organisation, request: web.Request) -> Call:
    """Return the call: its JSON, or its form and files."""
    query, match = dict(request.query), dict(request.match_info)
    headers = {name.lower(): value for name, value in request.headers.items()}
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            body = {}
        return Call(organisation, body if isinstance(body, dict) else {}, query, {}, match, headers)
    args: Json = dict(query)
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
        else:
            args[name] = value
    args.pop("access_token", None)
    return Call(organisation, args, query, files, match, headers)
