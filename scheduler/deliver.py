"""Sends what is in the outbox: each message once, at its time, within the platforms' limits."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from handlers import notices
from handlers.alike import alike
from handlers.ports import (
    Deps,
    LookBackFailedError,
    NotDrawnError,
    Outcome,
    Parcel,
    TooLateError,
)
from handlers.work import Work
from prompts.card import Card
from scheduler import ending
from scheduler.address import Address, Claimed
from scheduler.claim import claim_due, claim_one
from scheduler.together import Together
from storage import trace
from storage.errors import FaultError
from storage.notice import Delivery

log = logging.getLogger(__name__)
HANDS = 40
"""Sendings at the same time (ours): at 0.4 s a call, twenty times what Slack lets through, and two
full calls of DingTalk, which takes twenty people in one."""
A_CALL = timedelta(seconds=25)
"""A call that begins later than so long before its claim's end might outlive it (ours)."""
LOOK = 0.2
"""Seconds between two looks for what became due while others are being sent (ours)."""


async def deliver_all(deps: Deps) -> None:
    """Send until nothing that is due can be sent now; several side by side, urgent ones first.

    What a rate limit holds back stays due. Safe to run in several processes at once.
    Raises FaultError if the database fails; what was under way comes to its end first.
    """
    under_way: dict[asyncio.Task[None], str] = {}
    reads, writes = Together(deps, write=False), Together(deps)
    looked = -LOOK
    try:
        while True:
            now = asyncio.get_running_loop().time()
            few = len(under_way) <= HANDS // 2
            if not deps.stopping.is_set() and (few or now - looked >= LOOK):
                looked = now
                ours = set(under_way.values())
                for claimed in await claim_due(deps, HANDS - len(under_way), ours):
                    task = asyncio.create_task(_send(claimed, reads, writes))
                    under_way[task] = claimed.delivery.id
            if not under_way:
                return
            done, _ = await asyncio.wait(
                under_way, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                del under_way[task]
                task.result()
    except asyncio.CancelledError:
        for task in under_way:
            task.cancel()
        raise
    finally:
        await asyncio.gather(*under_way, return_exceptions=True)
        await reads.end()
        await writes.end()


async def deliver(delivery_id: str, deps: Deps) -> datetime | None:
    """Send that one if it is due; else, perhaps, the moment from which it is worth asking again."""
    claimed = await claim_one(delivery_id, deps)
    if isinstance(claimed, Claimed):
        await _send(claimed, Together(deps, write=False), Together(deps))
        return None
    return claimed


async def _send(claimed: Claimed, reads: Together, writes: Together) -> None:
    delivery = claimed.delivery
    with trace.of(delivery.trace):
        try:
            await _try(delivery, claimed.address, reads, writes)
        except FaultError:
            raise  # the database's: the lease runs out, and then it is looked for
        except Exception:
            log.exception("delivery %s (%s) failed", delivery.id, delivery.kind)
            await writes.keep(partial(ending.failed, delivery))


async def _try(delivery: Delivery, address: Address, reads: Together, writes: Together) -> None:
    parcel = address.parcel(delivery)
    payload = delivery.payload
    if delivery.intent_at is not None and delivery.ts is None:
        try:
            found = await address.messenger.look_back(parcel, delivery.intent_at)
        except LookBackFailedError as failed:
            await writes.keep(partial(ending.not_read, delivery, failed, address))
            return
        if found is not None:
            await _came(delivery, found, address, writes)
            return
    if payload is None:
        try:
            payload = await _drawn(delivery, parcel, address, reads)
        except NotDrawnError as refused:
            await _came(delivery, refused.outcome, address, writes)
            return
        if payload is None:
            await writes.keep(partial(ending.nothing_to_say, delivery))
            return
    if not await writes.keep(partial(ending.begins, delivery, payload, address)):
        return
    parcel = replace(parcel, in_time=partial(_in_time, delivery, writes.deps))
    try:
        outcome = await _sent(parcel, payload, address)
    except TooLateError:
        log.warning("delivery %s: too late in its claim; whoever has it next sends it", delivery.id)
        return
    await _came(delivery, outcome, address, writes)


def _in_time(delivery: Delivery, deps: Deps) -> bool:
    """Whether a call that begins now ends within its claim."""
    until = delivery.lease_until
    return until is not None and deps.clock.now() <= until - A_CALL


async def _sent(parcel: Parcel, payload: bytes, address: Address) -> Outcome:
    if not parcel.in_time():
        raise TooLateError
    return await address.messenger.send(parcel, payload)


async def _drawn(
    delivery: Delivery, parcel: Parcel, address: Address, reads: Together
) -> bytes | None:
    platform = address.messenger.platform
    counted = any(one.platform == platform for one in reads.deps.quotas)
    card = await reads.keep(partial(_card, delivery, platform, alone=not counted))
    return None if card is None else await address.messenger.draw(card, parcel)


async def _card(delivery: Delivery, platform: str, work: Work, *, alone: bool) -> Card | None:
    """As it is read there; in the same words for as many as can be, where calls are counted."""
    card = await notices.card_of(delivery, replace(work, platform=platform))
    return card if alone or card is None else await alike(card, delivery.receiver, work)


async def _came(delivery: Delivery, outcome: Outcome, address: Address, writes: Together) -> None:
    writes.deps.observer.delivered(delivery.kind, outcome)
    await writes.keep(partial(ending.came, delivery, outcome, address))
