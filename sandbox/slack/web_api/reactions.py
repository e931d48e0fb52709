"""reactions.add, reactions.remove, reactions.get."""

from __future__ import annotations

from sandbox.slack.around import react, unreact
from sandbox.slack.errors import SlackError
from sandbox.slack.model import Json, Message
from sandbox.slack.present import message_json
from sandbox.slack.web_api.call import Call, method


@method("reactions.add", scope="reactions:write", tier=3)
def reactions_add(call: Call) -> Json:
    """React to a message. Raises: SlackError already_reacted. Source: methods/reactions.add."""
    bot = call.workspace.app.bot_user
    if not react(call.workspace, bot, _message(call), call.required("name")):
        raise SlackError("already_reacted")
    return {}


@method("reactions.remove", scope="reactions:write", tier=2)
def reactions_remove(call: Call) -> Json:
    """Take a reaction back. Raises: SlackError no_reaction. Source: methods/reactions.remove."""
    bot = call.workspace.app.bot_user
    if not unreact(call.workspace, bot, _message(call), call.required("name")):
        raise SlackError("no_reaction")
    return {}


@method("reactions.get", scope="reactions:read", tier=3)
def reactions_get(call: Call) -> Json:
    """Return a message with its reactions. Source: reference/methods/reactions.get."""
    message = _message(call)
    shown = message_json(call.workspace, message)
    return {"type": "message", "channel": message.channel, "message": shown}


def _message(call: Call) -> Message:
    """Return the message that the call names. Raises: SlackError, as in Slack's reference."""
    channel = call.workspace.channels.get(call.required("channel"))
    if channel is None:
        raise SlackError("channel_not_found")
    if call.workspace.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    message = channel.message(call.required("timestamp"))
    if message is None or message.ephemeral:
        raise SlackError("message_not_found")
    return message
