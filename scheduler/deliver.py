"""Sends what is in the outbox: each message once, at its time, within the platforms' limits."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from handlers import hr_channel, living, notices
from handlers.hours import Hours
from handlers.ports import (
    Deps,
    LookBackFailedError,
    Messenger,
    NotDrawnError,
    NotSent,
    Outcome,
    Parcel,
    Sent,
    Unknown,
)
from handlers.work import Work
from storage import trace
from storage.errors import FaultError
from storage.notice import URGENT, Delivery, Entry, Notice
from storage.transaction import Transaction

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
"""How long one sending may take before another may take it over (ours)."""
DOUBT = timedelta(seconds=5)
"""How long a call of unknown end may still turn up before we look back (ours)."""
RETRY = timedelta(minutes=1)
SHUT = timedelta(minutes=5)
"""How often it is tried whether a shut HR channel is open again (ours)."""
MOST_ATTEMPTS = 8
BATCH = 50


@dataclass(frozen=True, slots=True)
class Address:
    """Where a receiver is."""

    messenger: Messenger
    to: str
    channel: str | None


async def deliver_due(deps: Deps) -> int:
    """Send what is due now, the most urgent first; how many sendings came to an end.

    What the rate limits hold back stays due. Safe to run in several processes at once.
    """
    now = deps.clock.now()
    async with deps.database.begin(write=False) as tx:
        waiting = [*await tx.outbox.expired(now), *await tx.outbox.due(now, BATCH)]
    done = 0
    for entry in waiting:
        if deps.stopping.is_set():
            break
        with trace.of(entry.trace):
            done += await _deliver(entry, deps)
    return done


async def deliver_all(deps: Deps) -> None:
    """Send until nothing that is due can be sent now."""
    while await deliver_due(deps) and not deps.stopping.is_set():
        pass


async def _deliver(entry: Entry, deps: Deps) -> bool:
    now = deps.clock.now()
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=now)
        opens = await _opens(entry, work)
        if opens > now:
            await tx.outbox.postpone(entry.id, opens)
            return False
        address = await _address(entry, work, deps)
        if address is not None and not await _reserved(entry, address, tx, now):
            return False
        delivery = await tx.outbox.claim(entry.id, now, LEASE)
        if delivery is None:
            return False
        if address is None:
            await _no_account(delivery, work)
            return True
    try:
        return await _send(delivery, address, deps)
    except FaultError:
        raise  # the database's: the lease runs out, and then it is looked for
    except Exception:
        log.exception("delivery %s (%s) failed", delivery.id, delivery.kind)
        async with deps.database.begin() as tx:
            await _failed(delivery, Work(tx=tx, company=deps.company, now=now))
        return True


async def _opens(entry: Entry, work: Work) -> datetime:
    """When it may be posted: what the bot itself wants to say keeps the receiver's hours.

    Answers, words from a person, the HR channel and edits of what stands there go at any hour.
    """
    at_once = entry.priority == URGENT or entry.person or entry.receiver == living.HR
    if at_once or entry.ts is not None or entry.intent_at is not None:
        return work.now
    person = await work.tx.people.get(entry.receiver)
    return work.now if person is None else Hours(work.company, person).opens(work.now)


async def _no_account(delivery: Delivery, work: Work) -> None:
    """Somebody without an account may get one: HR is told, and it is tried again for days."""
    reason = "no account on a connected platform"
    if delivery.attempts >= MOST_ATTEMPTS:
        await _park(delivery, reason, work)
        return
    due = work.now + RETRY * 4**delivery.attempts
    await work.tx.outbox.later(delivery.id, delivery.fence, due, reason)
    await _tell_hr(delivery, reason, work)


async def _failed(delivery: Delivery, work: Work) -> None:
    """A fault of ours, perhaps after the call: look back before anything is sent again."""
    if delivery.attempts >= MOST_ATTEMPTS:
        await _park(delivery, "fault", work)
        return
    until = work.now + RETRY * 2 ** min(delivery.attempts, 6)
    await work.tx.outbox.unknown(delivery.id, delivery.fence, until)


async def _address(entry: Entry, work: Work, deps: Deps) -> Address | None:
    platforms = [entry.platform] if entry.platform else list(deps.messengers)
    for name in platforms:
        messenger = deps.messengers.get(name or "")
        if messenger is None:
            continue
        if entry.receiver == living.HR:
            channel = work.company.hr_channel(messenger.platform)
            if channel:
                return Address(messenger, channel, entry.channel)
            continue
        account = await work.tx.people.account_of(entry.receiver, messenger.platform)
        if account is not None:
            return Address(messenger, account.account_id, entry.channel or account.channel)
    return None


async def _reserved(entry: Entry, address: Address, tx: Transaction, now: datetime) -> bool:
    limits = address.messenger.buckets(_parcel(entry, address))
    return await tx.buckets.reserve(limits, now) is None


def _parcel(entry: Entry, address: Address) -> Parcel:
    return Parcel(
        delivery=entry.id,
        kind=entry.kind,
        to=address.to,
        channel=address.channel,
        ts=entry.ts,
        thread=entry.thread_ts if isinstance(entry, Delivery) else None,
    )


async def _send(delivery: Delivery, address: Address, deps: Deps) -> bool:
    parcel = _parcel(delivery, address)
    if delivery.thread_channel is not None:
        parcel = replace(parcel, channel=delivery.thread_channel)
    payload = delivery.payload
    if delivery.intent_at is not None:
        found = await _looked_back(delivery, parcel, address, deps)
        if found is None:
            return True
        if isinstance(found, Sent):
            return await _ended(delivery, found, address, deps)
    if payload is None:
        try:
            payload = await _drawn(delivery, parcel, address, deps)
        except NotDrawnError as refused:
            return await _ended(delivery, refused.outcome, address, deps)
        if payload is None:
            async with deps.database.begin() as tx:
                await tx.outbox.drop(delivery.id, fence=delivery.fence, reason="nothing to say")
            return True
    async with deps.database.begin() as tx:
        if not await tx.outbox.intend(delivery.id, delivery.fence, payload, deps.clock.now()):
            return False
    outcome = await address.messenger.send(parcel, payload)
    return await _ended(delivery, outcome, address, deps)


async def _drawn(delivery: Delivery, parcel: Parcel, address: Address, deps: Deps) -> bytes | None:
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        card = await notices.card_of(delivery, work)
    return None if card is None else await address.messenger.draw(card, parcel)


async def _looked_back(
    delivery: Delivery, parcel: Parcel, address: Address, deps: Deps
) -> Sent | NotSent | None:
    """What became of an earlier call; None: it can't be told yet, so nothing is sent."""
    if delivery.ts is not None or delivery.intent_at is None:
        return NotSent("an edit may be made twice")
    try:
        found = await address.messenger.look_back(parcel, delivery.intent_at)
    except LookBackFailedError as failed:
        log.warning("delivery %s: could not look back: %s", delivery.id, failed)
        now = deps.clock.now()
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=now)
            if failed.shut is not None and delivery.receiver == living.HR:
                await hr_channel.is_shut(address.messenger.platform, failed.shut, work)
                await tx.outbox.unknown(delivery.id, delivery.fence, now + SHUT, counted=False)
            elif failed.passing:
                await tx.outbox.unknown(delivery.id, delivery.fence, now + RETRY, counted=False)
            elif delivery.attempts >= MOST_ATTEMPTS:
                await _park(delivery, f"look-back: {failed}", work)
            else:
                await tx.outbox.unknown(delivery.id, delivery.fence, now + RETRY)
        return None
    return found or NotSent("not found")


