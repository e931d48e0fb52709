"""DingTalk's payloads as neutral events."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.platforms.dingtalk import press
from handlers.events import Account, Command, Pressed, Said

Payload = Mapping[str, Any]
ALONE = "1"
"""DingTalk's mark of a conversation of one person with the robot."""
_OUR_NAME = re.compile(r"^/?(?:review|绩效)(?:\s+|$)", re.IGNORECASE)
"""May stand before a command: `review status`, `绩效 进度`. "绩效面谈" is a command itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text that somebody sent to the robot."""

    who: Account
    text: str
    id: str
    webhook: str | None
    """Where an answer to them alone may go; None: there is no such place."""
    alone: bool = False
    """Whether nobody else reads it: only then it may be an answer."""
    heard: bool = False
    """Whether it was spoken, and DingTalk wrote it down."""
    group: str = ""
    """The conversation's id where it is one of several people."""

    @property
    def pressed(self) -> press.Press | None:
        """The press that it is, if a button sent it."""
        return press.read(self.text)

    def event(self) -> Command | Pressed | Said:
        """The text as what it means; where nobody else reads it may be an answer."""
        meant, identity = self.pressed, f"message:{self.id}"
        if meant is not None:
            return Pressed(
                who=self.who, action=meant.action, value=meant.value, identity=f"press:{self.id}"
            )
        if self.alone and not _OUR_NAME.match(self.text):
            return Said(who=self.who, text=self.text, identity=identity, heard=self.heard)
        text = _OUR_NAME.sub("", self.text, count=1).strip()
        return Command(who=self.who, text=text, identity=identity, place=self.group)


def message(data: Payload) -> Message | None:
    """What was sent to the robot; None: by somebody outside the organisation."""
    staff_id = data.get("senderStaffId")
    if not staff_id:
        return None
    alone = str(data.get("conversationType", "")) == ALONE
    return Message(
        who=Account("dingtalk", str(staff_id)),
        text=_text(data).strip(),
        id=str(data["msgId"]),
        webhook=str(data["sessionWebhook"]) if alone and data.get("sessionWebhook") else None,
        alone=alone,
        heard=data.get("msgtype") == "audio",
        group="" if alone else str(data.get("conversationId") or ""),
    )


def _text(data: Payload) -> str:
    """The words, also of a voice that DingTalk wrote down; "" of a picture or a file."""
    content = data.get("content")
    more = content if isinstance(content, Mapping) else {}
    match data.get("msgtype"):
        case "text":
            return str((data.get("text") or {}).get("content") or "")
        case "richText":
            return "".join(str(one.get("text") or "") for one in more.get("richText") or ())
        case _:
            return str(more.get("recognition") or "")
