"""The clock on top of the page: where it can be moved to, and what happens on its way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.say import both
from bot.demo.scene import HOME, MORNING, at, stops
from handlers.hours import Hours
from handlers.ports import Company
from review.cycle import Cycle
from sandbox.clock import MovableClock
from sandbox.host import Landmark

log = logging.getLogger(__name__)
HOUR = timedelta(hours=1)
NEXT_DAY = "next_day"


@dataclass(slots=True)
class Clockwork:
    """Moves the clock from stop to stop; `happen` does what is due at each."""

    clock: MovableClock
    company: Company
    cycle: Cycle
    happen: Callable[[], Awaitable[None]]
    changed: Callable[[], None]
    moving: asyncio.Task[None] | None = field(default=None)

    @property
    def busy(self) -> bool:
        """Whether it is being moved now."""
        return self.moving is not None and not self.moving.done()

    def landmarks(self) -> Sequence[Landmark]:
        """An hour on, the next working day, and the next deadline that is still ahead."""
        now = self.clock.now()
        days = Hours(self.company)
        tomorrow = days.add_working_days(now.astimezone(ZoneInfo(HOME)).date(), 1)
        found = [
            Landmark("hour", both("demo.hour"), now + HOUR),
            Landmark(NEXT_DAY, both("demo.next_day"), at(tomorrow, MORNING)),
        ]
        for name in ("self_due", "manager_due"):
            day = getattr(self.cycle, name)
            if at(day, MORNING) > now:
                return [*found, Landmark(name, both(f"demo.{name}"), at(day, MORNING))]
        return found

    def move_to(self, landmark: Landmark) -> None:
        """Begin to move it there."""
        self.moving = asyncio.create_task(self._move(landmark.at))

    async def stop(self) -> None:
        """Leave it where it is."""
        if self.moving is not None:
            self.moving.cancel()
            await asyncio.gather(self.moving, return_exceptions=True)

    async def _move(self, goal: datetime) -> None:
        try:
            for stop in stops(self.clock.now(), goal, self.company):
                self.clock.move_to(stop)
                self.changed()
                await self.happen()
        except Exception:
            log.exception("the clock stopped on its way")
        finally:
            asyncio.get_running_loop().call_soon(self.changed)
