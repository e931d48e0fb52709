"""The running clock: APScheduler only wakes; what is due is planned by one loop, sent by another.

On PostgreSQL, workers send it instead, in this process and in others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.ports import Deps
from scheduler.deliver import deliver_all
from scheduler.tick import plan
from storage.engine import file_of
from storage.errors import FaultError

log = logging.getLogger(__name__)
PLAN_EVERY, DELIVER_EVERY = 10.0, 1.0
"""Seconds (ours)."""
Job = Callable[[Deps], Awaitable[None]]


class Sender(Protocol):
    """Sends what is due, beside the timetable."""

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; what is being sent then comes to its end."""


def sender_for(deps: Deps, url: str) -> Sender | None:
    """Who sends on that database; None: the timetable does, in its own process."""
    if file_of(url) is not None:
        return None
    from scheduler.workers import Workers  # 12 MB that only PostgreSQL needs

    return Workers(deps, url)


class Timetable:
    """Plans and delivers while the program runs."""

    def __init__(
        self,
        deps: Deps,
        *,
        plan_every: float = PLAN_EVERY,
        plans: bool = True,
        sender: Sender | None = None,
    ) -> None:
        """Every `plan_every` seconds what is due is looked for, if this process plans at all."""
        self._deps = deps
        self._sender = sender
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._jobs: list[tuple[Job, float, asyncio.Event]] = []
        if plans:
            self._jobs.append((plan, plan_every, asyncio.Event()))
        if sender is None:
            self._jobs.append((deliver_all, DELIVER_EVERY, deps.said))
        self._stopping = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin at once."""
        for job, seconds, wake in self._jobs:
            wake.set()
            self._scheduler.add_job(_set, "interval", [wake], seconds=seconds)
            self._loops.append(asyncio.create_task(self._loop(job, wake)))
        if self._sender is not None:
            self._loops.append(asyncio.create_task(self._sender.run(self._stopping)))
        self._scheduler.start()

    async def stop(self) -> None:
        """No new work; what is under way comes to its end."""
        self._scheduler.pause()
        await asyncio.sleep(0)  # a waking that has begun ends: a cancelled one would be logged
        await asyncio.sleep(0)
        self._scheduler.shutdown(wait=False)
        self._stopping.set()
        await asyncio.gather(*self._loops)

    async def _loop(self, job: Job, wake: asyncio.Event) -> None:
        stopping = asyncio.create_task(self._stopping.wait())
        said = ""
        while not self._stopping.is_set():
            waking = asyncio.create_task(wake.wait())
            await asyncio.wait({waking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            waking.cancel()
            if self._stopping.is_set():
                return
            wake.clear()
            try:
                await job(self._deps)
            except FaultError as fault:
                if str(fault) != said:
                    log.warning("%s waits: %s", job.__name__, fault)
                said = str(fault)
            except Exception:
                log.exception("a job failed; it runs again at its next time")
            else:
                if said:
                    log.info("%s goes on", job.__name__)
                said = ""


async def _set(wake: asyncio.Event) -> None:
    wake.set()
