"""The app as the workspace knows it: tokens, granted scopes, what it is told of."""

from __future__ import annotations

from dataclasses import dataclass, field

SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "metadata.message:read",
        "mpim:history",
        "mpim:read",
        "mpim:write",
        "users:read",
        "users:read.email",
    }
)
EVENTS = frozenset({"app_home_opened", "app_mention", "message.im"})


@dataclass(slots=True)
class App:
    """The installed app; change `scopes`, `events` or `active` to see what it does without.

    `events` are the subscriptions (of app_home_opened, app_mention, message.im, message.channels,
    message.groups); `commands` None means any command is the app's.
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
    active: bool = True
