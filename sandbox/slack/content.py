"""What a message may say: the checks that posting, updating and answering share."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.slack import limits
from sandbox.slack.blocks import message_problems, too_long
from sandbox.slack.errors import SlackError, invalid
from sandbox.slack.model import File, Json
from sandbox.slack.present import is_ready
from sandbox.slack.surfaces import with_ids

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Content:
    """A message's content after the checks; `blocks` None means that none were sent."""

    text: str
    blocks: list[Json] | None
    attachments: list[Json]
    metadata: Json | None


def checked(workspace: Workspace, sent: Json, *, text_limit: int) -> Content:
    """Return the content of `sent` if Slack would take it.

    Raises: SlackError no_text, msg_too_long, invalid_blocks_format, invalid_blocks,
    msg_blocks_too_long, markdown_text_conflict, metadata_too_large, invalid_metadata_format.
    Source: Slack docs, reference/methods/chat.postMessage and chat.update.
    """
    text, blocks = sent.get("text") or "", _json(sent.get("blocks"), "invalid_blocks_format")
    markdown = sent.get("markdown_text")
    if markdown and (text or blocks):
        raise SlackError("markdown_text_conflict")
    if markdown:
        blocks = [{"type": "markdown", "text": markdown}]
    attachments = _json(sent.get("attachments"), "invalid_attachments") or []
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    if len(text) > text_limit:
        raise SlackError("msg_too_long")
    kept = None if blocks is None else _blocks(workspace, blocks)
    return Content(text, kept, attachments, _metadata(sent.get("metadata")))


def _blocks(workspace: Workspace, blocks: Any) -> list[Json]:
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = message_problems(blocks) or _lost_files(workspace, blocks, "/blocks")
    if problems:
        raise invalid("invalid_blocks", problems)
    if too_long(blocks):
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def _lost_files(workspace: Workspace, value: Any, where: str) -> list[str]:
    """Return problems for pictures whose file is unknown or not looked at yet.

    Source: bolt-python #1521 (a fresh slack_file is refused until it has been processed).
    """
    if isinstance(value, list):
        inner = [_lost_files(workspace, item, f"{where}/{n}") for n, item in enumerate(value)]
        return [problem for found in inner for problem in found]
    if not isinstance(value, dict):
        return []
    if "slack_file" in value and not _usable(workspace, value["slack_file"]):
        return [f"invalid slack file [json-pointer:{where}/slack_file]"]
    inner = [_lost_files(workspace, item, f"{where}/{key}") for key, item in value.items()]
    return [problem for found in inner for problem in found]


def _usable(workspace: Workspace, reference: Json) -> bool:
    file: File | None = workspace.files.get(str(reference.get("id", "")))
    if file is None and "url" in reference:
        file = workspace.files.get(str(reference["url"]).rpartition("/")[2])
    return file is not None and is_ready(workspace, file)


def _metadata(sent: Any) -> Json | None:
    """Return the metadata; an event_type of other characters loses it without a word.

    Source: Slack docs, messaging/message-metadata; letters, digits, underscore and hyphen only.
    """
    metadata = _json(sent, "invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > limits.METADATA_BYTES:
        raise SlackError("metadata_too_large")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", str(metadata.get("event_type", ""))):
        return None
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def _json(value: Any, code: str) -> Any:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise SlackError(code) from None
