"""The Slack app manifest: exactly the scopes and events that this version uses."""

from __future__ import annotations

SCOPES = {
    "channels:history": "finds a message again after an unclear failure",
    "groups:history": "the same, in private channels",
    "im:history": "the same, in direct messages",
    "channels:read": "finds the HR channel by its name",
    "groups:read": "finds the HR channel by its name where it is private",
    "chat:write": "posts and edits messages",
    "commands": "/review",
    "files:read": "waits until an uploaded chart can be shown",
    "files:write": "uploads charts",
    "im:write": "opens direct messages",
    "metadata.message:read": "recognises its own messages",
    "users:read": "matches people to the roster",
    "users:read.email": "matches them by e-mail",
}
"""Bot scopes, and what each is for."""


def as_yaml() -> str:
    """The manifest, for Socket Mode."""
    scopes = "\n".join(f"      - {scope}  # {why}" for scope, why in sorted(SCOPES.items()))
    return f"""display_information:
  name: NoSurprise
  description: Performance reviews in the chat, with no surprise in them
  background_color: "#1f3b57"
features:
  bot_user:
    display_name: NoSurprise
    always_online: true
  slash_commands:
    - command: /review
      description: Reviews, ratings and where they stand
      usage_hint: "[self | rate | status | distribution | help]"
      should_escape: true
oauth_config:
  scopes:
    bot:
{scopes}
settings:
  interactivity:
    is_enabled: true
  org_deploy_enabled: false
  socket_mode_enabled: true
  token_rotation_enabled: false
"""
