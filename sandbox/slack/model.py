"""What a workspace is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]
"""What a form or message holds: block_id to action_id to Slack's state value."""


@dataclass(slots=True)
class User:
    """A member of the workspace; `tz` is an IANA name, `locale` such as zh-CN."""

    id: str
    name: str
    real_name: str
    email: str
    locale: str
    tz: str
    title: str
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0


@dataclass(slots=True)
class File:
    """An uploaded file; Slack tells its type only after `ready_at`."""

    id: str
    name: str
    title: str
    made_at: datetime
    ready_at: datetime | None = None
    content: bytes = b""
    mimetype: str = ""
    length: int = 0
    alt_text: str = ""
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """A message as people see it; `edits` counts how often its text or blocks were replaced."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json]
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    by_bot: bool = False
    ephemeral_to: str | None = None
    edits: int = 0
    edited: Json | None = None
    files: list[File] = field(default_factory=list)
    username: str | None = None
    attachments: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """Who reacted with each emoji, by its name."""
    subtype: str = ""
    step: str | None = None
    """The workflow step whose token posted it."""
    values: dict[str, Values] = field(default_factory=dict)
    """What each person chose in the message's own selects, by user id."""

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    @property
    def words(self) -> str:
        """All that can be read in it: the blocks' text where there are blocks, else the text."""
        return "\n".join(texts_of(self.blocks)) if self.blocks else self.text


@dataclass(slots=True)
class Thread:
    """What the app made of its thread: title, prompts, and each status it showed."""

    ts: str
    title: str = ""
    prompts: list[Json] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Channel:
    """A channel, private channel or direct conversation; `read` holds each member's last ts."""

    id: str
    name: str
    kind: str
    members: list[str]
    archived: bool = False
    topic: str = ""
    messages: list[Message] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)

    def message(self, ts: str) -> Message | None:
        """Return the message with that ts, or None."""
        return next((m for m in self.messages if m.ts == ts), None)

    def replies(self, ts: str) -> list[Message]:
        """Return what was answered in the thread of `ts`."""
        return [m for m in self.messages if m.thread_ts == ts and m.ts != ts and not m.ephemeral]


@dataclass(slots=True)
class OpenView:
    """A modal on somebody's screen, or their Home tab, with what they typed into it."""

    id: str
    user: str
    view: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    external_id: str = ""
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str((self.view.get("title") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        return list(self.view["blocks"])

    @property
    def state(self) -> dict[str, dict[str, Any]]:
        """What each control holds as a person would say it: block_id to action_id to value."""
        from sandbox.slack.values import plain_values

        return plain_values(self.values)

    @property
    def callback_id(self) -> str:
        return str(self.view.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.view.get("private_metadata", ""))

    @property
    def words(self) -> str:
        """All that can be read in it."""
        return "\n".join(texts_of(self.blocks))


def texts_of(value: Any) -> Iterator[str]:
    """Yield every text inside blocks, in reading order."""
    if isinstance(value, list):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, dict):
        text = value.get("text")
        if isinstance(text, str):
            yield text
        for key, inner in value.items():
            if key != "confirm" and not (key == "text" and isinstance(text, str)):
                yield from texts_of(inner)
