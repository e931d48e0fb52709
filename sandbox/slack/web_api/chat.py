"""chat.postMessage, postEphemeral, update, delete, getPermalink."""

from __future__ import annotations

from sandbox.slack import limits
from sandbox.slack.content import checked
from sandbox.slack.errors import SlackError
from sandbox.slack.model import Channel, Json, Message
from sandbox.slack.posting import bot_message, edit, post, remove
from sandbox.slack.present import message_json
from sandbox.slack.web_api.call import POSTING, Call, method


def posting_channel(call: Call) -> Channel:
    """Return where to post: an id, a name, or a user id, whose DM is opened.

    Raises: SlackError channel_not_found, not_in_channel, is_archived.
    Source: Slack docs, reference/methods/chat.postMessage.
    """
    workspace, wanted = call.workspace, call.required("channel")
    user = workspace.users.get(wanted)
    if user is not None:
        if user.deleted or user.is_bot:
            raise SlackError("channel_not_found")
        return workspace.dm(user.id)
    channel = workspace.channel(wanted)
    if channel is None:
        raise SlackError("channel_not_found")
    if workspace.app.bot_user not in channel.members:
        if channel.kind != "channel":
            raise SlackError("channel_not_found")
        if "chat:write.public" not in workspace.app.scopes:
            raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    return channel


@method("chat.postMessage", scope="chat:write", tier=POSTING)
def post_message(call: Call) -> Json:
    """Post. Raises: SlackError as posting_channel and sandbox.slack.content.checked."""
    channel = posting_channel(call)
    content = checked(call.workspace, call.args, text_limit=limits.MESSAGE_TEXT)
    message = bot_message(call.workspace, channel, content)
    message.thread_ts = thread_of(channel, call.text("thread_ts"))
    message.broadcast = call.flag("reply_broadcast")
    message.username = call.text("username") or None
    message.step = call.token if call.token in call.workspace.app.steps else None
    post(call.workspace, message)
    shown = message_json(call.workspace, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


@method("chat.postEphemeral", scope="chat:write", tier=4)
def post_ephemeral(call: Call) -> Json:
    """Show a message to one person in a channel.

    Raises: SlackError user_not_in_channel. Source: reference/methods/chat.postEphemeral.
    """
    channel = posting_channel(call)
    user = call.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = checked(call.workspace, call.args, text_limit=limits.MESSAGE_TEXT)
    message = bot_message(call.workspace, channel, content)
    message.ephemeral_to = user
    message.metadata = None
    message.thread_ts = thread_of(channel, call.text("thread_ts"))
    post(call.workspace, message)
    return {"message_ts": message.ts}


@method("chat.update", scope="chat:write", tier=3)
def update(call: Call) -> Json:
    """Edit one of the app's own messages; text of at most 4,000 characters.

    Raises: SlackError message_not_found, cant_update_message, is_inactive, msg_too_long.
    Source: Slack docs, reference/methods/chat.update.
    """
    message = _own_message(call, "cant_update_message")
    if call.workspace.channels[message.channel].archived:
        raise SlackError("is_inactive")
    content = checked(call.workspace, call.args, text_limit=limits.UPDATE_TEXT)
    edit(call.workspace, message, content)
    shown = message_json(call.workspace, message, metadata=True)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": shown,
    }


@method("chat.delete", scope="chat:write", tier=3)
def delete(call: Call) -> Json:
    """Delete one of the app's own messages.

    Raises: SlackError message_not_found, cant_delete_message. Source: methods/chat.delete.
    """
    message = _own_message(call, "cant_delete_message")
    remove(call.workspace, message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink", tier=4)
def get_permalink(call: Call) -> Json:
    """Return a message's address. Source: Slack docs, reference/methods/chat.getPermalink."""
    message = _message(call, call.required("message_ts"))
    where = f"https://{call.workspace.domain}.slack.com/archives/{message.channel}"
    link = f"{where}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return {"channel": message.channel, "permalink": link}


def thread_of(channel: Channel, ts: str) -> str | None:
    """Return the thread to answer in.

    Raises: SlackError thread_not_found.
    """
    if not ts:
        return None
    first = channel.message(ts)
    if first is None or first.ephemeral:
        raise SlackError("thread_not_found")
    return first.thread_ts or first.ts


def _own_message(call: Call, refusal: str) -> Message:
    message = _message(call, call.required("ts"))
    if message.ephemeral:
        raise SlackError("message_not_found")
    if not message.by_bot:
        raise SlackError(refusal)
    return message


def _message(call: Call, ts: str) -> Message:
    channel = call.workspace.channels.get(call.required("channel"))
    if channel is None or call.workspace.app.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    message = channel.message(ts)
    if message is None:
        raise SlackError("message_not_found")
    return message