async def _ended(delivery: Delivery, outcome: Outcome, address: Address, deps: Deps) -> bool:
    now = deps.clock.now()
    deps.observer.delivered(delivery.kind, outcome)
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=now)
        match outcome:
            case Sent(channel, ts):
                log.info("delivery %s (%s) sent", delivery.id, delivery.kind)
                await tx.outbox.sent(delivery.id, delivery.fence, channel, ts, now)
                if delivery.receiver != living.HR:
                    platform = address.messenger.platform
                    await tx.people.keep_channel(platform, address.to, channel)
            case Unknown(reason):
                log.warning("delivery %s: unknown: %s", delivery.id, reason)
                await tx.outbox.unknown(delivery.id, delivery.fence, now + DOUBT)
            case NotSent():
                await _not_sent(delivery, outcome, work, address)
            case _:
                assert_never(outcome)
    return True


async def _not_sent(delivery: Delivery, refused: NotSent, work: Work, address: Address) -> None:
    again = refused.reason == delivery.reason
    level = logging.DEBUG if again else logging.WARNING
    log.log(level, "delivery %s (%s) not sent: %s", delivery.id, delivery.kind, refused.reason)
    if refused.retry_after is not None:
        until = work.now + timedelta(seconds=refused.retry_after)
        for name, _, _ in address.messenger.buckets(_parcel(delivery, address))[:1]:
            await work.tx.buckets.push_back(name, until)
        await work.tx.outbox.later(
            delivery.id, delivery.fence, until, refused.reason, counted=False
        )
    elif refused.shut is not None and delivery.receiver == living.HR:
        await hr_channel.is_shut(address.messenger.platform, refused.shut, work)
        due = work.now + SHUT
        await work.tx.outbox.later(delivery.id, delivery.fence, due, refused.reason, counted=False)
    elif refused.gone and delivery.ts is not None:
        await work.tx.outbox.forget_place(delivery.id, delivery.fence, work.now, refused.reason)
    elif refused.final or delivery.attempts >= MOST_ATTEMPTS:
        await _park(delivery, refused.reason, work)
    else:
        wait = RETRY * 2 ** min(delivery.attempts, 6)
        await work.tx.outbox.later(delivery.id, delivery.fence, work.now + wait, refused.reason)


async def _park(delivery: Delivery, reason: str, work: Work) -> None:
    """Set it aside and tell the HR admins."""
    await work.tx.outbox.park(delivery.id, delivery.fence, reason)
    await _tell_hr(delivery, reason, work)


async def _tell_hr(delivery: Delivery, reason: str, work: Work) -> None:
    """Once a day and receiver; never about such a message itself."""
    if delivery.kind == "unreachable":
        return
    for admin in await work.tx.people.many(work.company.hr_admins):
        what = "#hr" if delivery.receiver == living.HR else await _name(delivery, work)
        await work.tx.outbox.put(
            Notice(
                kind="unreachable",
                receiver=admin.employee_id,
                facts={"what": what, "reason": reason},
                once=f"unreachable/{delivery.receiver}/{work.today()}/{admin.employee_id}",
                due=work.now,
                priority=URGENT,
            )
        )


async def _name(delivery: Delivery, work: Work) -> str:
    person = await work.tx.people.get(delivery.receiver)
    return person.name if person else delivery.receiver
