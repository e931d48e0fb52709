"""response_url: a way to answer an interaction without a token.

Source: Slack docs, interactivity/handling-user-interaction#message_responses: 5 uses, 30 minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sandbox.clock import Clock
from sandbox.slack.errors import SlackError

USES: Final = 5
LIFETIME: Final = timedelta(minutes=30)


@dataclass(slots=True)
class Hook:
    """Where an answer goes: the conversation, the person, and the message that was pressed."""

    channel: str
    user: str
    made_at: datetime
    message_ts: str | None = None
    uses: int = 0


class Hooks:
    """All response_urls that were handed out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: dict[str, Hook] = {}

    def issue(self, channel: str, user: str, message_ts: str | None = None) -> str:
        """Return the path of a new response_url."""
        key = f"{len(self._made) + 1}"
        self._made[key] = Hook(channel, user, self._clock.now(), message_ts)
        return f"/hooks/{key}"

    def use(self, key: str) -> Hook:
        """Count one use.

        Raises: SlackError used_url (after 5 uses), expired_url (after 30 minutes or unknown).
        """
        hook = self._made.get(key)
        if hook is None or self._clock.now() - hook.made_at > LIFETIME:
            raise SlackError("expired_url")
        if hook.uses >= USES:
            raise SlackError("used_url")
        hook.uses += 1
        return hook
