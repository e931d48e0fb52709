"""The Slack app manifest: exactly the scopes and events that this version uses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.platforms.slack.connect import PATH

NOT_IN_URL = re.compile(r"[\s\"'#<>\\^`{|}\x00-\x1f\x7f-\uffff]")

SCOPES = {
    "channels:history": "finds a message again after an unclear failure",
    "groups:history": "the same, in private channels",
    "im:history": "the same, in direct messages",
    "channels:read": "finds the channels of HR and of praise by their names",
    "groups:read": "the same, where they are private",
    "chat:write": "posts and edits messages",
    "commands": "/review",
    "files:read": "waits until an uploaded chart can be shown",
    "files:write": "uploads charts",
    "im:write": "opens direct messages",
    "mpim:history": "the same, where a manager asks before rating",
    "mpim:write": "brings a manager's question to those above and HR in one conversation",
    "metadata.message:read": "recognises its own messages",
    "users:read": "matches people to the roster",
    "users:read.email": "matches them by e-mail",
}
"""Bot scopes, and what each is for."""


SHORTCUTS = {
    "keep_evidence": ("Keep for a review", "Keeps a message to quote it in a review"),
    "give_feedback": ("Give feedback", "Tells its author what you noticed"),
}
"""Shortcuts on a message: what each is called, and what it does."""
LONGEST_URL = 3000
"""The shortest of the limits that Slack's schema sets on the addresses below."""


def is_request_url(text: str) -> bool:
    """Whether Slack can post to it: https, a host, and the path that the bot listens at."""
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username) and not NOT_IN_URL.search(text)
    fits = parts.path.endswith(PATH) and len(text) <= LONGEST_URL
    return parts.scheme == "https" and named and plain and fits


def as_yaml(request_url: str | None = None) -> str:
    """The manifest: for Socket Mode, or for HTTP mode with the address that Slack posts to.

    It keeps to Slack's schema (github.com/slackapi/manifest-schema, version 1). The messages tab
    has to be on: it is off in a new app, and then Slack refuses every direct message.
    """
    scopes = "\n".join(f"      - {scope}  # {why}" for scope, why in sorted(SCOPES.items()))
    shortcuts = "\n".join(
        f"    - name: {name}\n      type: message\n"
        f"      callback_id: {key}\n      description: {what}"
        for key, (name, what) in SHORTCUTS.items()
    )
    url = f"\n      url: {request_url}" if request_url else ""
    pressed = f"\n    request_url: {request_url}" if request_url else ""
    listens = f"\n    request_url: {request_url}" if request_url else ""
    return f"""display_information:
  name: NoSurprise
  description: Performance reviews in the chat, with no surprise in them
  background_color: "#1f3b57"
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: NoSurprise
    always_online: true
  shortcuts:
{shortcuts}
  slash_commands:
    - command: /review{url}
      description: Reviews, ratings and where they stand
      usage_hint: "[self | rate | feedback | praise | status | distribution | help]"
      should_escape: true
oauth_config:
  scopes:
    bot:
{scopes}
settings:
  event_subscriptions:{listens}
    bot_events:
      - app_home_opened
  interactivity:
    is_enabled: true{pressed}
  org_deploy_enabled: false
  socket_mode_enabled: {"false" if request_url else "true"}
  token_rotation_enabled: false
"""
