"""How a team's month was: who answered, how goals moved, what was done, what was said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from handlers.check_in_weeks import with_goals
from handlers.daily import Day
from handlers.hours import DAY, Hours
from handlers.work import Work
from prompts.screens import digest as screen
from review.check_in import month_before, week_of
from review.feedback import Kind
from review.goal_progress import Outlook
from review.interview import Going
from review.people import EmployeeId
from review.stages import Stage

INSIDE = frozenset(Stage) - {Stage.EXCLUDED}
WORST_LAST = tuple(Outlook)


async def month_of(day: Day, team: Collection[EmployeeId], work: Work) -> screen.Month:
    """The month before that of the week in which the digest comes."""
    starts, ends = month_before(week_of(day.today))
    since, until = (_opens(one, day, work) for one in (starts, ends))
    answered = await work.tx.check_ins.answered(starts, ends)
    reviews = await with_goals(team, ends - DAY, work, INSIDE)
    before = await work.tx.progress.latest(reviews, before=since)
    after = await work.tx.progress.latest(reviews, before=until)
    moves = [
        WORST_LAST.index(now) - WORST_LAST.index(before[review][row])
        for review, rows in after.items()
        for row, now in rows.items()
        if row in before.get(review, {})
    ]
    shut = await work.tx.actions.shut(team, since, until)
    given = await work.tx.feedback.counts(since, until, day.person.employee_id)
    words = [one for one in given if one.receiver in team]
    return screen.Month(
        starts=starts,
        answered=sum(one in team for those in answered.values() for one in those),
        better=sum(move < 0 for move in moves),
        worse=sum(move > 0 for move in moves),
        done=shut.get(Going.DONE, 0),
        dropped=shut.get(Going.DROPPED, 0),
        praise=sum(one.times for one in words if one.kind is Kind.POSITIVE),
        critical=sum(one.times for one in words if one.kind is not Kind.POSITIVE),
    )


def _opens(day: date, about: Day, work: Work) -> datetime:
    return datetime.combine(day, time(), Hours(work.company, about.person).zone)
