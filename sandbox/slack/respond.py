"""Answers through response_url, or inside the acknowledgement of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack import limits
from sandbox.slack.content import checked
from sandbox.slack.errors import SlackError
from sandbox.slack.hooks import Hook
from sandbox.slack.model import Json, Message
from sandbox.slack.posting import bot_message, edit, post, remove

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


def respond(workspace: Workspace, hook: Hook, sent: Json) -> None:
    """Do what an answer asks for: a new message, or the pressed one replaced or deleted.

    Raises: SlackError as for posting; no_original when there is no message to replace.
    Source: Slack docs, interactivity/handling-user-interaction#message_responses.
    """
    if _true(sent.get("delete_original")):
        remove(workspace, _original(workspace, hook))
        return
    content = checked(workspace, sent, text_limit=limits.MESSAGE_TEXT)
    if _true(sent.get("replace_original")):
        edit(workspace, _original(workspace, hook), content)
        return
    message = bot_message(workspace, workspace.channels[hook.channel], content)
    if sent.get("response_type", "ephemeral") != "in_channel":
        message.ephemeral_to = hook.user
    message.thread_ts = sent.get("thread_ts")
    post(workspace, message)


def _original(workspace: Workspace, hook: Hook) -> Message:
    message = workspace.channels[hook.channel].message(hook.message_ts or "")
    if message is None:
        raise SlackError("no_original")
    return message


def _true(value: object) -> bool:
    return value in (True, "true", 1, "1")
