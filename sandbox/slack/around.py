"""What people do around messages: reactions, their own edits and removals, coming and going.

The app is told of each if it subscribed (reaction_*, message.*, member_*).
Source: Slack docs, reference/events, the pages of these events and of message subtypes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack import payloads
from sandbox.slack.model import Channel, Json, Message
from sandbox.slack.posting import watched
from sandbox.slack.present import message_json

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


def react(workspace: Workspace, user: str, message: Message, name: str) -> bool:
    """Add a reaction; False when it was there."""
    users = message.reactions.setdefault(name, [])
    if user in users:
        return False
    users.append(user)
    _tell_reaction(workspace, user, message, name, "reaction_added")
    return True


def unreact(workspace: Workspace, user: str, message: Message, name: str) -> bool:
    """Take a reaction back; False when it was not there."""
    if user not in message.reactions.get(name, []):
        return False
    message.reactions[name].remove(user)
    if not message.reactions[name]:
        del message.reactions[name]
    _tell_reaction(workspace, user, message, name, "reaction_removed")
    return True


async def edit(workspace: Workspace, message: Message, text: str) -> None:
    """Change one's own words."""
    before = message_json(workspace, message)
    message.text = text
    message.edits += 1
    message.edited = {"user": message.user, "ts": workspace.next_ts()}
    workspace.changes.tell("messages", message.channel)
    now = {"message": message_json(workspace, message), "previous_message": before}
    await _tell_change(workspace, message, {"subtype": "message_changed"} | now)


async def delete(workspace: Workspace, message: Message) -> None:
    """Take one's own words away."""
    before = message_json(workspace, message)
    workspace.channels[message.channel].messages.remove(message)
    workspace.changes.tell("messages", message.channel)
    gone = {"deleted_ts": message.ts, "previous_message": before}
    await _tell_change(workspace, message, {"subtype": "message_deleted"} | gone)


async def join(workspace: Workspace, user: str, channel: Channel) -> None:
    """Become a member."""
    channel.members.append(user)
    await _tell_member(workspace, user, channel, "member_joined_channel")


async def leave(workspace: Workspace, user: str, channel: Channel) -> None:
    """Be a member no longer."""
    channel.members.remove(user)
    await _tell_member(workspace, user, channel, "member_left_channel")


async def _tell_member(workspace: Workspace, user: str, channel: Channel, kind: str) -> None:
    workspace.changes.tell("messages", channel.id)
    if kind in workspace.app.events and workspace.app.bot_user in channel.members:
        inner: Json = {"type": kind, "user": user, "channel": channel.id}
        inner |= {"channel_type": "G" if channel.kind == "private" else "C"}
        inner |= {"team": workspace.team_id, "event_ts": workspace.next_ts()}
        await workspace.wire.event(payloads.event(workspace, inner))


def _tell_reaction(workspace: Workspace, user: str, message: Message, name: str, kind: str) -> None:
    workspace.changes.tell("messages", message.channel)
    member = workspace.app.bot_user in workspace.channels[message.channel].members
    if kind not in workspace.app.events or not member:
        return
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    inner: Json = {"type": kind, "user": user, "reaction": name, "item": item}
    inner |= {"item_user": message.user, "event_ts": workspace.next_ts()}
    workspace.wire.spawn(workspace.wire.event(payloads.event(workspace, inner)))


async def _tell_change(workspace: Workspace, message: Message, change: Json) -> None:
    channel = workspace.channels[message.channel]
    if kind := watched(workspace, channel):
        now = workspace.next_ts()
        inner = {"type": "message", "hidden": True, "channel": channel.id, "ts": now, **change}
        inner |= {"channel_type": kind, "event_ts": now}
        await workspace.wire.event(payloads.event(workspace, inner))
