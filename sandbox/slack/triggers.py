"""Triggers: the short-lived permission to open a view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sandbox.clock import Clock
from sandbox.slack.errors import SlackError

LIFETIME = timedelta(seconds=3)
"""Source: Slack docs, interactivity/handling-user-interaction; bolt-python #434."""


@dataclass(slots=True)
class Trigger:
    """Who may be shown a view until when; `view` is the modal in which the press happened."""

    user: str
    made_at: datetime
    view: str | None
    used: bool = False


class Triggers:
    """All triggers that were handed out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made: dict[str, Trigger] = {}
        self.ids = count(1)

    def issue(self, user: str, view: str | None = None) -> str:
        """Return a new trigger id for that person."""
        trigger_id = f"{next(self.ids)}.trigger.{user.lower()}"
        self._made[trigger_id] = Trigger(user, self._clock.now(), view)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """Return the trigger if it may still be used.

        Raises: SlackError invalid_trigger_id, exchanged_trigger_id (used before) or
        expired_trigger_id (older than 3 seconds). Source: Slack docs, reference/methods/views.open.
        """
        trigger = self._made.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() - trigger.made_at >= LIFETIME:
            raise SlackError("expired_trigger_id")
        return trigger
