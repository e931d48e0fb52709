"""What a reminder says, and putting it off."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.answers import Answer, Says
from handlers.hours import DAY, Hours
from handlers.status import may_write
from handlers.team import standings_of
from handlers.work import Act, Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens.reminders import Due, reminder
from review.cycle import Cycle
from review.people import Person
from review.stages import Stage

BEFORE, ON, AFTER, ABOVE, ASKED = "before", "on", "after", "above", "asked"
TO_DO = {BEFORE, ON, AFTER, ASKED}


def slot(due: date, today: date, hours: Hours, company_calendar: tuple[int, int]) -> str | None:
    """Which reminder of a deadline falls on a day, if any.

    A day before, on the day, some working days after, and on the next working day after that
    once to the next level. Deadlines that fall on a day off are reminded of when work resumes.
    """
    before, after = company_calendar
    late = hours.add_working_days(due, after)
    for name, day in ((BEFORE, due - before * DAY), (ON, due), (AFTER, late)):
        if _resumes(day, hours) == today and (name != BEFORE or today < due):
            return name
    return ABOVE if hours.add_working_days(late, 1) == today else None


def _resumes(day: date, hours: Hours) -> date:
    while not hours.is_working_day(day):
        day += timedelta(days=1)
    return day


async def due_for(
    person: Person, cycle: Cycle, work: Work
) -> tuple[tuple[Due, ...], tuple[str, ...]]:
    """What somebody is reminded of today in a cycle, and whose lateness they are told of."""
    rules = work.company.policy.calendar
    hours = Hours(work.company, person)
    today = work.today(person)
    calendar = (rules.remind_before, rules.remind_after)
    until = await work.tx.occurrences.wait_until(person.employee_id)
    asked = until is not None and until.astimezone(hours.zone).date() == today
    things: list[Due] = []
    own = ASKED if asked else slot(cycle.self_due, today, hours, calendar)
    if own in TO_DO:
        mine = await work.tx.reviews.standings(cycle.id, [person.employee_id])
        things += [
            _due("self", own, cycle.self_due, cycle, review=one.id)
            for one in mine
            if may_write(one)
        ]
    rating = ASKED if asked else slot(cycle.manager_due, today, hours, calendar)
    if rating in TO_DO:
        people = await _unrated(person, cycle, work)
        if people:
            things.append(_due("ratings", rating, cycle.manager_due, cycle, people=people))
    late: tuple[str, ...] = ()
    if own == ABOVE:
        late = await _late_writers(person, cycle, work)
    if rating == ABOVE:
        late = (*late, *await _late_raters(person, cycle, work))
    return tuple(things), late


def _due(
    kind: str,
    when: str | None,
    due: date,
    cycle: Cycle,
    *,
    review: str = "",
    people: tuple[str, ...] = (),
) -> Due:
    return Due(kind=kind, slot=str(when), due=due, cycle=cycle.name, review=review, people=people)


async def _unrated(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    return tuple(
        report.name
        for report, standing in await standings_of(person, cycle.id, work)
        if standing.stage is Stage.MANAGER_REVIEW
    )


async def _late_writers(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    return tuple(
        report.name
        for report, standing in await standings_of(person, cycle.id, work)
        if may_write(standing)
    )


async def _late_raters(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    reports = await work.tx.people.reports_of(person.employee_id)
    return tuple([one.name for one in reports if await _unrated(one, cycle, work)])


async def card_for(person: Person, work: Work) -> Card | None:
    """Today's reminder for all that waits; None where nothing does any more."""
    things: list[Due] = []
    late: list[tuple[str, tuple[str, ...]]] = []
    for cycle in await work.tx.cycles.running():
        found, people = await due_for(person, cycle, work)
        things += found
        if people:
            late.append((cycle.name, people))
    if not things and not late:
        return None
    return reminder(tuple(things), tuple(late), work.words(person))


async def later(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """Put off until tomorrow, or the next working day."""
    hours = Hours(act.company, act.actor)
    until = hours.first_of(act.today(act.actor) + DAY)
    await act.tx.occurrences.set_wait(act.by, until)
    return Says(common.says(act.say, "reminders.later_done", until=until.date()))
