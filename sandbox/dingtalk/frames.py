"""What goes over the stream: pushes to the app, and its answers.

Source: the Stream protocol of open-dingtalk/developerpedia.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import uuid4

from sandbox.dingtalk.model import Json, compact

Kind = Literal["SYSTEM", "EVENT", "CALLBACK"]
MESSAGES: Final = "/v1.0/im/bot/messages/get"
CARDS: Final = "/v1.0/card/instances/callback"
OK: Final = 200


@dataclass(frozen=True, slots=True)
class Push:
    """One thing that the app is told, as often as it takes; `headers` are an event's own."""

    kind: Kind
    topic: str
    data: Json
    headers: dict[str, str] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid4().hex)

    def frame(self, connection: str, app: str, time: int) -> str:
        """Return it as it is sent on a connection."""
        headers = {
            "appId": app,
            "connectionId": connection,
            "contentType": "application/json",
            "messageId": self.id,
            "time": str(time),
            "topic": self.topic,
        }
        data = compact(self.data)
        frame = {"specVersion": "1.0", "type": self.kind, "headers": headers | self.headers}
        return compact(frame | {"data": data})


@dataclass(frozen=True, slots=True)
class Ack:
    """What the app answered: `code`, and what stood in `data`."""

    code: int
    data: Json

    def settles(self, kind: Kind) -> bool:
        """Tell whether it need not be told again; an event's answer has to say so itself."""
        if self.code != OK:
            return False
        return kind != "EVENT" or self.data.get("status") == "SUCCESS"

    @property
    def response(self) -> Json:
        """What a callback answers with."""
        response = self.data.get("response")
        return response if isinstance(response, dict) else {}


def read_ack(text: str) -> tuple[str, Ack] | None:
    """Return the answered messageId and the answer; None for what is no answer."""
    try:
        frame: Any = json.loads(text)
        data = json.loads(frame.get("data") or "{}")
        message = str(frame["headers"]["messageId"])
        return message, Ack(int(frame["code"]), data if isinstance(data, dict) else {})
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
