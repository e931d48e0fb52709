"""45 and 21 days before a period ends, each manager is asked: who has not heard it yet?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.daily import Day, Section
from handlers.no_surprise import begins
from handlers.team import standings_of, with_stand_ins
from handlers.work import Work
from prompts.card import Card, CardPart
from prompts.screens import early_look as screen
from prompts.screens.early_look import LookRow
from review import scale
from review.cycle import Cycle, is_year
from review.desks import desks
from review.feedback import CRITICAL, Heard, on_work
from review.people import EmployeeId, Person
from review.stages import Stage
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

KIND = "early_look"


async def card_of(manager: Person, cycle: Cycle, work: Work) -> Card | None:
    """The look as it is now; None where the period is over, or nobody is in it.

    Nothing is written, neither by the look nor by a press in it: what comes of it is a talk.
    """
    if work.today(manager) > cycle.ends:
        return None
    team = await standings_of(manager, cycle.id, work)
    people = [person for person, standing in team if standing.stage is not Stage.EXCLUDED]
    if not people:
        return None
    ids = [one.employee_id for one in people]
    heard = await work.tx.feedback.heard(ids, begins(cycle, work, manager))
    rows = [_row(one, heard[one.employee_id], manager.employee_id, work) for one in people]
    rows.sort(key=lambda row: row.heard_on is not None)
    rules = work.company.policy.no_surprise
    facts = screen.LookFacts(
        cycle=cycle.name,
        ends=cycle.ends,
        rows=tuple(rows[: screen.ROWS]),
        more=max(0, len(rows) - screen.ROWS),
        rating_to=scale.show(rules.rating_to),
        days_before=rules.days_before,
    )
    return screen.card(facts, work.words(manager))


def _row(person: Person, heard: tuple[Heard, ...], manager: EmployeeId, work: Work) -> LookRow:
    """What counts later counts here (review.surprise).

    A critical word on a goal or value, of this manager or of whoever was the manager then.
    """
    days = [
        work.date_of(one.reached_at, person)
        for one in heard
        if (one.as_manager or one.giver == manager) and one.kind in CRITICAL and on_work(one.about)
    ]
    return LookRow(
        employee=person.employee_id, name=person.name, heard_on=max(days) if days else None
    )


async def _look(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None or person is None or cycle.closed_at is not None:
        return None
    return await card_of(person, cycle, work)


def _falls(day: Day, cycle: Cycle, work: Work) -> bool:
    """Whether a look fell on their day, or on one since they were last looked at.

    One that fell due before the cycle was opened is not made up for, nor is any once the period
    is over. A whole year brings none: its last quarter does (ours).
    """
    if is_year(cycle.name) or day.today > cycle.ends:
        return False
    opened = work.date_of(cycle.opened_at)
    looks = (cycle.ends - timedelta(n) for n in work.company.policy.no_surprise.looks)
    return any(opened <= look and day.last < look <= day.today for look in looks)


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Those who have somebody in a cycle whose look is due."""
    found: set[EmployeeId] = set()
    for cycle in await work.tx.cycles.running():
        asked = {day.person.employee_id for day in days if _falls(day, cycle, work)}
        if asked:
            found |= asked & await _managers(cycle, work)
    return frozenset(found)


async def _managers(cycle: Cycle, work: Work) -> set[EmployeeId | None]:
    standings = await work.tx.reviews.standings(cycle.id)
    inside = [one.employee_id for one in standings if one.stage is not Stage.EXCLUDED]
    roster = await with_stand_ins(await work.tx.people.all(), work)
    today = work.today()
    return {desks(roster.people[one], roster, today).manager for one in inside}


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    looks = [
        await card_of(day.person, cycle, work)
        for cycle in await work.tx.cycles.running()
        if _falls(day, cycle, work)
    ]
    return tuple(part for look in looks if look is not None for part in look.parts)


SECTION = Section(who=_who, says=_says)
SAYINGS: Mapping[str, Saying] = {KIND: _look}
"""A look that an older version wrote as a message of its own."""
