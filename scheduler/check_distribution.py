"""Groups that turn strong, and are strong no longer: one reply each in the board's thread."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import living, spread
from handlers.ports import Deps
from handlers.work import Work
from review.cycle import Cycle
from review.distribution import Tier
from review.groups import GroupKind, GroupName
from storage.notice import Notice
from storage.notice import living as living_name

STRONG, RESOLVED = "board_strong", "board_resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of a group: by its strongest quota, how many times it turned strong."""

    quota: str
    times: int
    strong: bool = True


async def check_distribution(deps: Deps) -> None:
    """Look at every cycle whose board was edited since the last look."""
    async with deps.database.begin(write=False) as tx:
        cycles = await tx.cycles.running()
        stale = []
        for cycle in cycles:
            board = await tx.outbox.find(living_name(living.BOARD, living.HR, cycle.id))
            seen = await tx.occurrences.mark(_mark(cycle))
            if board and board.sent_at and (seen is None or board.sent_at != seen):
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
    now: dict[GroupName, str] = {}
    for breach in seen.breaches:
        if breach.tier is Tier.STRONG:
            now.setdefault(breach.group.name, breach.reading.quota.key)
    said = await _said(cycle, work)
    before = {name: told for name, told in said.items() if told.strong}
    for name in sorted(now.keys() - before.keys()):
        times = said[name].times + 1 if name in said else 1
        await _say(STRONG, cycle, name, Told(quota=now[name], times=times), work)
    for name in sorted(before.keys() - now.keys()):
        await _say(RESOLVED, cycle, name, before[name], work)


async def _said(cycle: Cycle, work: Work) -> dict[GroupName, Told]:
    """What was last said of each group in the board's thread."""
    found: dict[GroupName, Told] = {}
    said = await work.tx.outbox.said_in_thread(living_name(living.BOARD, living.HR, cycle.id))
    for kind, facts in said:
        if kind in {STRONG, RESOLVED}:
            name = GroupName(GroupKind(facts["kind"]), facts["key"])
            times = found[name].times if name in found else 0
            strong = kind == STRONG
            found[name] = Told(quota=facts["quota"], times=times + strong, strong=strong)
    return found


async def _say(kind: str, cycle: Cycle, name: GroupName, told: Told, work: Work) -> None:
    await work.tx.outbox.put(
        Notice(
            kind=kind,
            receiver=living.HR,
            facts={
                "cycle": cycle.id,
                "kind": str(name.kind),
                "key": name.key,
                "quota": told.quota,
            },
            once=f"{kind}/{cycle.id}/{name.kind}/{name.key}/{told.times}",
            due=work.now,
            thread_of=living_name(living.BOARD, living.HR, cycle.id),
        )
    )
