"""The webhook robot's state: its group, and whether it was sent too much."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.dingtalk.model import Conversation

MINUTE = timedelta(minutes=1)
MOST = 20
BLOCKED = timedelta(minutes=10)


@dataclass(slots=True)
class Webhook:
    """At most 20 messages a minute; one more and nothing is taken for ten minutes."""

    group: Conversation | None = None
    _sent: deque[datetime] = field(default_factory=deque)
    _blocked: datetime | None = None

    def takes(self, now: datetime) -> bool:
        """Count a message, or refuse it."""
        if self._blocked is not None and now < self._blocked:
            return False
        while self._sent and self._sent[0] <= now - MINUTE:
            self._sent.popleft()
        if len(self._sent) >= MOST:
            self._blocked = now + BLOCKED
            return False
        self._sent.append(now)
        return True
