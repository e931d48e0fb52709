"""What reached its receiver: the time is kept; the giver of feedback is told."""

from __future__ import annotations

from handlers.feedback import GIVEN
from handlers.ports import Deps
from storage.notice import URGENT


async def tell_reached(deps: Deps) -> None:
    """Write down what the chat has by now; each once, whoever looks."""
    async with deps.database.begin(write=False) as tx:
        fresh = await tx.feedback.fresh()
        praised = await tx.praise.fresh()
    if not (fresh or praised):
        return
    async with deps.database.begin() as tx:
        for one in fresh:
            if await tx.feedback.reach(one.id, one.at):
                now = deps.clock.now()
                await tx.outbox.paint(GIVEN, one.giver, one.id, now, priority=URGENT)
        for praise in praised:
            await tx.praise.reach(praise.id, praise.at)
