"""What calibration is done with, or what nobody calibrates, goes on to the skip-level."""

from __future__ import annotations

from handlers.calibration_on import end, go_on_all, is_due
from handlers.ports import Deps
from handlers.work import Work


async def calibrate(deps: Deps) -> None:
    """Let go on what is due, a few signatures a transaction."""
    async with deps.database.begin(write=False) as tx:
        cycles = await tx.cycles.running()
        sessions = await tx.calibrations.unfinished()
        running = {one.id for one in cycles}
        over = [one for one in sessions if one.cycle not in running]
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        due = [
            cycle
            for cycle in cycles
            if await is_due(cycle, [one for one in sessions if one.cycle == cycle.id], work)
        ]
    for session in over:
        async with deps.database.begin() as tx:
            await end(session, Work(tx=tx, company=deps.company, now=deps.clock.now()))
    for cycle in due:
        more = True
        while more:
            async with deps.database.begin() as tx:
                work = Work(tx=tx, company=deps.company, now=deps.clock.now())
                more = await go_on_all(cycle, work)
