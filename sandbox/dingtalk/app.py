"""The app as the organisation knows it: its keys, its robot, and its access tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sandbox.clock import Clock

TOKEN_SECONDS: Final = 7200
EARLY: Final = timedelta(minutes=30)
"""So long before its end a token is still given out again."""


@dataclass(slots=True)
class App:
    """The installed app; `webhook_secret` signs what a group's webhook robot is sent."""

    name: str = "bot"
    key: str = "dinglocalapp"
    secret: str = "local-app-secret"  # noqa: S105 - opens nothing but this stand-in
    robot_code: str = "dinglocalapp"
    robot_user: str = "$:LWCP_v1:$robot"
    webhook_token: str = "local-webhook"  # noqa: S105 - likewise
    webhook_secret: str = "SEClocal"  # noqa: S105 - likewise
    tokens: dict[str, datetime] = field(default_factory=dict)
    """When each access token ends."""

    def token(self, clock: Clock) -> tuple[str, int]:
        """Return an access token and its seconds: the same one until it is nearly over."""
        now = clock.now()
        for token, ends in self.tokens.items():
            if ends - now > EARLY:
                return token, int((ends - now).total_seconds())
        token = uuid4().hex
        self.tokens[token] = now + timedelta(seconds=TOKEN_SECONDS)
        return token, TOKEN_SECONDS

    def knows(self, token: str, clock: Clock) -> bool:
        """Tell whether calls with that token are served now."""
        return token in self.tokens and clock.now() < self.tokens[token]
