"""Everything that is due at one moment."""

from __future__ import annotations

from handlers.ports import Deps
from scheduler.check_distribution import check_distribution
from scheduler.deliver import deliver_all
from scheduler.rules import RULES
from scheduler.sign_pages import sign_pages


async def plan(deps: Deps) -> None:
    """Write down what the time asks for; doing it twice writes nothing more."""
    for rule in RULES:
        await rule.plan(deps)


async def tick(deps: Deps) -> None:
    """Plan and send all that is due now; a second time at the same moment sends nothing."""
    await plan(deps)
    await deliver_all(deps)
    await look_back(deps)
    await deliver_all(deps)


async def look_back(deps: Deps) -> None:
    """The rules that look at what was just sent, once more."""
    await sign_pages(deps)
    await check_distribution(deps)
