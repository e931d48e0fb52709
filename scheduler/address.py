"""Where somebody is on a chat platform, and which limits hold on the way there."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import entries, living
from handlers.ports import Messenger, Parcel
from storage.buckets import Limit
from storage.notice import URGENT, Delivery, Entry

KEPT = 4
"""One in so many of the calls that a limit lets through at once is for what is urgent (ours)."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a receiver is."""

    messenger: Messenger
    to: str
    channel: str | None

    def parcel(self, entry: Entry) -> Parcel:
        """That delivery on its way there.

        What was claimed knows better where it stands than the look that it was found by: another
        process may have sent it in between.
        """
        channel, thread = entry.channel or self.channel, None
        if isinstance(entry, Delivery):
            channel, thread = entry.thread_channel or channel, entry.thread_ts
        return Parcel(
            delivery=entry.id,
            kind=entry.kind,
            to=self.to,
            channel=channel,
            ts=entry.ts,
            thread=thread,
            page=entry.kind == living.OWN_PAGE,
            living=entry.subject is not None,
            urgent=entry.priority == URGENT,
            entry=entry.kind in entries.KINDS,
        )

    def limits(self, entry: Entry) -> tuple[Limit, ...]:
        """The buckets that it takes from; what is not urgent leaves some over."""
        limits = self.messenger.buckets(self.parcel(entry))
        if entry.priority == URGENT:
            return limits
        return tuple((name, gap, burst - burst // KEPT) for name, gap, burst in limits)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Ours to send until its lease is over."""

    delivery: Delivery
    address: Address
