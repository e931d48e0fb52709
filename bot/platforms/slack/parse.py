"""Slack's payloads as neutral events."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from handlers.events import Account, Answered, Command, Noted, Opened, Pressed, Submitted

Payload = Mapping[str, Any]
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
"""Somebody named in a command, as Slack escapes it."""


def command(body: Payload) -> Command:
    """A slash command."""
    return Command(
        who=Account("slack", body["user_id"]),
        text=_MENTION.sub(r"@\1", body.get("text") or "").strip(),
        identity=f"command:{body['trigger_id']}",
    )


def noted(body: Payload) -> Noted:
    """A message shortcut: the message as it is now, with a link that Slack opens."""
    message, channel = body["message"], body["channel"]["id"]
    ts = body.get("message_ts") or message["ts"]
    domain = (body.get("team") or {}).get("domain")
    link = f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    return Noted(
        who=Account("slack", body["user"]["id"]),
        shortcut=body["callback_id"],
        place=f"{channel}/{ts}",
        text=html.unescape(_MENTION.sub(r"@\1", message.get("text") or "")).strip(),
        author=message.get("user") or message.get("bot_id") or "",
        author_name=message.get("username") or "",
        link=link if domain else "",
        sent_at=datetime.fromtimestamp(float(ts), UTC),
        identity=f"shortcut:{body['trigger_id']}",
    )


def opened(body: Payload) -> Opened | None:
    """The Home tab, looked at; None: another tab of the app."""
    event = body["event"]
    if event.get("tab") != "home":
        return None
    return Opened(who=Account("slack", event["user"]), identity=f"event:{body['event_id']}")


def pressed(body: Payload) -> Pressed:
    """A button in a message or on the home tab."""
    action = body["actions"][0]
    return Pressed(
        who=Account("slack", body["user"]["id"]),
        action=action["action_id"],
        value=_value(action) or "",
        identity=f"press:{body['trigger_id']}",
    )


def answered(body: Payload) -> Answered:
    """A changed answer, or a button, in an open form."""
    action, view = body["actions"][0], body["view"]
    subject, step, base = json.loads(view["private_metadata"])
    button = action["type"] == "button"
    return Answered(
        who=Account("slack", body["user"]["id"]),
        form=view["callback_id"],
        subject=subject,
        step=step,
        answers=answers(view),
        identity=f"answer:{view['id']}:{action['action_ts']}:{action['action_id']}",
        pressed=action["action_id"] if button else None,
        changed=None if button else _key(action["block_id"]),
        order=action["action_ts"],
        surface=view.get("root_view_id") or view["id"],
        base=base,
    )


def submitted(body: Payload) -> Submitted:
    """A sent step of a form."""
    view = body["view"]
    subject, step, base = json.loads(view["private_metadata"])
    return Submitted(
        who=Account("slack", body["user"]["id"]),
        form=view["callback_id"],
        subject=subject,
        step=step,
        answers=answers(view),
        identity=f"submit:{body['trigger_id']}",
        surface=view.get("root_view_id") or view["id"],
        base=base,
    )


def answers(view: Payload) -> dict[str, str]:
    """Field key to answer of everything the view shows now; "" where there is none."""
    held = (view.get("state") or {}).get("values") or {}
    return {
        _key(block): _value(state) or ""
        for block, states in held.items()
        for state in list(states.values())[:1]
    }


def _key(block_id: str) -> str:
    """The field's key; what follows the last "#" is the drawing's own."""
    return block_id.rpartition("#")[0] or block_id


def _value(state: Payload) -> str | None:
    if state.get("selected_option") is not None:
        return str(state["selected_option"]["value"])
    if state.get("selected_users") is not None:
        return ",".join(state["selected_users"])
    for name in ("value", "selected_date", "selected_user"):
        if state.get(name) is not None:
            return str(state[name])
    return None
