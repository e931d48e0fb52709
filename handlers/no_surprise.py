"""No surprise: what somebody has heard before they are rated, and what HR counts of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from handlers.watch import Watch, unwatched
from handlers.work import Act, Work
from prompts.screens.no_surprise import Figure
from review import scale
from review.assessment import Assessment
from review.cycle import Cycle
from review.likeness import Case, twins
from review.people import EmployeeId, Person
from review.record import Review
from review.surprise import Told, told
from storage.feedback import Given

SURPRISES = ("cycle", "manager_id", "ratings", "surprises", "share", "same_words")
"""Keys of a line in the export of surprises."""


def begins(cycle: Cycle, work: Work, person: Person | None = None) -> datetime:
    """The moment at which a period begins where that person is."""
    zone = person.time_zone if person and person.time_zone else work.company.time_zone
    return datetime.combine(cycle.starts, time(), ZoneInfo(zone))


async def told_of(
    person: Person, cycle: Cycle, act: Act, *, raters: Iterable[EmployeeId | None]
) -> Told:
    """What that person has heard from their manager, for a rating that counts from today.

    `raters`: whoever rates them; a word of anybody else, whoever moves a rating among them, is
    none of their manager's (product.md 7). Praise in public is a good word from anybody.
    """
    heard = await act.tx.feedback.heard([person.employee_id], begins(cycle, act, person))
    return told(
        heard[person.employee_id],
        managers={one for one in (person.manager_id, *raters) if one is not None},
        span=cycle,
        on=act.today(person),
        day_of=lambda moment: act.date_of(moment, person),
        policy=act.company.policy,
    )


async def repeats_of(
    review: Review, name: str, given: Assessment, act: Act
) -> tuple[tuple[str, str], ...]:
    """Which cases nearly repeat one that the actor wrote of another in this cycle, and of whom."""
    written = await act.tx.reviews.rated_with(review.cycle, act.by)
    others = [
        Case(employee, other, about, text)
        for employee, other, part in written
        if employee != review.employee_id
        for about, text in part.cases.items()
    ]
    least = act.company.policy.no_surprise.same_words
    return tuple((one.about, one.other.name) for one in twins(given.cases, name, others, least))


async def figure(cycle: Cycle, work: Work) -> Figure | None:
    """What HR counts of a cycle; None while nobody is rated."""
    found = await work.tx.reviews.surprises(cycle.id)
    ratings = sum(one.ratings for one in found)
    if not ratings:
        return None
    return Figure(
        cycle=cycle.name,
        ratings=ratings,
        surprises=sum(one.surprises for one in found),
        same_words=sum(one.same_words for one in found),
    )


def _earlier(cycle: Cycle, every: tuple[Cycle, ...]) -> list[Cycle]:
    """The cycles of its track and kind of period before it, the latest first."""
    kind = slice(4, 5)
    alike = [
        one for one in every if one.track is cycle.track and one.name[kind] == cycle.name[kind]
    ]
    before = [one for one in alike if one.ends < cycle.starts]
    return sorted(before, key=lambda one: one.ends, reverse=True)


async def trend(cycle: Cycle, work: Work) -> tuple[Figure, Figure | None] | None:
    """A cycle's figure, and the one of the cycle before; None while nobody is rated."""
    now = await figure(cycle, work)
    if now is None:
        return None
    for earlier in _earlier(cycle, await work.tx.cycles.all()):
        before = await figure(earlier, work)
        if before is not None:
            return now, before
    return now, None


async def surprises(
    cycle: Cycle,
    work: Work,
    watch: Watch = unwatched,
) -> list[dict[str, Any]]:
    """A line for the company, then one a manager; the cycles before it below: the trend.

    Counts only: whose rating it was stands in the export of reviews.
    """
    every = [cycle, *_earlier(cycle, await work.tx.cycles.all())]
    lines: list[dict[str, Any]] = []
    for one in watch(every):
        found = await work.tx.reviews.surprises(one.id)
        if found:
            whole = [sum(getattr(line, name) for line in found) for name in _COUNTED]
            lines.append(_line(one, None, *whole))
        lines += [
            _line(one, line.rated_by, line.ratings, line.surprises, line.same_words)
            for line in found
        ]
    return lines


_COUNTED = ("ratings", "surprises", "same_words")


def _line(
    cycle: Cycle, manager: str | None, ratings: int, surprised: int, same_words: int
) -> dict[str, Any]:
    share = scale.shown(Fraction(surprised, ratings))
    return dict(
        zip(SURPRISES, (cycle.id, manager, ratings, surprised, share, same_words), strict=True)
    )


FEEDBACK = (
    *("employee_id", "department", "given", "given_positive", "given_constructive"),
    *("given_negative", "received", "team", "team_told"),
)
"""Keys of a line in the export of feedback counts."""


async def feedback_counts(
    cycle: Cycle,
    work: Work,
    watch: Watch = unwatched,
) -> list[dict[str, Any]]:
    """How much feedback everybody gave and received in the period: counts, never a word of it.

    `team` is how many report to them, `team_told` how many of those heard from them.
    """
    since = begins(cycle, work)
    until = since + timedelta(days=(cycle.ends - cycle.starts).days + 1)
    found = await work.tx.feedback.counts(since, until)
    people = await work.tx.people.all()
    given: defaultdict[EmployeeId, list[Given]] = defaultdict(list)
    received: Counter[EmployeeId] = Counter()
    for one in found:
        given[one.giver].append(one)
        received[one.receiver] += one.times
    teams: defaultdict[EmployeeId | None, set[EmployeeId]] = defaultdict(set)
    for person in people:
        teams[person.manager_id].add(person.employee_id)
    lines = []
    for person in watch(people):
        mine, team = given[person.employee_id], teams[person.employee_id]
        kinds = {
            f"given_{kind}": sum(one.times for one in mine if one.kind == kind)
            for kind in ("positive", "constructive", "negative")
        }
        line = {
            "employee_id": person.employee_id,
            "department": person.department,
            "given": sum(kinds.values()),
            **kinds,
            "received": received[person.employee_id],
            "team": len(team),
            "team_told": len(team & {one.receiver for one in mine}),
        }
        lines.append(line)
    return lines
