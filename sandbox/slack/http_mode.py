"""HTTP mode: signed requests to the app's request URL.

Source: Slack docs, authentication/verifying-requests-from-slack: v0, HMAC-SHA256 over
version:timestamp:body. The timestamp is the machine's time, which the app compares with its own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp

from sandbox.slack.model import Json
from sandbox.slack.wire import Ack, Envelope

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

_FORM = "application/x-www-form-urlencoded"


class HttpRequests:
    """Posts each envelope to one address."""

    def __init__(self, workspace: Workspace, url: str) -> None:
        self._workspace = workspace
        self._url = url

    async def send(self, envelope: Envelope) -> Ack:
        """Post, and return what came back; anything but 200 is a failed dispatch."""
        body, headers = _written(envelope)
        headers |= signed(self._workspace.app.signing_secret, body)
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.post(self._url, data=body.encode(), headers=headers) as response,
            ):
                text = await response.text()
                if response.status != HTTPStatus.OK:
                    return Ack("dispatch_failed")
                return Ack("ok", _answer(text))
        except aiohttp.ClientError:
            return Ack("dispatch_failed")


def signed(secret: str, body: str, timestamp: int | None = None) -> dict[str, str]:
    """Return the two headers that prove a request comes from Slack."""
    moment = str(int(time.time()) if timestamp is None else timestamp)
    base = f"v0:{moment}:{body}".encode()
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


def _written(envelope: Envelope) -> tuple[str, dict[str, str]]:
    match envelope.kind:
        case "events_api":
            headers = {"Content-Type": "application/json"}
            if envelope.attempt:
                headers["X-Slack-Retry-Num"] = str(envelope.attempt)
                headers["X-Slack-Retry-Reason"] = envelope.reason
            return json.dumps(envelope.payload), headers
        case "interactive":
            return urlencode({"payload": json.dumps(envelope.payload)}), {"Content-Type": _FORM}
        case "slash_commands":
            return urlencode(envelope.payload), {"Content-Type": _FORM}


def _answer(text: str) -> Json | None:
    if not text.strip():
        return None
    try:
        parsed = json.loads(text)
    except ValueError:
        return {"text": text}
    return parsed if isinstance(parsed, dict) else {"text": text}
