"""Where somebody is on a chat platform, and which limits hold on the way there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers import entries, living, quota
from handlers.ports import Deps, Messenger, Parcel
from handlers.work import Work
from review.people import EmployeeId, Person
from storage.buckets import Limit
from storage.notice import URGENT, Delivery, Entry, is_channel, members
from storage.people import Account
from storage.unsaying import UNSAID

KEPT = 4
"""One in so many of the calls that a limit lets through at once is for what is urgent (ours)."""

Accounts = Mapping[str, Mapping[EmployeeId, Account]]
"""Of each connected platform, in the company's order."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a receiver is."""

    messenger: Messenger
    to: str
    channel: str | None
    few_calls: bool = False
    """Whether the platform has few calls a month for so many people."""
    spares: bool = True
    """Whether the platform has calls to spare now."""

    def parcel(self, entry: Entry) -> Parcel:
        """That delivery on its way there.

        What was claimed knows better where it stands than the look that it was found by: another
        process may have sent it in between. What stands on another platform, where its receiver
        is no more, is posted once more.
        """
        here = entry.stands_on in {None, self.messenger.platform}
        channel, thread = (entry.channel if here else None) or self.channel, None
        if isinstance(entry, Delivery) and entry.thread_on in {None, self.messenger.platform}:
            channel, thread = entry.thread_channel or channel, entry.thread_ts
        return Parcel(
            delivery=entry.id,
            kind=entry.kind,
            to=self.to,
            channel=channel,
            ts=entry.ts if here else None,
            thread=thread,
            page=entry.kind == living.OWN_PAGE,
            living=entry.subject is not None,
            plain=not self.spares or (self.few_calls and entry.kind in quota.ALIKE),
            drawn=entry.payload if isinstance(entry, Delivery) else None,
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


def address_of(
    entry: Entry, person: Person | None, accounts: Accounts, work: Work, deps: Deps
) -> Address | None:
    """Where it goes: where it stands already, else where its receiver likes to be written to.

    None: its receiver is on none of the platforms that it may go to.
    """
    for name in _order(entry, person, accounts):
        known, messenger = accounts[name], deps.messengers[name]
        here = entry.stands_on in {None, name}
        channel = entry.channel if here else None
        if entry.kind == UNSAID and channel:
            return Address(messenger, channel, channel)
        if is_channel(entry.receiver):
            # What stands in a channel that is set no longer can still be edited there.
            set_now = work.company.channel(entry.receiver, name) or (entry.ts and channel)
            if set_now:
                return Address(messenger, set_now, channel)
        elif group := members(entry.receiver):
            to = [known[one].account_id for one in group if one in known]
            if len(to) > 1:
                return Address(messenger, ",".join(sorted(to)), channel)
        elif (account := known.get(entry.receiver)) is not None:
            return Address(messenger, account.account_id, channel or account.channel)
    return None


def _order(entry: Entry, person: Person | None, accounts: Accounts) -> Sequence[str]:
    """The platforms to look on, the first first.

    What may have been sent somewhere is looked for, or unsaid, nowhere else.
    """
    stands = entry.stands_on if entry.ts or entry.intent_at else None
    if entry.platform is not None:
        wanted = [entry.platform]
    elif stands and (entry.intent_at or entry.kind == UNSAID):
        wanted = [stands]
    else:
        prefers = None if person is None else person.platform
        wanted = [one for one in (stands, prefers, *accounts) if one is not None]
    return [one for one in dict.fromkeys(wanted) if one in accounts]
