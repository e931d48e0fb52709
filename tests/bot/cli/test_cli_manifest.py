"""The manifest asks Slack for what the source uses, no more and no less."""

from __future__ import annotations

import ast
import re

import pytest
from commands import ROOT, Shell

from bot import manifest
from handlers.shortcuts import SHORTCUTS

SLACK = ROOT / "bot" / "platforms" / "slack"
SCOPES: dict[str, set[str]] = {
    "apps_connections_open": set(),
    "auth_test": set(),
    "bots_info": {"users:read"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {
        "channels:history", "groups:history", "im:history", "mpim:history",
        "metadata.message:read",
    },
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_list": {"channels:read", "groups:read"},
    "conversations_open": {"im:write", "mpim:write"},
    "conversations_replies": {
        "channels:history", "groups:history", "im:history", "mpim:history",
        "metadata.message:read",
    },
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    "users_list": {"users:read", "users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}  # fmt: skip
"""Of each Web API method (https://docs.slack.dev/reference/methods): the scopes it asks a bot for.

apps.connections.open is the app token's, which the manifest does not name. E-mails in
users.list and metadata in a conversation ask for a scope of their own.
"""
LISTENERS: dict[str, set[str]] = {
    "action": set(),
    "command": {"commands"},
    "message_shortcut": {"commands"},
    "view": set(),
    "event": set(),
    "block_action": set(),
}
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


def test_people_can_be_written_to_and_can_type_commands_where_the_bot_writes() -> None:
    """A new app's messages tab is off, and chat.postMessage to a person is refused then."""
    lines = manifest.as_yaml().splitlines()
    start = lines.index("  app_home:")
    assert lines[start + 1 : start + 4] == [
        "    home_tab_enabled: true",
        "    messages_tab_enabled: true",
        "    messages_tab_read_only_enabled: false",
    ]


def test_every_shortcut_that_is_heard_is_in_the_manifest() -> None:
    lines = manifest.as_yaml().splitlines()
    keys = [line.split(": ")[1] for line in lines if line.startswith("      callback_id: ")]
    assert set(keys) == set(SHORTCUTS)
    assert keys == [*manifest.SHORTCUTS]


URL = "https://reviews.example.com/slack/events"


def test_for_http_mode_every_address_is_given_and_the_socket_is_off(shell: Shell) -> None:
    said = shell("manifest", "--http", URL)
    assert (said.code, said.err) == (0, "")
    socket, http = shell("manifest").out.splitlines(), said.out.splitlines()
    assert [line for line in http if line not in socket] == [
        f"      url: {URL}",
        f"    request_url: {URL}",
        f"    request_url: {URL}",
        "  socket_mode_enabled: false",
    ]
    assert [line for line in socket if line not in http] == ["  socket_mode_enabled: true"]
    assert http[http.index(f"      url: {URL}") - 1] == "    - command: /review"
    before = [http[at - 1] for at, line in enumerate(http) if line == f"    request_url: {URL}"]
    assert before == ["  event_subscriptions:", "    is_enabled: true"]


@pytest.mark.parametrize(
    "wrong",
    [
        "http://reviews.example.com/slack/events",
        "https://reviews.example.com",
        "https:///slack/events",
        "https://x.example/slack/events?a=b",
        "https://x.example/slack/events#a",
        "https://me:word@x.example/slack/events",
        "https://x.example:99999/slack/events",
        "https://x.example/ a/slack/events",
        "https://x.example/\nis_admin: true\n/slack/events",
        "https://x.example/" + "a" * 3000 + "/slack/events",
        "words",
    ],
)
def test_an_address_that_slack_could_not_use_is_refused(shell: Shell, wrong: str) -> None:
    line = shell.refused(["manifest", "--http", wrong])
    assert line.endswith("reach, such as https://reviews.example.com/slack/events.")


def test_a_path_before_the_bots_own_and_a_port_are_fine() -> None:
    assert manifest.is_request_url("https://x.example:8443/reviews/slack/events")


def test_slacks_limits_on_a_manifest_are_kept() -> None:
    """Of github.com/slackapi/manifest-schema, schemas/manifest.schema.1.0.0.json."""
    fields = dict(
        line.strip().removeprefix("- ").split(": ", 1)
        for line in manifest.as_yaml(URL).splitlines()
        if ": " in line
    )
    assert len(fields["name"]) <= 35
    assert len(fields["display_name"]) <= 80
    assert len(fields["description"]) <= 140
    assert re.fullmatch(r'"#[0-9a-f]{6}"', fields["background_color"])
    assert re.fullmatch(r"/\S{1,31}", fields["command"])
    assert len(fields["usage_hint"]) <= 1000
    assert all(len(scope) <= 50 for scope in manifest.SCOPES)
