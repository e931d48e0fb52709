"""/robot/send: the webhook robot of HR's group, signed, at most 20 messages a minute."""

from __future__ import annotations

import base64
import hmac
from typing import Final

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.errors import OapiError
from sandbox.dingtalk.model import Json

AN_HOUR_MS: Final = 3_600_000
_KINDS: Final = {
    "text": ("content",),
    "markdown": ("title", "text"),
    "actionCard": ("title", "text"),
}


@endpoint("POST", "/robot/send", token=False, counted=False)
def send(call: Call) -> Json:
    """Put a message into the webhook's group. Source: slug custom-robot-access."""
    organisation = call.organisation
    hook = organisation.webhook
    if hook.group is None or call.query.get("access_token") != organisation.app.webhook_token:
        raise OapiError(300005, "token is not exist")
    stamp = call.query.get("timestamp", "")
    now = organisation.clock.now()
    in_time = stamp.isdigit() and abs(int(stamp) - now.timestamp() * 1000) <= AN_HOUR_MS
    signed = signature(organisation.app.webhook_secret, stamp)
    if not in_time or not hmac.compare_digest(signed, call.query.get("sign", "")):
        raise OapiError(310000, "sign not match")
    if not hook.takes(now):
        raise OapiError(130101, "send too fast, exceed 20 times per minute")
    kind, body = body_of(call)
    organisation.put(hook.group, "webhook", kind, body)
    return {}


def body_of(call: Call) -> tuple[str, Json]:
    """Return a message's kind and content.

    Raises: OapiError.
    """
    kind = str(call.args.get("msgtype", ""))
    body = call.args.get(kind)
    if kind not in _KINDS:
        raise OapiError(400105, "message type is not supported")
    if not isinstance(body, dict) or not all(map(body.get, _KINDS[kind])):
        raise OapiError(400101, "message is invalid")
    if kind == "actionCard" and not _pressable(body):
        raise OapiError(400101, "message is invalid")
    return kind, body


def _pressable(body: Json) -> bool:
    """Tell whether an action card has its one button, or a list of them."""
    if isinstance(body.get("singleTitle"), str) and isinstance(body.get("singleURL"), str):
        return True
    buttons = body.get("btns")
    return (
        isinstance(buttons, list)
        and bool(buttons)
        and all(isinstance(one, dict) and {"title", "actionURL"} <= one.keys() for one in buttons)
    )


def signature(secret: str, timestamp: str) -> str:
    """Return what has to stand in `sign` (before it is quoted for the address)."""
    digest = hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), "sha256")
    return base64.b64encode(digest).decode()
