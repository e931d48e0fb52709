"""A platform's calls of a month: counted, said to HR when they run low, and kept for what matters.

The month is the calendar's, where the company is. Whatever may not wait goes on to the end, and as
long as the platform takes it; all else waits for the next month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers import daily, living
from handlers.entries import KINDS
from handlers.ports import Quota
from handlers.work import Work
from prompts.card import Card
from prompts.screens import quota as screen
from review.people import Person
from storage.buckets import Limit
from storage.notice import CLOSING, URGENT, Delivery, Entry, Notice
from storage.unsaying import UNSAID

if TYPE_CHECKING:
    from handlers.notices import Saying

NEAR, LOW = 80, 95
"""Of a hundred calls of the month: after so many HR is told, and after so many only what may not
wait is sent (ours)."""
START = 10
"""Of a hundred calls of the month: so many may be spent on what is not needed from its first day
on, and by its end up to NEAR (ours)."""
LOOK = timedelta(hours=1)
"""What waits is looked at again after so long: there may be more calls by then (ours)."""
ENOUGH = 35
"""Calls of a month for each person, of which each may have messages that change (ours; counted by
bench/calls.py for the fullest month: 33 where each of them is a card)."""
ALIKE = frozenset({living.MY_REVIEW, daily.KIND})
"""Living messages that say the same to many, unless there is something personal in them."""
_REFUSED, _TAKEN = "quota/refused/", "quota/taken/"
"""Marks of a platform: when it last took no call because the month's were used up, and when it
took one since."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How a platform's calls of this month stand."""

    quota: Quota
    used: int
    refused: bool
    """The platform says that they are used up, whoever of the organisation used them."""
    ends: datetime
    """When the next month begins."""
    spares: bool
    """There are calls for what is not needed: forms as cards, messages that change."""

    @property
    def is_near(self) -> bool:
        """HR should know."""
        return self.used * 100 >= self.quota.calls * NEAR

    @property
    def is_low(self) -> bool:
        """Only what may not wait is sent."""
        return self.refused or self.used * 100 >= self.quota.calls * LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Calls that were made since the last time somebody counted."""

    by_kind: Mapping[str, int]
    refused: bool = False
    """The last of them was not taken, because the month's calls are used up."""
    taken: bool = False
    """The last of them was taken."""


async def counted(quota: Quota, made: Made, work: Work) -> None:
    """Count them, and tell HR once a month that the calls run low, and that they are used up."""
    month = work.today().replace(day=1)
    await work.tx.calls.add(quota.platform, month, made.by_kind)
    if made.refused:
        await work.tx.occurrences.set_mark(_REFUSED + quota.platform, work.now)
    elif made.taken and (await _budget(quota, work)).refused:
        await work.tx.occurrences.set_mark(_TAKEN + quota.platform, work.now)
    found = await _budget(quota, work)
    if found.is_low:
        await _tell("quota_low", found, month, work)
    elif found.is_near:
        await _tell("quota_near", found, month, work)


async def budgets(quotas: Collection[Quota], work: Work) -> tuple[Budget, ...]:
    """How each platform's calls stand. Three statements each, none where there is no quota."""
    return tuple([await _budget(one, work) for one in quotas])


async def spares(quotas: Collection[Quota], platform: str, work: Work) -> bool:
    """Whether that platform has calls to spare now; always, where there is no quota."""
    known = [one for one in quotas if one.platform == platform]
    return all(one.spares for one in await budgets(known, work))


def on_pace(used: int, calls: int, today: date) -> bool:
    """Whether a month's calls, so many of which are used, last if one more is not needed."""
    first = today.replace(day=1)
    days = (_next(first) - first).days
    return used * 100 * days < calls * (START * days + (NEAR - START) * (today - first).days)


async def few_calls(quotas: Collection[Quota], work: Work) -> frozenset[str]:
    """Platforms that have few calls a month for so many people. One statement, if there is any."""
    if not quotas:
        return frozenset()
    people = await work.tx.people.count(work.today())
    return frozenset(one.platform for one in quotas if one.calls < ENOUGH * people)


def held(
    entry: Entry, limits: Iterable[Limit], found: Collection[Budget], now: datetime
) -> datetime | None:
    """When it is to be looked at again, where its call is one of those that are kept; else None.

    An edit waits for calls to spare: a press on what stands there shows the same without a call.
    `limits`: what its call takes from.
    """
    if may_not_wait(entry) or entry.intent_at is not None:
        return None
    names = {name for name, _, _ in limits}
    asked = [one for one in found if one.quota.buckets & names]
    edits = entry.ts is not None and entry.kind not in KINDS
    ends = [one.ends for one in asked if one.is_low or (edits and not one.spares)]
    return min(*ends, now + LOOK) if ends else None


def may_not_wait(entry: Entry) -> bool:
    """What is left of a month's calls is kept for this.

    An answer, words from a person, what HR has to know, a deadline of today, or the emptying of a
    message whose words were erased.
    """
    return entry.priority <= CLOSING or entry.person or entry.kind == UNSAID


async def _budget(quota: Quota, work: Work) -> Budget:
    today = work.today()
    month, zone = today.replace(day=1), ZoneInfo(work.company.time_zone)
    begun = datetime.combine(month, time(), zone)
    ends = datetime.combine(_next(month), time(), zone)
    used = await work.tx.calls.used(quota.platform, month)
    lasts = on_pace(used, quota.calls, today)
    refused = await work.tx.occurrences.mark(_REFUSED + quota.platform)
    if refused is None or refused < begun:
        return Budget(quota, used, refused=False, ends=ends, spares=lasts)
    taken = await work.tx.occurrences.mark(_TAKEN + quota.platform)
    is_over = taken is None or taken < refused
    return Budget(quota, used, refused=is_over, ends=ends, spares=lasts and not is_over)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


async def _tell(kind: str, found: Budget, month: date, work: Work) -> None:
    """Every HR admin, and HR's channel where a message there takes no call."""
    quota = found.quota
    facts = {
        "platform": quota.platform,
        "used": found.used,
        "calls": quota.calls,
        "refused": found.refused,
        "until": _next(month).isoformat(),
    }
    once = f"{kind}/{quota.platform}/{month.isoformat()}"
    await living.tell_hr_admins(kind, facts, once, work)
    if quota.free_channel:
        await work.tx.outbox.put(
            Notice(
                kind=kind,
                receiver=living.HR,
                facts=facts,
                once=f"{once}/{living.HR}",
                platform=quota.platform,
                due=work.now,
                priority=URGENT,
            )
        )


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """As it was when it was noted; nothing once that month is over."""
    facts = delivery.facts
    until = date.fromisoformat(str(facts["until"]))
    if work.today() >= until:
        return None
    shown = screen.QuotaFacts(
        used=int(facts["used"]),
        calls=int(facts["calls"]),
        refused=bool(facts["refused"]),
        until=until,
        low=delivery.kind == "quota_low",
    )
    return screen.card(shown, work.words(person))


SAYINGS: Mapping[str, Saying] = {"quota_near": _said, "quota_low": _said}
