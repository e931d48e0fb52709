"""A whole year's review is made of its quarters: what stands of them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers.team import Team
from handlers.work import Work
from prompts.screens.year import YearFacts
from review.cycle import Cycle, is_year
from review.errors_year import NoQuarters
from review.people import EmployeeId, Person
from review.record import Review


async def facts_of(review: Review, work: Work) -> YearFacts | None:
    """The quarters of that review's year; None where it is no year's."""
    if not is_year(review.cycle):
        return None
    year, one = review.cycle[:4], review.employee_id
    found = (await work.tx.years.so_far(year, [one]))[one]
    return YearFacts(
        track=review.track, parts=found.parts, unrated=found.unrated, unsigned=found.unsigned
    )


async def to_rate(review: Review, person: Person, work: Work) -> YearFacts | None:
    """The same for whoever rates it. Raises NoQuarters if none is rated."""
    found = await facts_of(review, work)
    if found is not None and not found.parts:
        raise NoQuarters(review.cycle[:4], person.name)
    return found


async def as_sealed(review: Review, work: Work) -> YearFacts | None:
    """The quarters as they stood when the year was rated, and whether they still stand so."""
    if review.year is None:
        return None
    now = await facts_of(review, work)
    stands = now is not None and now.parts == review.year
    return YearFacts(track=review.track, parts=review.year, changed=not stands)


async def as_told(review: Review, work: Work) -> YearFacts | None:
    """The same as the person may see it: a quarter's numbers once its own interview was held."""
    found = await as_sealed(review, work)
    if found is None:
        return None
    now = await work.tx.years.so_far(review.cycle[:4], [review.employee_id])
    return replace(found, hidden=now[review.employee_id].unheld)


def of_copy(review: Review) -> YearFacts | None:
    """The quarters that a copy of a year's review holds."""
    return None if review.year is None else YearFacts(track=review.track, parts=review.year)


async def of_team(cycle: Cycle, team: Team, work: Work) -> Mapping[EmployeeId, YearFacts]:
    """Of everybody on a page of a team list; nothing where the cycle is no year's."""
    if not is_year(cycle.name):
        return {}
    ids = [person.employee_id for person, _ in team]
    found = await work.tx.years.so_far(cycle.name, ids)
    rated = [person.employee_id for person, standing in team if standing.rated_at is not None]
    kept = await work.tx.reviews.in_cycle(cycle.id, rated) if rated else ()
    sealed = {one.employee_id: one.year for one in kept}
    return {
        one: YearFacts(
            track=cycle.track,
            parts=now.parts,
            unrated=now.unrated,
            changed=sealed.get(one, now.parts) != now.parts,
        )
        for one, now in found.items()
    }
