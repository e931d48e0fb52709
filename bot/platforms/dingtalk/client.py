"""DingTalk's calls over HTTP: one token for all of them, and honest errors; knows no message."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.config import DingTalkSettings
from bot.platforms import late
from bot.platforms.dingtalk import metering
from bot.platforms.dingtalk.metering import TOO_MANY, UNAUTHORIZED
from handlers.ports import Calls, Uncounted

log = logging.getLogger(__name__)
Json = Mapping[str, Any]
LONGEST_CALL = 20
"""Seconds that one call may take (ours)."""
EARLY = 300
"""Seconds before its end a token is asked for anew (ours)."""
OLD_TOKEN = {"40001", "40014", "42001"}
"""oapi's numbers for a token that it does not take, or no longer."""
NEW_TOKEN = {"InvalidAuthentication", "InvalidParameter.AccessToken", "TokenExpired"}
FAILED = 500


class CallError(Exception):
    """A call did not come to a good end. Its reason is a word, never what was sent or answered."""

    def __init__(self, reason: str) -> None:
        """Say why, in DingTalk's word or by the kind of fault."""
        super().__init__(reason)
        self.reason = reason


class RefusedError(CallError):
    """DingTalk says no: it was surely not done."""

    def __init__(self, reason: str, status: int = 200) -> None:
        """Keep its word and the status that it came with."""
        super().__init__(reason)
        self.status = status


class UnansweredError(CallError):
    """What came back was no answer of DingTalk's, or nothing at all."""

    def __init__(self, reason: str, *, begun: bool = True) -> None:
        """Say whether anything of the call can have reached DingTalk."""
        super().__init__(reason)
        self.begun = begun


class LoginError(CallError):
    """There is no token, so the call was not made."""

    def __init__(self, cause: CallError) -> None:
        """Keep why."""
        super().__init__(cause.reason)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to hand in, with what is said of it."""

    name: str
    content: bytes
    kind: str
    """Its content type: image/png."""
    said: Mapping[str, str] = field(default_factory=dict)

    def form(self) -> aiohttp.FormData:
        """As oapi takes it: the file is the part called media."""
        form = aiohttp.FormData(dict(self.said))
        form.add_field("media", self.content, filename=self.name, content_type=self.kind)
        return form


Body = Json | Upload


def session(seconds: float = LONGEST_CALL) -> aiohttp.ClientSession:
    """Connections that stay open between calls; to be closed by who made it."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=seconds),
        cookie_jar=aiohttp.DummyCookieJar(),
        trace_configs=[late.watch()],
    )


