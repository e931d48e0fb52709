"""The time that stories pass in."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta


class StoryClock:
    """The story's time, the platform's and the bot's: moved by hand, else a millisecond a look."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def move(self, by: timedelta) -> None:
        self.moment += by

    async def sleep(self, seconds: float) -> None:
        """A platform's patience is real time: the story does not wait for it."""
        await asyncio.sleep(seconds)
