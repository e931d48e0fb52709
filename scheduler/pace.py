"""By when what waits will have been sent, as far as the platforms' limits tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.ports import Deps, Messenger, Parcel
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages that are still to be sent, and about when the last of them will be."""

    count: int
    until: datetime


async def waiting(tx: Transaction, deps: Deps) -> Waiting | None:
    """All that waits, of every cycle; None: nothing does, or no platform is connected.

    Whatever is held up for another reason than a limit, or comes in meanwhile, comes later.
    """
    queue = await tx.outbox.queue()
    if not queue or not deps.messengers:
        return None
    slowest = [_seconds(one) for one in deps.messengers.values()]
    gaps = {edit: max(one[edit] for one in slowest) for edit in (False, True)}
    return Waiting(len(queue), last(queue, gaps, deps.clock.now()))


def last(
    queue: Iterable[tuple[datetime, bool]], gaps: Mapping[bool, timedelta], now: datetime
) -> datetime:
    """When the last is sent: each when it is due, and the gap of its kind after the one before.

    `queue`: when each is due, the earliest first, and whether it is an edit of what stands there.
    """
    free = {False: now, True: now}
    for due, edit in queue:
        free[edit] = max(free[edit], due) + gaps[edit]
    return max(free.values())


def _seconds(messenger: Messenger) -> dict[bool, timedelta]:
    """What one post, and one edit, costs of the limit that all of its kind share."""
    found = {}
    for edit in (False, True):
        parcel = Parcel(delivery="", kind="", to="", channel="", ts="0" if edit else None)
        limits = messenger.buckets(parcel)
        found[edit] = timedelta(seconds=limits[0][1] if limits else 0)
    return found
