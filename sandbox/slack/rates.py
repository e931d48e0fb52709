"""Rate limits: one bucket a method, one a channel for posting, one for all posting.

Source: Slack docs, apis/web-api/rate-limits: tiers 1 to 4 are 1+, 20+, 50+ and 100+ calls a
minute; posting is one message a second a channel, short bursts are tolerated, and several
hundred messages a minute in a workspace.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sandbox.clock import Clock

Mode = Literal["off", "slack"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many calls a minute, and so many at once."""

    a_minute: int
    burst: int


TIERS: Final = {
    1: Allowance(1, 5),
    2: Allowance(20, 20),
    3: Allowance(50, 50),
    4: Allowance(100, 100),
}
CHANNEL: Final = Allowance(60, 4)
WORKSPACE: Final = Allowance(300, 300)


class Rates:
    """Counts calls; over an allowance it names the seconds to wait."""

    def __init__(self, clock: Clock, mode: Mode) -> None:
        self._clock = clock
        self.mode = mode
        self._left: dict[str, tuple[float, datetime]] = {}

    def wait(self, wanted: dict[str, Allowance]) -> int | None:
        """Take one from each of these buckets, or from none; return Retry-After if one is empty."""
        if self.mode == "off":
            return None
        now = self._clock.now()
        full = {key: self._available(key, allowed, now) for key, allowed in wanted.items()}
        waits = [(1 - left) * 60 / wanted[key].a_minute for key, left in full.items() if left < 1]
        if waits:
            return max(1, math.ceil(max(waits)))
        self._left |= {key: (left - 1, now) for key, left in full.items()}
        return None

    def _available(self, key: str, allowed: Allowance, now: datetime) -> float:
        left, then = self._left.get(key, (float(allowed.burst), now))
        gained = (now - then).total_seconds() * allowed.a_minute / 60
        return min(float(allowed.burst), left + gained)
