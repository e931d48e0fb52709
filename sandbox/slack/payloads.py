"""What the app is told: the bodies of interactions, commands and events.

Source: Slack docs, reference/interaction-payloads and apis/events-api.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack.model import Channel, Json, Message, OpenView
from sandbox.slack.present import message_json, view_json

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


def block_actions_in_message(
    workspace: Workspace, user: str, message: Message, action: Json
) -> Json:
    """Return the body for an element pressed in a message."""
    channel = workspace.channels[message.channel]
    hook = workspace.hooks.issue(channel.id, user, message.ts)
    body = _interaction(workspace, user, "block_actions")
    body |= {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.ephemeral,
        },
        "trigger_id": workspace.triggers.issue(user),
        "channel": _channel(channel),
        "message": message_json(workspace, message, metadata=True),
        "state": {"values": message.values.get(user, {})},
        "response_url": workspace.base_url + hook,
        "actions": [action],
    }
    if message.thread_ts:
        body["container"]["thread_ts"] = message.thread_ts
    if step := workspace.app.steps.get(message.step or ""):
        body |= {
            "bot_access_token": step.token,
            "function_data": {
                "execution_id": step.id,
                "function": {"callback_id": step.callback_id},
                "inputs": step.inputs,
            },
        }
    return body


def block_actions_in_view(workspace: Workspace, shown: OpenView, action: Json) -> Json:
    """Return the body for an element used in a modal or Home tab, with the whole state."""
    inside = shown.id if shown.view["type"] == "modal" else None
    return _interaction(workspace, shown.user, "block_actions") | {
        "container": {"type": "view", "view_id": shown.id},
        "trigger_id": workspace.triggers.issue(shown.user, inside),
        "view": view_json(workspace, shown),
        "actions": [action],
    }


def block_suggestion(
    workspace: Workspace, shown: OpenView, block: Json, element: Json, query: str
) -> Json:
    """Return the body that asks the app for the options of an external select."""
    return _interaction(workspace, shown.user, "block_suggestion") | {
        "container": {"type": "view", "view_id": shown.id},
        "view": view_json(workspace, shown),
        "block_id": block["block_id"],
        "action_id": element["action_id"],
        "value": query,
    }


def view_submission(workspace: Workspace, shown: OpenView) -> Json:
    """Return the body for a form that was sent."""
    return _interaction(workspace, shown.user, "view_submission") | {
        "trigger_id": workspace.triggers.issue(shown.user, shown.id),
        "view": view_json(workspace, shown),
        "response_urls": [],
    }


def view_closed(workspace: Workspace, shown: OpenView, *, cleared: bool) -> Json:
    """Return the body for a form that was closed; it carries no typed values."""
    view = view_json(workspace, shown) | {"state": {"values": {}}}
    body = _interaction(workspace, shown.user, "view_closed")
    return body | {"view": view, "is_cleared": cleared}


def shortcut(workspace: Workspace, user: str, callback_id: str) -> Json:
    """Return the body for a global shortcut."""
    return _interaction(workspace, user, "shortcut") | {
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.issue(user),
        "action_ts": workspace.next_ts(),
    }


def message_action(workspace: Workspace, user: str, callback_id: str, message: Message) -> Json:
    """Return the body for a shortcut on a message."""
    channel = workspace.channels[message.channel]
    hook = workspace.hooks.issue(channel.id, user, message.ts)
    return shortcut(workspace, user, callback_id) | {
        "type": "message_action",
        "message_ts": message.ts,
        "channel": _channel(channel),
        "message": message_json(workspace, message),
        "response_url": workspace.base_url + hook,
    }


def slash_command(workspace: Workspace, user: str, channel: Channel, text: str) -> Json:
    """Return the fields for `/word rest`."""
    word, _, rest = text.partition(" ")
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": _channel(channel)["name"],
        "user_id": user,
        "user_name": workspace.users[user].name,
        "command": word,
        "text": rest.strip(),
        "api_app_id": workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": workspace.base_url + workspace.hooks.issue(channel.id, user),
        "trigger_id": workspace.triggers.issue(user),
    }


def event(workspace: Workspace, inner: Json) -> Json:
    """Return the envelope's payload for one event."""
    number = workspace.number()
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team_id,
        "api_app_id": workspace.app.id,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{number:08d}",
        "event_time": int(workspace.clock.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def _interaction(workspace: Workspace, user: str, kind: str) -> Json:
    person = workspace.users[user]
    return {
        "type": kind,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {
            "id": user,
            "username": person.name,
            "name": person.name,
            "team_id": workspace.team_id,
        },
        "api_app_id": workspace.app.id,
        "token": workspace.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "dm" else channel.name}
