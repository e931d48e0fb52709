"""The app as the workspace knows it: tokens, granted scopes, what it is told of."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.slack.model import Json, Thread

SCOPES = frozenset(
    {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:join",
        "channels:manage",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "groups:write",
        "im:history",
        "im:read",
        "im:write",
        "metadata.message:read",
        "mpim:history",
        "mpim:read",
        "mpim:write",
        "reactions:read",
        "reactions:write",
        "users:read",
        "users:read.email",
    }
)
EVENTS = frozenset({"app_home_opened", "app_mention", "message.im"})


@dataclass(slots=True)
class Step:
    """A workflow step that runs in the app: what it was given and how it ended."""

    id: str
    callback_id: str
    inputs: Json
    token: str
    outputs: Json | None = None
    error: str | None = None


@dataclass(slots=True)
class App:
    """The installed app; change `scopes`, `events` or `active` to see what it does without.

    `events` are the subscriptions (app_home_opened, app_mention, message.im, message.channels,
    message.groups, reaction_added, …); `commands` None means any command is the app's.
    """

    name: str = "bot"
    id: str = "A00000001"
    bot_id: str = "B00000001"
    bot_user: str = "U00000000"
    bot_token: str = "xoxb-local-bot"  # noqa: S105 - opens nothing but this stand-in
    app_token: str = "xapp-local-app"  # noqa: S105 - likewise
    signing_secret: str = "local-signing-secret"  # noqa: S105 - likewise
    verification_token: str = "local-verification"  # noqa: S105 - likewise
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    events: set[str] = field(default_factory=lambda: set(EVENTS))
    commands: set[str] | None = None
    shortcuts: dict[str, str] = field(default_factory=dict)
    """What can be done with a message: callback_id to name. The browser's page offers these."""
    active: bool = True
    steps: dict[str, Step] = field(default_factory=dict)
    """Workflow steps by their token, which is the bot's for as long as the step runs."""

    threads: dict[tuple[str, str], Thread] = field(default_factory=dict)
    """Assistant threads, by channel and ts."""

    def install(self, manifest: Json) -> None:
        """Grant what an app manifest asks for, and nothing else."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
        events = settings.get("event_subscriptions", {}).get("bot_events", [])
        self.scopes, self.events = set(scopes), set(events)
        self.shortcuts = {
            one["callback_id"]: one["name"]
            for one in features.get("shortcuts", [])
            if one["type"] == "message"
        }
        self.commands = {one["command"] for one in features.get("slash_commands", [])}
