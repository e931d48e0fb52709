"""Memory of the running bot: idle, and after a whole cycle's opening was delivered."""

from __future__ import annotations

import asyncio

from bench.company import with_people
from bench.figures import Figure
from bench.local import QUICK, bot_on, open_and_deliver, workspace_of
from bench.processes import NOSURPRISE, memory_of

PEOPLE = 1_000
SETTLE = 3
"""Seconds until the bot has done what it does when it starts."""
LIMIT = 120


async def figures() -> list[Figure]:
    """Resident memory and its peak, of the bot's process alone."""
    async with with_people(PEOPLE) as kept, workspace_of(PEOPLE) as (server, people):
        async with bot_on(server, kept, NOSURPRISE, "run") as bot:
            await asyncio.sleep(SETTLE)
            idle, idle_most = memory_of(bot.pid)
        async with bot_on(server, kept, *QUICK) as bot:
            await open_and_deliver(people[0], kept, PEOPLE)
            after, most = memory_of(bot.pid)
    return [
        Figure(
            name="memory, `nosurprise run` idle",
            value=idle,
            unit="MB",
            limit=LIMIT,
            means=f"Resident, {SETTLE} s after it connected, with {PEOPLE:,} people in the roster "
            f"(at its most {idle_most:.0f} MB).",
        ),
        Figure(
            name=f"memory after a cycle of {PEOPLE:,} was opened",
            value=after,
            unit="MB",
            limit=LIMIT,
            means="HR opened it in the chat, and everybody's message, every team list and the "
            "board were delivered to a workspace in another process. The same program, by a "
            "quicker clock, so that Slack's rate limits do not make the bench wait.",
        ),
        Figure(name="its peak", value=most, unit="MB", limit=LIMIT),
    ]
