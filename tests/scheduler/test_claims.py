"""What a process claims of what it has seen before, and of what it is sending itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from world import Home, home

from handlers.work import Work
from scheduler import claim, ending
from scheduler.address import Address
from scheduler.claim import LEASE, claim_due
from storage.notice import BULK, Delivery, Notice, State

EVENING = datetime(2026, 10, 12, 10, 58, tzinfo=UTC)
"""18:58 in Shanghai, two minutes before the bot's hours end."""
MORNING = datetime(2026, 10, 13, 1, tzinfo=UTC)
"""Their next beginning."""


async def claimed(place: Home) -> Delivery:
    """A note that this process has claimed."""
    async with place.deps.database.begin() as tx:
        note = Notice(kind="note", receiver="e1", once="n", due=EVENING, priority=BULK)
        await tx.outbox.put(note)
    (one,) = await claim_due(place.deps, 5)
    return one.delivery


async def found(place: Home, one: Delivery) -> Delivery:
    """As it is by now."""
    async with place.deps.database.begin(write=False) as tx:
        kept = await tx.outbox.get(one.id)
    assert kept is not None
    return kept


async def test_a_try_that_was_settled_since_it_was_looked_at_keeps_the_hours(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=EVENING) as place:
        one = await claimed(place)
        async with place.deps.database.begin() as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            address = Address(place.chat, "x", None)
            assert await ending.begins(one, b"drawn", address, work)
        seen = await found(place, one)
        assert seen.intent_at is not None
        async with place.deps.database.begin() as tx:
            await tx.outbox.later(one.id, one.fence, EVENING, "limited")
        place.clock.moment = EVENING + timedelta(minutes=3)
        assert await claim._claim([seen], place.deps, 1) == ([], None)
        after = await found(place, one)
        assert (after.state, after.due) == (State.PENDING, MORNING)


async def test_a_process_does_not_claim_again_what_it_is_sending_until_it_waits_again(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=EVENING) as place:
        one = await claimed(place)
        place.clock.moment = EVENING + LEASE
        assert await claim_due(place.deps, 5, {one.id}) == []
        assert (await found(place, one)).attempts == 1
        (again,) = await claim_due(place.deps, 5)
        assert (again.delivery.id, again.delivery.attempts) == (one.id, 2)
        async with place.deps.database.begin() as tx:
            await tx.outbox.later(one.id, again.delivery.fence, EVENING, "limited")
        (third,) = await claim_due(place.deps, 5, {one.id})
        assert third.delivery.id == one.id
