"""conversations.open, list, info, members, join."""

from __future__ import annotations

from typing import Final

from sandbox.slack.errors import SlackError
from sandbox.slack.model import Channel, Json
from sandbox.slack.present import channel_json
from sandbox.slack.web_api.call import Call, method, page

_NOUN: Final = {"channel": "channels", "private": "groups", "dm": "im", "mpim": "mpim"}
_TYPE: Final = {
    "channel": "public_channel",
    "private": "private_channel",
    "dm": "im",
    "mpim": "mpim",
}
_MOST_TOGETHER = 8
"""People in one group conversation, the bot aside."""


def seen_channel(call: Call, what: str) -> Channel:
    """Return the conversation that the call names, if the app may see it.

    `what` is the scope's verb: read or history.
    Raises: SlackError channel_not_found, missing_scope.
    """
    channel = call.workspace.channels.get(call.required("channel"))
    if channel is None:
        raise SlackError("channel_not_found")
    call.need(f"{_NOUN[channel.kind]}:{what}")
    if channel.kind != "channel" and call.workspace.app.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def kinds_wanted(call: Call) -> list[str]:
    """Return the kinds of conversation that `types` names.

    Raises: SlackError missing_scope, invalid_types.
    """
    types = (call.text("types") or "public_channel").split(",")
    kinds = [kind for kind, name in _TYPE.items() if name in types]
    if set(types) - {*_TYPE.values()}:
        raise SlackError("invalid_types")
    for kind in kinds:
        call.need(f"{_NOUN[kind]}:read")
    return kinds


@method("conversations.open", tier=3)
def conversations_open(call: Call) -> Json:
    """Open the direct conversation with one person, or one with several.

    Raises: SlackError users_list_not_supplied, user_not_found, user_disabled, too_many_users.
    Source: Slack docs, reference/methods/conversations.open.
    """
    workspace = call.workspace
    if not call.text("users"):
        raise SlackError("users_list_not_supplied")
    users = list(dict.fromkeys(call.text("users").split(",")))
    call.need("mpim:write" if len(users) > 1 else "im:write")
    if len(users) > _MOST_TOGETHER:
        raise SlackError("too_many_users")
    for one in users:
        user = workspace.users.get(one)
        if user is None:
            raise SlackError("user_not_found")
        if user.deleted:
            raise SlackError("user_disabled")
    known = set(workspace.channels)
    channel = workspace.together(users) if len(users) > 1 else workspace.dm(users[0])
    answer: Json = {"channel": {"id": channel.id}}
    if call.flag("return_im"):
        answer["channel"] = channel_json(workspace, channel)
    old = channel.id in known
    return answer | ({"no_op": True, "already_open": True} if old else {})


@method("conversations.list", tier=2)
def conversations_list(call: Call) -> Json:
    """List conversations that the app can see.

    Raises: SlackError missing_scope, invalid_types. Source: reference/methods/conversations.list.
    """
    workspace, kinds = call.workspace, kinds_wanted(call)
    found = [
        channel_json(workspace, channel)
        for channel in workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or workspace.app.bot_user in channel.members)
        and not (call.flag("exclude_archived") and channel.archived)
    ]
    channels, more = page(call, found)
    return {"channels": channels, "response_metadata": more}


@method("conversations.info", tier=3)
def conversations_info(call: Call) -> Json:
    """Describe one conversation. Source: Slack docs, reference/methods/conversations.info."""
    return {"channel": channel_json(call.workspace, seen_channel(call, "read"))}


@method("conversations.members", tier=4)
def conversations_members(call: Call) -> Json:
    """List who is in it. Source: Slack docs, reference/methods/conversations.members."""
    everybody: list[Json] = [{"id": user} for user in seen_channel(call, "read").members]
    members, more = page(call, everybody)
    return {"members": [one["id"] for one in members], "response_metadata": more}


@method("conversations.join", scope="channels:join", tier=3)
def conversations_join(call: Call) -> Json:
    """Join a public channel.

    Raises: SlackError channel_not_found, is_archived. Source: reference/methods/conversations.join.
    """
    channel = seen_channel(call, "read")
    if channel.archived:
        raise SlackError("is_archived")
    if call.workspace.app.bot_user not in channel.members:
        channel.members.append(call.workspace.app.bot_user)
    return {"channel": channel_json(call.workspace, channel)}
