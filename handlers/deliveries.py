"""HR's book of deliveries: who was sent what when, what could not be sent, and sending it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.answers import Answer, Says
from handlers.work import Act, Work
from prompts.screens import commands as command_screen
from prompts.screens import common
from prompts.screens import deliveries as screen
from prompts.screens.deliveries import DeliveryLine
from review.people import EmployeeId
from storage.notice import Entry, State, is_channel, members

PASSES = timedelta(minutes=5)
"""What is tried again for less than this is no trouble yet (ours)."""
ALL = "all"
BY_HAND, DOUBTED = "by_hand", "unknown"


async def unsent(work: Work) -> tuple[DeliveryLine, ...]:
    """What is set aside, tried in vain or of unknown end, the oldest first."""
    lines = await _lines(await work.tx.ledger.unsent(work.now - PASSES), work)
    return tuple(
        replace(line, reason=line.reason or DOUBTED) if line.state == State.SENDING else line
        for line in lines
    )


async def ledger(work: Work, receiver: EmployeeId | None = None) -> tuple[DeliveryLine, ...]:
    """Every delivery by its time, or one receiver's."""
    return await _lines(await work.tx.outbox.ledger(receiver=receiver), work)


async def never_reached(lines: Sequence[DeliveryLine], work: Work) -> tuple[DeliveryLine, ...]:
    """The first line of each receiver whom nothing ever got through to."""
    reached = await work.tx.ledger.reached({line.to for line in lines})
    first = {line.to: line for line in reversed(lines) if line.to not in reached}
    return tuple(line for line in lines if first.get(line.to) is line)


async def send_again(ids: Sequence[str], by: EmployeeId | None, work: Work) -> int:
    """What could not be sent is due now; how many of them it still was to be."""
    count = 0
    for one in ids:
        if await work.tx.outbox.retry(one, work.now):
            await work.tx.audit.record("delivery.retried", one, by, work.now)
            count += 1
    return count


async def give_up(ids: Sequence[str], reason: str, by: EmployeeId | None, work: Work) -> int:
    """They are not sent any more; how many of them it still was to be. The reason is audited."""
    count = 0
    for one in ids:
        if await work.tx.outbox.drop(one, reason=BY_HAND):
            facts = {"reason": reason}
            await work.tx.audit.record("delivery.dropped", one, by, work.now, facts)
            count += 1
    return count


async def command(rest: str, act: Act) -> Answer:
    """`/review deliveries [NAME]`, for HR's admins: what could not be sent, or a person's book."""
    if rest:
        return await _book_of(rest, act)
    lines = await unsent(act)
    never = tuple(
        screen.receiver(one.to, one.name, act.say) for one in await never_reached(lines, act)
    )
    return Says(screen.card(lines, never, await act.tx.ledger.sent_count(), act.say))


async def _book_of(wanted: str, act: Act) -> Answer:
    """By employee id, or by a part of the name that fits one person only."""
    said = wanted.lstrip("@").lower()
    people = await act.tx.people.all()
    found = [one for one in people if one.employee_id.lower() == said]
    found = found or [one for one in people if said in one.name.lower()]
    if len(found) != 1:
        names = tuple(screen.receiver(one.employee_id, one.name, act.say) for one in found)
        return Says(screen.which(wanted, names, act.say))
    (person,) = found
    lines = await ledger(act, person.employee_id)
    return Says(screen.book(person.employee_id, person.name, lines, act.say))


async def press_again(value: str, act: Act) -> Answer:
    """A button of that card: one message, or all of them, is sent again."""
    if not act.is_hr_admin(act.actor):
        admins = await act.tx.people.many(act.company.hr_admins)
        return Says(command_screen.hr_only(tuple(one.name for one in admins), act.say))
    wanted = {line.id for line in await unsent(act)}
    ids = sorted(wanted) if value == ALL else sorted(wanted & {value})
    count = await send_again(ids, act.by, act)
    if not count:
        return Says(common.says(act.say, "deliveries.nothing_again"))
    return Says(common.says(act.say, "deliveries.resent", count=count))


async def _lines(entries: Sequence[Entry], work: Work) -> tuple[DeliveryLine, ...]:
    who = {one.receiver: members(one.receiver) or (one.receiver,) for one in entries}
    people = await work.tx.people.many({one for ids in who.values() for one in ids})
    names = {one.employee_id: one.name for one in people}
    called = {to: ", ".join(names[one] for one in ids if one in names) for to, ids in who.items()}
    return tuple(_line(one, called[one.receiver], work) for one in entries)


def _line(entry: Entry, name: str, work: Work) -> DeliveryLine:
    return DeliveryLine(
        id=entry.id,
        to=entry.receiver,
        name="" if is_channel(entry.receiver) else name,
        kind=entry.kind,
        state=str(entry.state),
        since=_there(entry.since, work),
        sent_at=None if entry.sent_at is None else _there(entry.sent_at, work),
        attempts=entry.attempts,
        reason=entry.reason,
    )


def _there(moment: datetime, work: Work) -> datetime:
    return moment.astimezone(ZoneInfo(work.company.time_zone))
