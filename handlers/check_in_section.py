"""On the last working day of somebody's week their message of the day asks how the week went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.check_in_facts import facts_of
from handlers.check_in_weeks import Weeks, has_something
from handlers.daily import Day, Section
from handlers.hours import Hours
from handlers.work import Work
from prompts.card import CardPart
from prompts.screens import check_in as screen
from review.check_in import WEEK
from review.people import EmployeeId


def is_due(day: Day, weeks: Weeks, work: Work) -> bool:
    """Whether they are asked today: it is the day, or it was missed or put off since.

    A week that is over is never asked about.
    """
    asked = weeks.asked_on(day.person, _week(day, weeks))
    if asked is None or asked > day.today or not work.company.policy.check_in.on:
        return False
    return day.last < asked or day.asked(Hours(work.company, day.person))


def _week(day: Day, weeks: Weeks) -> date:
    return weeks.running(day.person, day.today, day.until)


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Those who are asked today and have something to say, but for who has said it."""
    weeks = Weeks(work)
    due = [day for day in days if is_due(day, weeks, work)]
    if not due:
        return frozenset()
    theirs = {day.person.employee_id: _week(day, weeks) for day in due}
    first, last = min(theirs.values()), max(theirs.values())
    answered = await work.tx.check_ins.answered(first, last + WEEK)
    asked = [one for one, week in theirs.items() if one not in answered.get(week, {})]
    return await has_something(asked, max(day.today for day in due), work)


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """The rows with their buttons, as answered so far; nothing to one who answered before."""
    weeks = Weeks(work)
    if not is_due(day, weeks, work):
        return ()
    week = _week(day, weeks)
    kept = await work.tx.check_ins.get(day.person.employee_id, week)
    if kept is not None and work.date_of(kept.answered_at, day.person) < day.today:
        return ()
    facts = await facts_of(day.person, week, day.subject, weeks, work)
    if not facts.goals and not facts.todos:
        return ()
    return screen.section(facts, work.words(day.person))


SECTION = Section(who=_who, says=_says)
