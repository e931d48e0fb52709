"""How a sending begins, and ends: sent, to be tried again, unknown, or set aside and told to HR."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import assert_never

from handlers import channels, entries, living, unreachable
from handlers.ports import (
    NOT_RECALLED,
    LookBackFailedError,
    NotSent,
    Outcome,
    Removed,
    Sent,
    Unknown,
)
from handlers.work import Work
from scheduler.address import Address
from storage.notice import Delivery, is_channel, members
from storage.unsaying import UNSAID

log = logging.getLogger(__name__)
DOUBT = timedelta(seconds=5)
"""How long a call of unknown end may still turn up before we look back (ours)."""
RETRY = timedelta(minutes=1)
SHUT = timedelta(minutes=5)
"""How often it is tried whether a shut channel is open again (ours)."""
MOST_ATTEMPTS = 8
UNTOLD = entries.KINDS | {living.OWN_PAGE}
"""Kinds that are no message: nobody is told where one can't be shown."""


async def begins(delivery: Delivery, payload: bytes, address: Address, work: Work) -> bool:
    """From now on the platform may have these bytes. False: somebody else sends it."""
    platform = address.messenger.platform
    return await work.tx.outbox.intend(
        delivery.id, delivery.fence, payload, work.now, platform=platform
    )


async def nothing_to_say(delivery: Delivery, work: Work) -> None:
    """What it was to speak of is done, or gone."""
    await work.tx.outbox.drop(delivery.id, fence=delivery.fence, reason="nothing to say")


async def came(delivery: Delivery, outcome: Outcome, address: Address, work: Work) -> None:
    """Keep what the platform said."""
    match outcome:
        case Sent() if delivery.kind == UNSAID:
            await work.tx.unsaying.forget(delivery.id, delivery.fence)
        case Sent(channel, ts):
            log.info("delivery %s (%s) sent", delivery.id, delivery.kind)
            await work.tx.outbox.sent(delivery.id, delivery.fence, channel, ts, work.now)
            alone = not is_channel(delivery.receiver) and not members(delivery.receiver)
            talk = alone and delivery.kind not in UNTOLD
            if talk and channel != address.channel:
                platform = address.messenger.platform
                await work.tx.people.keep_channel(platform, address.to, channel)
        case Unknown(reason):
            log.warning("delivery %s: unknown: %s", delivery.id, reason)
            await work.tx.outbox.unknown(delivery.id, delivery.fence, work.now + DOUBT)
        case Removed() if delivery.kind == UNSAID:
            await work.tx.unsaying.forget(delivery.id, delivery.fence)
        case Removed():
            log.info("delivery %s (%s) taken away", delivery.id, delivery.kind)
            await work.tx.outbox.forget_place(delivery.id, delivery.fence, work.now, "removed")
        case NotSent():
            await _not_sent(delivery, outcome, address, work)
        case _:
            assert_never(outcome)


async def _not_sent(delivery: Delivery, refused: NotSent, address: Address, work: Work) -> None:
    again = refused.reason == delivery.reason
    level = logging.DEBUG if again else logging.WARNING
    log.log(level, "delivery %s (%s) not sent: %s", delivery.id, delivery.kind, refused.reason)
    if refused.retry_after is not None:
        until = work.now + timedelta(seconds=refused.retry_after)
        for name, _, _ in address.limits(delivery)[:1]:
            await work.tx.buckets.push_back(name, until)
        await work.tx.outbox.later(
            delivery.id, delivery.fence, until, refused.reason, counted=False
        )
    elif refused.shut is not None and is_channel(delivery.receiver):
        platform = address.messenger.platform
        await channels.is_shut(delivery.receiver, platform, refused.shut, work)
        due = work.now + SHUT
        await work.tx.outbox.later(delivery.id, delivery.fence, due, refused.reason, counted=False)
    elif refused.gone and delivery.kind == UNSAID:
        await work.tx.unsaying.forget(delivery.id, delivery.fence)
    elif refused.gone and delivery.ts is not None:
        await work.tx.outbox.forget_place(delivery.id, delivery.fence, work.now, refused.reason)
    elif refused.final or delivery.attempts >= MOST_ATTEMPTS:
        await park(delivery, refused.reason, work)
    else:
        wait = RETRY * 2 ** min(delivery.attempts, 6)
        await work.tx.outbox.later(delivery.id, delivery.fence, work.now + wait, refused.reason)


async def not_read(
    delivery: Delivery, failed: LookBackFailedError, address: Address, work: Work
) -> None:
    """It could not be looked up, so whether it was sent stays unknown, and nothing is sent."""
    log.warning("delivery %s: could not look back: %s", delivery.id, failed)
    unknown, now = work.tx.outbox.unknown, work.now
    if failed.shut is not None and is_channel(delivery.receiver):
        platform = address.messenger.platform
        await channels.is_shut(delivery.receiver, platform, failed.shut, work)
        await unknown(delivery.id, delivery.fence, now + SHUT, counted=False)
    elif failed.passing:
        await unknown(delivery.id, delivery.fence, now + RETRY, counted=False)
    elif delivery.attempts >= MOST_ATTEMPTS:
        await park(delivery, f"look-back: {failed}", work)
    else:
        await unknown(delivery.id, delivery.fence, now + RETRY)


async def no_account(delivery: Delivery, work: Work) -> None:
    """Somebody without an account may get one: HR is told, and it is tried again for days."""
    reason = "no account on a connected platform"
    if delivery.kind in entries.KINDS:
        await park(delivery, reason, work)
        return
    if delivery.attempts >= MOST_ATTEMPTS:
        await park(delivery, reason, work)
        return
    due = work.now + RETRY * 4**delivery.attempts
    await work.tx.outbox.later(delivery.id, delivery.fence, due, reason)
    if delivery.kind != UNSAID:
        await unreachable.tell_hr(delivery, reason, work)


async def failed(delivery: Delivery, work: Work) -> None:
    """A fault of ours, perhaps after the call: look back before anything is sent again."""
    if delivery.attempts >= MOST_ATTEMPTS:
        await park(delivery, "fault", work)
        return
    until = work.now + RETRY * 2 ** min(delivery.attempts, 6)
    await work.tx.outbox.unknown(delivery.id, delivery.fence, until)


async def park(delivery: Delivery, reason: str, work: Work) -> None:
    """Set it aside and tell the HR admins; a page is shown at its next opening.

    An entry in a calendar or to-do list is left out: messages say the same.
    A message that can't be edited to say nothing is not kept in mind for that; where it can still
    be read, they are told.
    """
    if delivery.kind == UNSAID:
        await work.tx.unsaying.forget(delivery.id, delivery.fence)
        if reason == NOT_RECALLED:
            await unreachable.tell_hr(delivery, reason, work)
        return
    if delivery.kind in UNTOLD:
        await work.tx.outbox.drop(delivery.id, fence=delivery.fence, reason=reason)
        return
    await work.tx.outbox.park(delivery.id, delivery.fence, reason)
    await unreachable.tell_hr(delivery, reason, work)
