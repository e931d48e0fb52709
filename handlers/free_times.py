"""When two people are both free: inside both hours, on leave neither, and in no other talk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from handlers.hours import Hours
from handlers.ports import Company
from handlers.work import Work
from review.interview import Interview
from review.one_on_one import OneOnOne
from review.people import EmployeeId, Person
from review.slots import Free

Span = tuple[datetime, datetime]
Busy = Mapping[EmployeeId, Sequence[Span]]
"""Times of talks that somebody has agreed to, or was offered."""


def free(both: Sequence[Person], minutes: int, taken: Iterable[Span], company: Company) -> Free:
    """Whether so many minutes from a moment on suit both."""
    theirs = [(one, Hours(company, one)) for one in both]
    spans = tuple(taken)

    def suits(moment: datetime) -> bool:
        end = moment + timedelta(minutes=minutes)
        if any(start < end and moment < until for start, until in spans):
            return False
        return all(
            hours.has_room(moment, minutes)
            and not person.on_leave(moment.astimezone(hours.zone).date())
            for person, hours in theirs
        )

    return suits


def of_interview(talk: Interview) -> list[Span]:
    """The time agreed, and those offered."""
    starts = (*talk.slots, *([talk.starts_at] if talk.starts_at else []))
    return [(start, start + timedelta(minutes=talk.minutes)) for start in starts]


def of_one_on_one(talk: OneOnOne) -> list[Span]:
    """The time agreed, if there is one."""
    return [(talk.starts_at, talk.ends_at)] if talk.starts_at and talk.ends_at else []


async def one_on_ones_of(
    people: Sequence[Person], work: Work, but: str | None = None
) -> list[Span]:
    """Their one-on-ones to come, but for one."""
    found = await work.tx.one_on_ones.ahead(*(one.employee_id for one in people))
    return [span for one in found if one.id != but for span in of_one_on_one(one)]


async def busy(people: Mapping[EmployeeId, Person], work: Work) -> dict[EmployeeId, list[Span]]:
    """Everybody's talks, in two statements: whoever leads an interview is the roster's manager."""
    found: defaultdict[EmployeeId, list[Span]] = defaultdict(list)
    for talk in await work.tx.one_on_ones.ahead():
        for one in talk.pair:
            found[one] += of_one_on_one(talk)
    for about in await work.tx.interviews.ahead():
        person = people.get(about.employee_id)
        for who in (about.employee_id, *([person.manager_id] if person else [])):
            if who is not None:
                found[who] += of_interview(about.interview)
    return dict(found)
