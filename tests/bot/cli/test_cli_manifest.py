"""The manifest asks Slack for what the source uses, no more and no less."""

from __future__ import annotations

import ast
import re

from commands import ROOT, Shell

from bot import manifest

SLACK = ROOT / "bot" / "platforms" / "slack"
SCOPES: dict[str, set[str]] = {
    "apps_connections_open": set(),
    "auth_test": set(),
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {
        "channels:history", "groups:history", "im:history", "metadata.message:read",
    },
    "conversations_list": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {
        "channels:history", "groups:history", "im:history", "metadata.message:read",
    },
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    "users_list": {"users:read", "users:read.email"},
    "views_open": set(),
    "views_push": set(),
    "views_update": set(),
}  # fmt: skip
"""Of each Web API method (https://docs.slack.dev/reference/methods): the scopes it asks a bot for.

apps.connections.open is the app token's, which the manifest does not name. E-mails in
users.list and metadata in a conversation ask for a scope of their own.
"""
LISTENERS = {"action": set(), "command": {"commands"}, "view": set(), "block_action": set()}
FAMILIES = "api apps auth bots chat conversations emoji files pins reactions team users views"


def calls() -> set[str]:
    """Names of Web API methods that the source mentions."""
    family = re.compile(rf"({FAMILIES.replace(' ', '|')})_[a-z]\w*")
    return {
        node.attr
        for file in SLACK.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and family.fullmatch(node.attr)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and "client" in ast.unparse(node.value).lower()
    }


def listeners() -> set[str]:
    """Kinds of events that the source registers for."""
    tree = ast.parse((SLACK / "listen.py").read_text(encoding="utf-8"))
    return {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "app"
    }


def test_the_manifest_has_exactly_the_scopes_that_are_used() -> None:
    used = calls()
    assert {"chat_postMessage", "users_list", "views_open"} <= used
    wanted = set().union(*(SCOPES[name] for name in used))
    heard = listeners()
    assert "command" in heard
    wanted = wanted.union(*(LISTENERS[name] for name in heard))
    assert set(manifest.SCOPES) == wanted


def test_the_manifest_is_printed_as_yaml_with_those_scopes(shell: Shell) -> None:
    said = shell("manifest")
    assert (said.code, said.err) == (0, "")
    lines = [re.sub(r"\s+#.*", "", line) for line in said.out.splitlines()]
    start = lines.index("    bot:")
    end = lines.index("settings:")
    assert lines[start + 1 : end] == [f"      - {scope}" for scope in sorted(manifest.SCOPES)]
    assert "  socket_mode_enabled: true" in lines
    assert not [line for line in lines if (len(line) - len(line.lstrip())) % 2 or "\t" in line]
