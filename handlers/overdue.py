"""Actions past their day, told to the pair that agreed them and to nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from handlers.actions_around import Around, around, lines
from handlers.daily import Day, Section
from handlers.team import with_stand_ins
from handlers.work import Work
from prompts.card import CardPart
from prompts.screens import overdue as screen
from prompts.screens.actions import Kind
from review.desks import desks
from review.people import EmployeeId
from storage.actions import Head

KINDS = (Kind.MINE, Kind.PROMISED, Kind.TEAM)


def _falls(due: date, day: Day, work: Work) -> bool:
    """Whether it is told today: on the first day after its own, and, without check-ins, weekly.

    The weekly check-in asks its owner again, and the digest names it to whoever leads them (ours).
    """
    monday = day.today - timedelta(days=day.today.weekday())
    weekly = not work.company.policy.check_in.on and day.last < monday <= day.today
    return due < day.today and (day.last <= due or weekly)


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Owners and the others of their pairs. Three statements for all of them."""
    if not days:
        return frozenset()
    late = await work.tx.actions.late(max(day.today for day in days))
    if not late:
        return frozenset()
    theirs: dict[EmployeeId, list[Head]] = defaultdict(list)
    for one, pair in await _pairs(late, work):
        for who in pair:
            theirs[who].append(one)
    return frozenset(
        day.person.employee_id
        for day in days
        if any(_falls(one.due, day, work) for one in theirs.get(day.person.employee_id, ()))
    )


async def _pairs(heads: Iterable[Head], work: Work) -> list[tuple[Head, set[EmployeeId]]]:
    """Each with whom it concerns: who does it, whose talk it was, and who led it or leads now."""
    roster = await with_stand_ins(await work.tx.people.all(), work)
    today = work.today()
    found = []
    for one in heads:
        leads = one.manager
        if one.talk is None and one.about in roster.people:
            leads = desks(roster.people[one.about], roster, today).manager
        found.append((one, {who for who in (one.owner, one.about, leads) if who is not None}))
    return found


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """Those that are told today; the own ones with their presses."""
    found = await around(day.person, work)
    told = {kind: _told(found, kind, day, work) for kind in KINDS}
    if not any(told.values()):
        return ()
    first = {kind: some[: screen.ROWS] for kind, some in told.items()}
    facts = screen.OverdueFacts(
        lines=await lines(first, day.person, work),
        counts={kind: len(some) for kind, some in told.items()},
    )
    return screen.section(facts, work.words(day.person))


def _told(found: Around, kind: Kind, day: Day, work: Work) -> list[Head]:
    return [one for one in found.heads[kind] if _falls(one.due, day, work)]


SECTION = Section(who=_who, says=_says)
