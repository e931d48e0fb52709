"""Puts messages into conversations, changes them, and tells the app about those it watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack import payloads
from sandbox.slack.content import Content
from sandbox.slack.model import Channel, Json, Message
from sandbox.slack.present import message_json

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

_SUBSCRIPTION = {
    "dm": "message.im",
    "channel": "message.channels",
    "private": "message.groups",
    "mpim": "message.mpim",
}


def bot_message(workspace: Workspace, channel: Channel, content: Content) -> Message:
    """Return a message of the bot's, not yet posted."""
    return Message(
        channel.id,
        workspace.next_ts(),
        workspace.app.bot_user,
        content.text,
        content.blocks or [],
        metadata=content.metadata,
        by_bot=True,
        attachments=content.attachments,
    )


def post(workspace: Workspace, message: Message) -> Message:
    """Post a message of the bot's; the app hears of it too, if it watches that conversation."""
    workspace.put(message)
    told = message_event(workspace, message)
    if told and not message.ephemeral:
        workspace.wire.spawn(workspace.wire.event(told))
    return message


def edit(workspace: Workspace, message: Message, content: Content) -> None:
    """Replace a message's content.

    Without blocks but with text the old blocks go; with neither they stay. Metadata that is not
    sent again is gone. Source: Slack docs, reference/methods/chat.update; where it is unclear
    whether metadata is kept, the stricter reading.
    """
    message.text = content.text
    if content.blocks is not None or content.text:
        message.blocks = content.blocks or []
    message.attachments = content.attachments
    message.metadata = content.metadata
    message.edits += 1
    message.edited = {"user": workspace.app.bot_user, "ts": workspace.next_ts()}
    workspace.changes.tell("messages", message.channel, message.ephemeral_to)


def remove(workspace: Workspace, message: Message) -> None:
    """Take a message away."""
    workspace.channels[message.channel].messages.remove(message)
    workspace.changes.tell("messages", message.channel, message.ephemeral_to)


def message_event(workspace: Workspace, message: Message) -> Json | None:
    """Return the event for a new message, or None when the app does not watch its conversation."""
    channel = workspace.channels[message.channel]
    kind = watched(workspace, channel)
    if kind is None:
        return None
    inner = message_json(workspace, message)
    inner |= {"channel": channel.id, "channel_type": kind, "event_ts": message.ts}
    return payloads.event(workspace, inner)


def watched(workspace: Workspace, channel: Channel) -> str | None:
    """Return the channel_type by which the app hears of a conversation, or None if it does not."""
    member = workspace.app.bot_user in channel.members
    if _SUBSCRIPTION[channel.kind] not in workspace.app.events or not member:
        return None
    return {"dm": "im", "private": "group", "mpim": "mpim"}.get(channel.kind, "channel")
