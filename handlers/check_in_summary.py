"""What the HR channel reads of last week's check-ins: counts, never a name and never a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers import living
from handlers.check_in_weeks import Weeks, has_something, with_goals
from handlers.hours import Hours
from handlers.work import Work
from prompts.card import Card
from prompts.screens import check_in_summary as screen
from review.check_in import WEEK, asked_on, by_department
from review.interview import Going
from review.people import EmployeeId, Person
from storage.notice import Delivery, Notice

if TYPE_CHECKING:
    from handlers.notices import Saying

KIND = "check_in_summary"


async def say(week: date, work: Work) -> None:
    """Say it once about that week; nothing where nobody answered, or too few were asked."""
    asked, answered = await _asked(week, work)
    if answered and len(asked) >= work.company.policy.distribution.smallest_group:
        await work.tx.outbox.put(
            Notice(
                kind=KIND,
                receiver=living.HR,
                facts={"week": week.isoformat()},
                once=f"{KIND}/{week.isoformat()}",
                due=work.now,
            )
        )


async def _asked(week: date, work: Work) -> tuple[Mapping[EmployeeId, str], frozenset[EmployeeId]]:
    """Who was asked about that week, with their departments, and who of them answered."""
    weeks, today = Weeks(work), work.today()
    people = {
        one.employee_id: one
        for one in await work.tx.people.all()
        if not one.has_left(today) and weeks.asked_on(one, week) is not None
    }
    answered = (await work.tx.check_ins.answered(week, week + WEEK)).get(week, {})
    there = await has_something(people.keys(), _on(week, work), work)
    asked = {one: people[one].department for one in people if one in there or one in answered}
    return asked, frozenset(asked.keys() & answered.keys())


def _on(week: date, work: Work) -> date:
    """The day on which most were asked."""
    works, day = Hours(work.company).is_working_day, work.company.policy.check_in.day
    return asked_on(week, works, day) or week


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    week = date.fromisoformat(str(delivery.facts["week"]))
    asked, answered = await _asked(week, work)
    least = work.company.policy.distribution.smallest_group
    shares = by_department(asked, answered, least)
    if not shares:
        return None
    reviews = await with_goals(None, _on(week, work), work)
    zone = ZoneInfo(work.company.time_zone)
    since, before = (datetime.combine(day, time(), zone) for day in (week, week + WEEK))
    latest = await work.tx.progress.latest(reviews, since=since, before=before)
    looks = Counter(look for rows in latest.values() for look in rows.values())
    open_ = await work.tx.actions.going(asked.keys())
    today = work.today()
    facts = screen.SummaryFacts(
        week=week,
        answered=len(answered),
        asked=len(asked),
        looks={str(look): count for look, count in looks.items()},
        open=len(open_),
        late=sum(one.due < today for one in open_),
        stuck=sum(one.going is Going.STUCK for one in open_),
        departments=shares if len(shares) > 1 else {},
    )
    return screen.card(facts, work.words(person))


SAYINGS: Mapping[str, Saying] = {KIND: _said}
