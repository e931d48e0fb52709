"""conversations.create, invite, kick, leave, archive, rename, setTopic; users.conversations."""

from __future__ import annotations

import re

from sandbox.slack.errors import SlackError
from sandbox.slack.model import Channel, Json
from sandbox.slack.present import channel_json
from sandbox.slack.web_api.call import Call, method, page
from sandbox.slack.web_api.conversations import kinds_wanted, seen_channel

_NAME = re.compile(r"[^\W_][\w-]{0,79}")


@method("conversations.create", tier=2)
def create(call: Call) -> Json:
    """Make a channel. Raises: SlackError name_taken, invalid_name. Source: the method's page."""
    workspace, name, private = call.workspace, call.required("name"), call.flag("is_private")
    call.need("groups:write" if private else "channels:manage")
    _free(call, name)
    return {"channel": channel_json(workspace, workspace.add_channel(name, private=private))}


@method("conversations.invite", tier=3)
def invite(call: Call) -> Json:
    """Bring people in. Raises: SlackError user_not_found, already_in_channel, not_in_channel."""
    channel, users = _own(call, "invites"), call.required("users").split(",")
    for user in users:
        if user not in call.workspace.users:
            raise SlackError("user_not_found")
        if user in channel.members:
            raise SlackError("already_in_channel")
    channel.members += users
    return _changed(call, channel)


@method("conversations.kick", tier=3)
def kick(call: Call) -> Json:
    """Take somebody out. Raises: SlackError not_in_channel, cant_kick_self."""
    channel, user = _own(call, "manage"), call.required("user")
    if user == call.workspace.app.bot_user:
        raise SlackError("cant_kick_self")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    channel.members.remove(user)
    return _changed(call, channel)


@method("conversations.leave", tier=3)
def leave(call: Call) -> Json:
    """Leave. Source: reference/methods/conversations.leave."""
    channel = seen_channel(call, "read")
    bot = call.workspace.app.bot_user
    if bot not in channel.members:
        return {"not_in_channel": True}
    channel.members.remove(bot)
    return {}


@method("conversations.archive", tier=2)
def archive(call: Call) -> Json:
    """Close a channel. Raises: SlackError already_archived."""
    channel = _own(call, "manage")
    channel.archived = True
    return _changed(call, channel)


@method("conversations.rename", tier=2)
def rename(call: Call) -> Json:
    """Give another name. Raises: SlackError name_taken, invalid_name."""
    channel, name = _own(call, "manage"), call.required("name")
    _free(call, name)
    channel.name = name
    return _changed(call, channel)


@method("conversations.setTopic", tier=2)
def set_topic(call: Call) -> Json:
    """Set the topic. Source: reference/methods/conversations.setTopic."""
    channel = _own(call, "topic")
    channel.topic = call.text("topic")
    return _changed(call, channel)


@method("users.conversations", tier=3)
def users_conversations(call: Call) -> Json:
    """List where a person is, or the app itself. Source: reference/methods/users.conversations."""
    workspace = call.workspace
    bot = workspace.app.bot_user
    user, kinds = call.text("user") or bot, kinds_wanted(call)
    found = [
        channel_json(workspace, channel)
        for channel in workspace.channels.values()
        if channel.kind in kinds
        and user in channel.members
        and (channel.kind == "channel" or bot in channel.members)
        and not (call.flag("exclude_archived") and channel.archived)
    ]
    channels, more = page(call, found)
    return {"channels": channels, "response_metadata": more}


def _own(call: Call, right: str) -> Channel:
    """Return a channel that the app is in and may change.

    `right` is the scope for public channels beside channels:manage (invites, topic).
    Raises: SlackError channel_not_found, missing_scope, not_in_channel, is_archived.
    """
    channel = call.workspace.channels.get(call.required("channel"))
    if channel is None or channel.kind == "dm":
        raise SlackError("channel_not_found")
    noun = "groups" if channel.kind == "private" else "channels"
    broad = "groups:write" if channel.kind == "private" else "channels:manage"
    narrow = f"{noun}:write.{right}" if right != "manage" else broad
    if not {broad, narrow} & call.workspace.app.scopes:
        call.need(broad)
    if call.workspace.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("already_archived" if right == "manage" else "is_archived")
    return channel


def _free(call: Call, name: str) -> None:
    if not _NAME.fullmatch(name) or name != name.lower():
        raise SlackError("invalid_name")
    if call.workspace.channel(name) is not None:
        raise SlackError("name_taken")


def _changed(call: Call, channel: Channel) -> Json:
    call.workspace.changes.tell("messages", channel.id)
    return {"channel": channel_json(call.workspace, channel)}
