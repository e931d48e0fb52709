"""Everybody sends a form at once, while a cycle's messages go out beside them."""

from __future__ import annotations

import asyncio
import statistics
import time

from bench.company import open_cycle, tree, with_people
from bench.deliveries import Instant
from bench.figures import P99, Figure
from bench.statements import Chat
from handlers.answers import Continues
from handlers.dispatch import dispatch
from handlers.events import Submitted
from handlers.ports import Deps
from review.stages import Stage
from scheduler.deliver import deliver_all
from scheduler.tick import plan

PEOPLE = 1_000
WRITERS = 200
TRIGGER = 3_000
"""Milliseconds within which Slack wants its answer."""


async def _sent(event: Submitted, deps: Deps) -> float:
    """Seconds from its arrival to its commit."""
    began = time.perf_counter()
    answer = await dispatch(event, deps)
    assert isinstance(answer, Continues), answer
    return time.perf_counter() - began


async def figures() -> list[Figure]:
    """Seconds from a sent step to its commit, for all who send in the same moment."""
    async with with_people(PEOPLE) as kept, kept.opened() as deps:
        people = [one.employee_id for one in tree(PEOPLE)]
        async with deps.database.begin() as tx:
            await tx.people.link_all("slack", [(f"U{one}", one) for one in people])
        cycle = await open_cycle(deps)
        await plan(deps)
        async with deps.database.begin() as tx:
            await tx.reviews.move_all(cycle.id, Stage.GOALS, Stage.SELF_REVIEW)
            found = await tx.reviews.standings(cycle.id, people[-WRITERS:])
        chat = Instant()
        deps.messengers = {"slack": chat}
        writing = Chat(deps)
        steps = []
        for one in found:
            form = await writing.press(one.employee_id, "self_review.open", one.id)
            steps.append(writing.step(one.employee_id, form))
        sending = asyncio.create_task(deliver_all(deps))
        while not chat.posted:  # noqa: ASYNC110  a list tells nobody
            await asyncio.sleep(0)
        took = await asyncio.gather(*(_sent(step, deps) for step in steps))
        meanwhile = len(chat.posted)
        await sending
    p99 = statistics.quantiles(took, n=100)[P99]
    beside = f"{meanwhile:,} messages of a launch for {PEOPLE:,} went out meanwhile"
    return [
        Figure(
            name=f"{WRITERS} people send forms at once beside a launch: p50",
            value=statistics.median(took) * 1000,
            unit="ms",
            means=f"From a step's arrival to its commit, all sent in the same moment; {beside}, to "
            "a server that answers at once, from the same process.",
        ),
        Figure(
            name=f"{WRITERS} people send forms at once beside a launch: p99",
            value=p99 * 1000,
            unit="ms",
            limit=TRIGGER,
        ),
    ]
