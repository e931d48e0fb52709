"""A command of `nosurprise` by a clock that stands in working hours and runs faster.

Slack's rate limits, which the bot keeps by that clock, do not make anybody wait then.
`STORY_BEGAN` (ISO 8601, the real moment of the story's beginning) lets several processes, one
after another or side by side, live in one story.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from bench.company import MORNING
from bot import app, cli

SPEED = 20
BEGAN = "STORY_BEGAN"


class QuickClock(app.SystemClock):
    """Begins at the bench's hour."""

    def __init__(self) -> None:
        """That hour was when the story began, or is now."""
        told = os.environ.get(BEGAN)
        self._began = datetime.fromisoformat(told) if told else datetime.now(UTC)

    def now(self) -> datetime:
        """The moment of the story."""
        return MORNING + (datetime.now(UTC) - self._began) * SPEED


if __name__ == "__main__":
    app.SystemClock = QuickClock  # type: ignore[misc]
    cli.main(sys.argv[1:])
