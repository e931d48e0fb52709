"""Looks over the shoulder of every claim: the limits, the order and the hours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chat import EDITS, POSTS
from life import Life

from handlers.living import HR
from storage.buckets import Limit
from storage.deliveries import DeliveryStore
from storage.notice import URGENT, Delivery, Entry, State
from storage.transaction import Transaction

ZONE = ZoneInfo("Asia/Shanghai")
FROM, TO, FRIDAY = 9, 19, 4
"""The bot's own hours, as the scheme has them."""
NEARLY = 0.02
"""Calls by which rounding may be off."""


@dataclass
class Tokens:
    """A limit counted in another way than the bot does."""

    limit: Limit
    left: float = 0.0
    at: datetime | None = None

    def now(self, at: datetime) -> float:
        _, gap, burst = self.limit
        if self.at is None:
            return float(burst)
        return min(burst, self.left + (at - self.at).total_seconds() / gap)

    def take(self, at: datetime) -> bool:
        self.left, self.at = self.now(at) - 1, at
        return self.left >= -NEARLY


@dataclass
class Watch:
    """What was claimed, and what was wrong about it."""

    clock: Callable[[], datetime]
    say: Callable[[str], None]
    wrong: list[str] = field(default_factory=list)
    quiet: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    """Methods that asked to be left alone: since when that is kept, and until when."""
    asked: dict[Transaction, list[tuple[str, datetime]]] = field(default_factory=dict)
    tokens: dict[str, Tokens] = field(default_factory=dict)
    before: dict[Transaction, dict[str, Tokens]] = field(default_factory=dict)
    """What was left of the limits when that transaction claimed."""

    def over(self, tx: Transaction, life: Life) -> None:
        """See to the claims of that transaction."""
        store = tx.outbox
        claim_all = store.claim_all

        async def claims(
            ids: Collection[str], now: datetime, lease: timedelta
        ) -> Mapping[str, Delivery]:
            self.before[tx] = {name: replace(left) for name, left in self.tokens.items()}
            found = await claim_all(ids, now, lease)
            for one in found.values():
                self._claimed(one, life)
            await self._ahead(found.values(), store, life)
            return found

        push_back = tx.buckets.push_back

        async def pushes(bucket: str, until: datetime) -> None:
            self.asked.setdefault(tx, []).append((bucket, until))
            await push_back(bucket, until)

        # Only this transaction's.
        vars(store).update(claim_all=claims)
        vars(tx.buckets).update(push_back=pushes)

    def kept(self, tx: Transaction) -> None:
        """That transaction is committed."""
        self.before.pop(tx, None)
        for bucket, until in self.asked.pop(tx, []):
            self.quiet.append((bucket, self.clock(), until))

    def undone(self, tx: Transaction) -> None:
        """That transaction is rolled back: what it claimed, nobody did."""
        self.asked.pop(tx, None)
        self.tokens = self.before.pop(tx, self.tokens)

    def _claimed(self, one: Delivery, life: Life) -> None:
        now = self.clock()
        self.say(f"{life.name} claims {one.kind} for {one.receiver} ({one.id[:6]}, {one.fence})")
        for limit in _limits(one):
            if not self.tokens.setdefault(limit[0], Tokens(limit)).take(now):
                self.wrong.append(f"too many calls of {limit[0]}")
        method = _limits(one)[0][0]
        for name, since, until in self.quiet:
            if name == method and since < now < until - timedelta(milliseconds=1):
                self.wrong.append(f"{method} was to be left alone until {until:%H:%M:%S}")
        local = now.astimezone(ZONE)
        fresh = one.intent_at is None and one.ts is None
        inside = local.weekday() <= FRIDAY and FROM <= local.hour < TO
        if one.kind == "note" and one.priority != URGENT and fresh and not inside:
            self.wrong.append(f"a note at {local:%a %H:%M}")

    async def _ahead(self, claimed: Collection[Delivery], store: DeliveryStore, life: Life) -> None:
        """Nothing urgent may wait for a call that went to something else."""
        if not any(one.priority != URGENT and one.ts is None for one in claimed):
            return
        now, looked = self.clock(), life.looked[asyncio.current_task()]
        busy = await store.receiving(now) | {one.receiver for one in claimed}
        for one in await store.due(now, 100):
            personal = self.tokens.get(_limits(one)[1][0])
            free = personal is None or personal.now(one.due) >= 1 + NEARLY
            waits = one.priority == URGENT and one.state is State.PENDING and one.ts is None
            if waits and one.due < looked and free and one.receiver not in busy:
                self.wrong.append(f"{one.kind} for {one.receiver} was overtaken")


def _limits(one: Entry) -> tuple[Limit, Limit]:
    to = "#hr" if one.receiver == HR else f"T-{one.receiver}"
    return (EDITS if one.ts else POSTS, (f"text/to/{to}", 1.0, 4))
