"""On the last working day of somebody's week their message of the day asks how the week went."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.check_in_facts import facts_of
from handlers.check_in_weeks import Weeks, has_something
from handlers.daily import Day, Section
from handlers.hours import Hours
from handlers.work import Work
from prompts.card import CardPart
from prompts.screens import check_in as screen
from review.check_in import WEEK, week_of
from review.people import EmployeeId


def is_due(day: Day, weeks: Weeks, work: Work) -> bool:
    """Whether they are asked today: it is the day, or it was missed or put off since.

    The next week never asks about the one before: by then it is over.
    """
    asked = weeks.asked_on(day.person, week_of(day.today))
    if asked is None or asked > day.today or not work.company.policy.check_in.on:
        return False
    return day.last < asked or day.asked(Hours(work.company, day.person))


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Those who are asked today and have something to say, but for who has said it."""
    weeks = Weeks(work)
    due = {day.person.employee_id: day.today for day in days if is_due(day, weeks, work)}
    if not due:
        return frozenset()
    first, last = week_of(min(due.values())), week_of(max(due.values()))
    answered = await work.tx.check_ins.answered(first, last + WEEK)
    asked = [one for one, day in due.items() if one not in answered.get(week_of(day), {})]
    return await has_something(asked, max(due.values()), work)


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """The rows with their buttons, as answered so far; nothing to one who answered before."""
    weeks = Weeks(work)
    if not is_due(day, weeks, work):
        return ()
    week = week_of(day.today)
    kept = await work.tx.check_ins.get(day.person.employee_id, week)
    if kept is not None and work.date_of(kept.answered_at, day.person) < day.today:
        return ()
    facts = await facts_of(day.person, week, day.subject, weeks, work)
    if not facts.goals and not facts.todos:
        return ()
    return screen.section(facts, work.words(day.person))


SECTION = Section(who=_who, says=_says)
