"""The running clock: APScheduler wakes the tick, and an event wakes the deliveries."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.ports import Deps
from scheduler.deliver import deliver_due
from scheduler.tick import plan

log = logging.getLogger(__name__)
PLAN_EVERY, DELIVER_EVERY = 10, 1
"""Seconds (ours)."""


class Timetable:
    """Plans and delivers while the program runs."""

    def __init__(self, deps: Deps, *, plan_every: float = PLAN_EVERY) -> None:
        """Every `plan_every` seconds what is due is looked for."""
        self._deps = deps
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._planning = asyncio.Lock()
        self._delivering = asyncio.Lock()
        self._plan_every = plan_every

    def start(self) -> None:
        """Begin at once."""
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(
            self._plan, "interval", seconds=self._plan_every, id="plan", **options
        )
        self._scheduler.add_job(
            self.deliver, "interval", seconds=DELIVER_EVERY, id="deliver", **options
        )
        self._scheduler.start()
        self._scheduler.wakeup()

    async def stop(self) -> None:
        """No new work; wait for what is under way."""
        self._scheduler.shutdown(wait=False)
        async with self._planning, self._delivering:
            pass

    async def _plan(self) -> None:
        async with self._planning:
            await _safely(plan, self._deps)

    async def deliver(self) -> None:
        """Send what is due now; returns at once if that is under way."""
        if self._delivering.locked():
            return
        async with self._delivering:
            await _safely(_deliver, self._deps)


async def _deliver(deps: Deps) -> None:
    while await deliver_due(deps):
        pass


async def _safely(job: Callable[[Deps], Awaitable[None]], deps: Deps) -> None:
    try:
        await job(deps)
    except Exception:
        log.exception("a job failed; it runs again at its next time")
