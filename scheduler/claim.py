"""Which deliveries may be sent now, and whose they are: claimed, within every limit."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from handlers import daily, quota
from handlers.hours import Hours
from handlers.ports import Deps
from handlers.work import Work
from review.people import EmployeeId, Person
from scheduler import ending
from scheduler.address import Accounts, Address, Claimed, address_of
from storage.notice import URGENT, Entry, State, is_channel, members
from storage.transaction import Transaction

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
"""How long one sending may take before another may take it over (ours)."""
LOOKED_AT = 100
"""Posts, and as many edits, that are looked at for those that may be sent (ours)."""
A_MOMENT = timedelta(seconds=1)
A_LOOK = timedelta(minutes=1)
"""Within this time the clock sees to messages of days that are over (ours)."""


@dataclass(slots=True)
class Chosen:
    """What a look at the outbox came to."""

    to_send: dict[str, Address] = field(default_factory=dict)
    nowhere: list[str] = field(default_factory=list)
    """Their receivers have no account on any platform."""
    faulty: list[str] = field(default_factory=list)
    too_early: dict[datetime, list[str]] = field(default_factory=dict)
    """By when their receivers' hours open, or there may be calls of the month for them."""
    not_before: datetime | None = None
    """Set: a limit holds something back until then."""


async def claim_due(deps: Deps, most: int, under_way: Collection[str] = ()) -> list[Claimed]:
    """Claim so many at most of what is due, the most urgent first.

    What a rate limit, its receiver's hours or a month's quota hold back stays, and what is behind
    it goes ahead.
    `under_way`: what this process is sending, perhaps for longer than its claim: others may take
    it over, but a claim of its own would only use up a try.
    """
    async with deps.database.begin(write=False) as tx:
        now = deps.clock.now()  # not before: what became due while it waited may be more urgent
        ready = await tx.outbox.ready(now, LOOKED_AT)
    found = [one for one in ready if one.state is State.PENDING or one.id not in under_way]
    claimed, _ = await _claim(found, deps, most) if found else ([], None)
    return claimed


async def claim_one(delivery_id: str, deps: Deps) -> Claimed | datetime | None:
    """Claim that one; or the moment from which it is worth asking again; None: it is not due."""
    async with deps.database.begin(write=False) as tx:
        found = await tx.outbox.get(delivery_id)
    if found is None or found.due > deps.clock.now():
        return None
    claimed, not_before = await _claim([found], deps, 1)
    return claimed[0] if claimed else not_before


async def _claim(
    found: Iterable[Entry], deps: Deps, most: int
) -> tuple[list[Claimed], datetime | None]:
    """In one short transaction: look at the limits, take from them, and claim."""
    async with deps.database.begin() as tx:
        now = deps.clock.now()  # not before: its turn to write may have been long in coming
        known = [await _as_it_is(one, tx) for one in found]
        in_order = sorted(known, key=lambda one: (one.priority, one.due, one.id))
        work = Work(tx=tx, company=deps.company, now=now)
        chosen = await _choose(in_order, most, work, deps)
        for opens, ids in chosen.too_early.items():
            await tx.outbox.postpone(ids, opens, now)
        wanted = [*chosen.to_send, *chosen.nowhere, *chosen.faulty]
        claims = await tx.outbox.claim_all(wanted, now, LEASE) if wanted else {}
        for one in chosen.nowhere:
            if one in claims:
                await ending.no_account(claims[one], work)
        for one in chosen.faulty:
            if one in claims:
                await ending.failed(claims[one], work)
    sending = [Claimed(claims[one], to) for one, to in chosen.to_send.items() if one in claims]
    return sending, chosen.not_before


async def _as_it_is(entry: Entry, tx: Transaction) -> Entry:
    """A try whose end was unknown may have come to it since; then it is a new one."""
    return entry if entry.intent_at is None else await tx.outbox.get(entry.id) or entry


async def _choose(in_order: Sequence[Entry], most: int, work: Work, deps: Deps) -> Chosen:
    """A receiver gets one thing at a time, so that all come in their order."""
    chosen = Chosen()
    busy = set(await work.tx.outbox.receiving(work.now))
    people, accounts = await _who(in_order, work, deps)
    few = await quota.few_calls(deps.quotas, work)
    budgets = await quota.budgets(deps.quotas, work)
    short = {one.quota.platform for one in budgets if not one.spares}
    places = {
        one.id: place and _as_calls_stand(place, few, short)
        for one in in_order
        for place in [address_of(one, people.get(one.receiver), accounts, work, deps)]
    }
    names = {
        name
        for one in in_order
        if (place := places[one.id]) is not None
        for name, _, _ in place.limits(one)
    }
    levels = await work.tx.buckets.levels(names, work.now)
    for entry in in_order:
        if len(chosen.to_send) >= most:
            break
        if entry.receiver in busy:
            chosen.not_before = work.now + A_MOMENT
            continue
        try:
            opens = _opens(entry, people.get(entry.receiver), work)
        except Exception:
            log.exception("delivery %s (%s) has no time", entry.id, entry.kind)
            chosen.faulty.append(entry.id)
            continue
        place = places[entry.id]
        if opens > work.now:
            chosen.too_early.setdefault(opens, []).append(entry.id)
        elif place is None:
            chosen.nowhere.append(entry.id)
        elif (waits := quota.held(entry, place.limits(entry), budgets, work.now)) is not None:
            chosen.too_early.setdefault(waits, []).append(entry.id)
        elif (refused := levels.take(place.limits(entry))) is not None:
            chosen.not_before = refused.until
        else:
            busy.add(entry.receiver)
            chosen.to_send[entry.id] = place
    await work.tx.buckets.keep(levels)
    return chosen


def _as_calls_stand(place: Address, few: Collection[str], short: Collection[str]) -> Address:
    platform = place.messenger.platform
    return replace(place, few_calls=platform in few, spares=platform not in short)


async def _who(
    entries: Iterable[Entry], work: Work, deps: Deps
) -> tuple[Mapping[EmployeeId, Person], Accounts]:
    receivers = {
        one
        for entry in entries
        for one in members(entry.receiver) or (entry.receiver,)
        if not is_channel(one)
    }
    people = await work.tx.people.many(receivers) if receivers else ()
    accounts = {
        name: await work.tx.people.accounts_of(receivers, name) if receivers else {}
        for name in deps.messengers
    }
    return {one.employee_id: one for one in people}, accounts


def _opens(entry: Entry, person: Person | None, work: Work) -> datetime:
    """When it may be posted: what the bot itself wants to say keeps the receiver's hours.

    Answers, words from a person, channels and edits of what stands there go at any hour.
    """
    at_once = entry.priority == URGENT or entry.person or is_channel(entry.receiver)
    if at_once or entry.ts is not None or entry.intent_at is not None or person is None:
        return work.now
    late = entry.kind == daily.KIND and daily.is_over(entry.subject, work.today(person))
    if late and daily.is_there(person, work):
        return work.now + A_LOOK  # today's message says it
    return Hours(work.company, person).opens(work.now)
