"""Groups that turn strong, and are strong no longer: one reply each in the board's thread."""

from __future__ import annotations

from handlers import living, spread
from handlers.ports import Deps
from handlers.work import Work
from review.cycle import Cycle
from review.distribution import Tier
from review.groups import GroupName
from storage.notice import Notice
from storage.notice import living as living_name

STRONG, RESOLVED = "board_strong", "board_resolved"
Strong = tuple[GroupName, str]


async def check_distribution(deps: Deps) -> None:
    """Look at every cycle whose board was edited since the last look."""
    async with deps.database.begin(write=False) as tx:
        cycles = await tx.cycles.running()
        stale = []
        for cycle in cycles:
            board = await tx.outbox.find(living_name(living.BOARD, living.HR, cycle.id))
            seen = await tx.occurrences.mark(_mark(cycle))
            if board and board.sent_at and (seen is None or board.sent_at > seen):
                stale.append((cycle, board.sent_at))
    for cycle, sent_at in stale:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=deps.clock.now())
            await _check(cycle, work)
            await tx.occurrences.set_mark(_mark(cycle), sent_at)


def _mark(cycle: Cycle) -> str:
    return f"distribution/{cycle.id}"


async def _check(cycle: Cycle, work: Work) -> None:
    seen, _ = await spread.board_with_names(cycle, work)
    now = {breach.key for breach in seen.breaches if breach.tier is Tier.STRONG}
    before, times = await _said(cycle, work)
    for name, quota in sorted(now - before):
        await _say(STRONG, cycle, name, quota, times.get((name, quota), 0) + 1, work)
    for name, quota in sorted(before - now):
        await _say(RESOLVED, cycle, name, quota, times[name, quota], work)


async def _said(cycle: Cycle, work: Work) -> tuple[set[Strong], dict[Strong, int]]:
    """Which groups were last said to be strong, and how often each has been."""
    strong: set[Strong] = set()
    times: dict[Strong, int] = {}
    said = await work.tx.outbox.said_in_thread(living_name(living.BOARD, living.HR, cycle.id))
    for kind, facts in said:
        key = (GroupName(facts["kind"], facts["key"]), str(facts["quota"]))
        if kind == STRONG:
            strong.add(key)
            times[key] = times.get(key, 0) + 1
        elif kind == RESOLVED:
            strong.discard(key)
    return strong, times


async def _say(  # noqa: PLR0917
    kind: str, cycle: Cycle, name: GroupName, quota: str, time: int, work: Work
) -> None:
    await work.tx.outbox.put(
        Notice(
            kind=kind,
            receiver=living.HR,
            facts={"cycle": cycle.id, "kind": str(name.kind), "key": name.key, "quota": quota},
            once=f"{kind}/{cycle.id}/{name.kind}/{name.key}/{quota}/{time}",
            due=work.now,
            thread_of=living_name(living.BOARD, living.HR, cycle.id),
        )
    )
