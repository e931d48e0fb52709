"""Deliveries on PostgreSQL: Procrastinate hands them to workers, in this process and in others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.schema import SchemaManager

from handlers.ports import Deps
from scheduler.deliver import deliver
from storage import handover
from storage.errors import FaultError

log = logging.getLogger(__name__)
QUEUE, JOBS = "deliveries", "procrastinate_jobs"
HANDED = timedelta(seconds=60)
"""What was handed on and is not sent after so long is handed on again: its runner died (ours)."""
AT_ONCE = 200
"""Handed on in one transaction (ours)."""
HANDS = 20
"""Sendings of one process at the same time (ours)."""
LOOK = 0.5
"""Seconds between two looks for what is due (ours)."""
STALLED = 30.0
"""Seconds without a heartbeat after which a worker's jobs are taken from it (Procrastinate's)."""
AGAIN = 2.0
"""Seconds until a lost database is tried again (ours)."""


class Workers:
    """Hands on what is due, and sends what this process is handed."""

    def __init__(self, deps: Deps, url: str) -> None:
        """On that database, which `deps` has open already."""
        self._deps = deps
        self._app = App(
            connector=PsycopgConnector(conninfo=handover.address(url), min_size=1, max_size=6)
        )
        self._task = self._app.task(name="deliver", queue=QUEUE)(self._deliver)

    async def enqueue(self, connection: Any, due: Sequence[tuple[str, int]]) -> None:
        """Make a job of each delivery, within that connection's transaction."""
        for priority in sorted({priority for _, priority in due}):
            # Procrastinate: the higher the sooner; ours: the lower the sooner.
            task = self._task.configure(connection=connection, priority=-priority)
            jobs: list[dict[str, Any]] = [{"delivery": one} for one, its in due if its == priority]
            await task.batch_defer_async(*jobs)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; what is being sent then comes to its end."""
        said = ""
        while not stop.is_set():
            try:
                await self._bring_up()
                async with self._app.open_async():
                    await self._work(stop)
                said = ""
            except (ConnectorException, FaultError, OSError) as fault:
                if str(fault) != said:
                    log.warning("deliveries wait: %s", type(fault).__name__)
                said = str(fault)
                await _for(AGAIN, stop)
            except Exception:
                log.exception("deliveries failed; they are begun anew")
                await _for(AGAIN, stop)

    async def _work(self, stop: asyncio.Event) -> None:
        worker = asyncio.create_task(
            self._app.run_worker_async(
                queues=[QUEUE],
                concurrency=HANDS,
                install_signal_handlers=False,
                delete_jobs="always",
                fetch_job_polling_interval=LOOK,
                stalled_worker_timeout=STALLED,
            )
        )
        stopping = asyncio.create_task(stop.wait())
        handing = asyncio.create_task(self._hand_on())
        try:
            await asyncio.wait({worker, stopping, handing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (handing, stopping, worker):
                task.cancel()
            ended = await asyncio.gather(handing, worker, return_exceptions=True)
        for fault in ended:
            if isinstance(fault, Exception):
                raise fault

    async def _hand_on(self) -> None:
        """Look every LOOK seconds, and as soon as something was said."""
        loop = asyncio.get_running_loop()
        looked = loop.time()
        while True:
            self._deps.said.clear()
            now = self._deps.clock.now()
            async with self._deps.database.begin() as tx:
                handed = await tx.handover.take(now, now + HANDED, AT_ONCE, self.enqueue)
            if loop.time() - looked >= STALLED:
                looked = loop.time()
                await self._take_from_the_dead()
            if handed < AT_ONCE:
                await _for(LOOK, self._deps.said)

    async def _take_from_the_dead(self) -> None:
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=STALLED):
            await manager.retry_job(job)

    async def _deliver(self, delivery: str) -> None:
        again = await deliver(delivery, self._deps)
        if again is not None:
            async with self._deps.database.begin() as tx:
                await tx.handover.wait(delivery, again)

    async def _bring_up(self) -> None:
        """Procrastinate's own tables: made by the first process, brought up to its version."""
        async with self._deps.database.begin() as tx:
            await tx.handover.bring_up(JOBS, SchemaManager.get_schema(), _steps())


async def _for(seconds: float, event: asyncio.Event) -> None:
    """Wait so long, or until that is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


def _steps() -> dict[str, str]:
    """Procrastinate's migrations by name, in their order."""
    found = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    return {one.name: one.read_text(encoding="utf-8") for one in found}