class DingTalkClient:
    """Makes calls in the name of one app. It never makes one twice, but for a stale token."""

    def __init__(
        self,
        settings: DingTalkSettings,
        session: aiohttp.ClientSession,
        calls: Calls | None = None,
    ) -> None:
        """Call with that session, which its maker closes; `calls` counts those that count."""
        self.settings = settings
        self._calls = calls or Uncounted()
        self._session = session
        self._token = ""
        self._until = 0.0
        self._renewing: asyncio.Task[str] | None = None

    async def close(self) -> None:
        """Close the session, where this client is the only one that has it."""
        await self._session.close()

    async def call(self, method: str, path: str, body: Json | None, *, once: str = "") -> Json:
        """A call of the new API; `once`: a repeat with the same text does nothing anew.

        Without a body an empty answer is a good one.
        Raises RefusedError, UnansweredError, LoginError, TooLateError.
        """
        return await self._with_token(method, path, body, old=False, once=once)

    async def old_call(self, path: str, body: Json | None, *, method: str = "POST") -> Json:
        """A call of oapi. Raises as `call`."""
        return await self._with_token(method, path, body, old=True)

    async def upload(self, path: str, file: Upload) -> Json:
        """A file for oapi. Raises as `call`."""
        return await self._with_token("POST", path, file, old=True)

    async def open_stream(self, topics: tuple[tuple[str, str], ...]) -> Json:
        """Endpoint and ticket of a Stream connection. Raises RefusedError, UnansweredError."""
        body = {
            "clientId": self.settings.client_id,
            "clientSecret": self.settings.client_secret,
            "subscriptions": [{"type": kind, "topic": topic} for kind, topic in topics],
            "ua": "nosurprise",
        }
        answer = await self._ask("POST", self._new_url("v1.0/gateway/connections/open"), body)
        if not (isinstance(answer.get("endpoint"), str) and isinstance(answer.get("ticket"), str)):
            raise UnansweredError("no endpoint")
        return answer

    async def reply(self, url: str, body: Json) -> None:
        """Answer in the conversation that a message came from. Raises as `call`.

        The address is a secret: it came with the message, and needs no token.
        """
        await self._ask("POST", url, body)

    async def token(self) -> str:
        """The app's token, asked for once for all who want it meanwhile. Raises LoginError."""
        if self._token and asyncio.get_running_loop().time() < self._until:
            return self._token
        if self._renewing is None:
            # Others wait for it too, so it is bound to nobody's time.
            self._renewing = asyncio.get_running_loop().create_task(
                self._renew(), context=Context()
            )
            self._renewing.add_done_callback(self._renewed)
        return await asyncio.shield(self._renewing)

    def _renewed(self, task: asyncio.Task[str]) -> None:
        self._renewing = None
        if not task.cancelled():
            task.exception()  # whoever waits for it is told; perhaps nobody does any more

    async def _renew(self) -> str:
        body = {"appKey": self.settings.client_id, "appSecret": self.settings.client_secret}
        begun = asyncio.get_running_loop().time()
        try:
            answer = await self._ask("POST", self._new_url("v1.0/oauth2/accessToken"), body)
        except CallError as error:
            raise LoginError(error) from None
        token, seconds = answer.get("accessToken"), answer.get("expireIn")
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            raise LoginError(UnansweredError("no token"))
        self._token, self._until = token, begun + max(seconds - EARLY, seconds / 2)
        return token

    async def _with_token(
        self, method: str, path: str, body: Body | None, *, old: bool, once: str = ""
    ) -> Json:
        """A token that is not taken is renewed once: the call was turned away at the door."""
        token = await self.token()
        try:
            return await self._bearing(token, method, path, body, old=old, once=once)
        except RefusedError as error:
            stale = OLD_TOKEN if old else NEW_TOKEN
            if error.status != UNAUTHORIZED and error.reason not in stale:
                raise
        if self._token == token:
            self._token = ""
        token = await self.token()
        return await self._bearing(token, method, path, body, old=old, once=once)

    async def _bearing(
        self, token: str, method: str, path: str, body: Body | None, *, old: bool, once: str
    ) -> Json:
        url, headers = self._new_url(path), {"x-acs-dingtalk-access-token": token}
        if once:
            headers["x-client-token"] = once
        if old:
            url = f"{self.settings.oapi_url}{path}?{urlencode({'access_token': token})}"
            headers = {}
        try:
            answer = await self._ask(method, url, body, headers)
        except RefusedError as error:
            metering.count(self._calls, path, error.reason, error.status)
            raise
        except UnansweredError as error:
            if error.begun:
                metering.count(self._calls, path, error.reason)
            raise
        metering.count(self._calls, path)
        return answer

    def _new_url(self, path: str) -> str:
        return f"{self.settings.api_url}{path}"

    async def _ask(
        self, method: str, url: str, body: Body | None, headers: Mapping[str, str] | None = None
    ) -> Json:
        """One request. No error bears the address or the cause: a token may stand in them."""
        sent: Any = {"data": body.form()} if isinstance(body, Upload) else {"json": body}
        if body is None:
            sent = {}
        try:
            async with self._session.request(
                method, url, headers=headers, allow_redirects=False, **sent
            ) as response:
                status, raw = response.status, await response.read()
        except aiohttp.ClientConnectorError as error:
            raise UnansweredError(type(error).__name__, begun=False) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise UnansweredError(type(error).__name__) from None
        if body is None and status < 300 and not raw.strip():  # noqa: PLR2004  nothing to say
            return {}
        return _read(status, raw)


def _read(status: int, raw: bytes) -> Json:
    """What DingTalk answers. Raises RefusedError or UnansweredError."""
    try:
        answer = json.loads(raw) if raw.strip() else None
    except ValueError:
        answer = None
    said = _said(answer) if isinstance(answer, dict) else ""
    if status == TOO_MANY or (said and status < FAILED):
        raise RefusedError(said or f"HTTP {status}", status)
    if not isinstance(answer, dict) or status >= 300:  # noqa: PLR2004  moved, refused or failed
        raise UnansweredError(said or f"HTTP {status}, no answer of DingTalk's")
    return answer


def _said(answer: Json) -> str:
    """DingTalk's own word for what is wrong; "": nothing is. Its sentence may quote what we sent.

    oapi gives a number, and where the new API stands behind it, that API's word as well.
    """
    number = answer.get("errcode", 0)
    if number not in (0, "0"):
        return str(answer.get("sub_code") or number)[:80]
    code = answer.get("code")
    return code[:80] if isinstance(code, str) else ""
