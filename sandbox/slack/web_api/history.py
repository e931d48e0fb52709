"""conversations.history and conversations.replies."""

from __future__ import annotations

from sandbox.slack.errors import SlackError
from sandbox.slack.model import Channel, Json, Message
from sandbox.slack.present import message_json
from sandbox.slack.web_api.call import Call, method, page
from sandbox.slack.web_api.conversations import seen_channel


@method("conversations.history", tier=3)
def conversations_history(call: Call) -> Json:
    """Read a conversation, newest first, without thread replies.

    Raises: SlackError channel_not_found, not_in_channel, missing_scope.
    Source: Slack docs, reference/methods/conversations.history.
    """
    channel = _readable(call)
    shown = [m for m in channel.messages if not m.ephemeral and (not m.thread_ts or m.broadcast)]
    return _answer(call, list(reversed(_between(call, shown))))


@method("conversations.replies", tier=3)
def conversations_replies(call: Call) -> Json:
    """Read a thread, its first message first.

    Raises: SlackError thread_not_found. Source: reference/methods/conversations.replies.
    """
    channel = _readable(call)
    first = channel.message(call.required("ts"))
    if first is None or first.ephemeral:
        raise SlackError("thread_not_found")
    return _answer(call, _between(call, [first, *channel.replies(first.ts)]))


def _readable(call: Call) -> Channel:
    channel = seen_channel(call, "history")
    if call.workspace.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """Keep messages after `oldest` and before `latest` (or at them, with `inclusive`)."""
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "99999999999"
    try:
        low, high = float(oldest), float(latest)
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None
    inclusive = call.flag("inclusive")
    return [
        message
        for message in messages
        if low < float(message.ts) < high or (inclusive and message.ts in {oldest, latest})
    ]


def _answer(call: Call, messages: list[Message]) -> Json:
    """Return a page; metadata only if asked for and the app has metadata.message:read."""
    scopes = call.workspace.app.scopes
    metadata = call.flag("include_all_metadata") and "metadata.message:read" in scopes
    everything = [message_json(call.workspace, m, metadata=metadata) for m in messages]
    shown, more = page(call, everything, most=999)
    has_more = bool(more["next_cursor"])
    answer: Json = {"messages": shown, "has_more": has_more}
    return answer | ({"response_metadata": more} if has_more else {})
