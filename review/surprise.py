"""Whether a rating would come as a surprise: did the person hear of it in time?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Protocol

from review import values
from review.assessment import Assessment
from review.feedback import CRITICAL, Heard, Kind, on_work
from review.people import EmployeeId
from review.policy import Policy
from review.score import Outcome


class Span(Protocol):
    """A period, such as a cycle; both ends in."""

    @property
    def starts(self) -> date: ...
    @property
    def ends(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody has heard in a period."""

    warned: bool
    """Of what is not as it should be, on a goal or value of theirs, early enough."""
    praised: bool
    """A good word, at any time in the period or since."""


def told(
    heard: Iterable[Heard],
    *,
    managers: Collection[EmployeeId],
    span: Span,
    on: date,
    day_of: Callable[[datetime], date],
    policy: Policy,
) -> Told:
    """What counts of all that reached somebody, for a rating on that day (the scheme).

    From their manager, or from whoever was their manager when it was given; praise in public
    counts from anybody. A critical word has to have reached them within the period and at least 14
    days before the rating; days are those where the person is (`day_of`).
    """
    theirs = [
        (one, day_of(one.reached_at))
        for one in heard
        if one.public or one.as_manager or one.giver in managers
    ]
    latest = min(span.ends, on - timedelta(days=policy.no_surprise.days_before))
    return Told(
        warned=any(
            one.kind in CRITICAL and on_work(one.about) and span.starts <= day <= latest
            for one, day in theirs
        ),
        praised=any(one.kind is Kind.POSITIVE and span.starts <= day <= on for one, day in theirs),
    )


def value_scores(
    part: Assessment, policy: Policy, outcome: Outcome | None = None
) -> Mapping[str, Fraction]:
    """The values' scores as far as they are climbed; those of an outcome, where there is one."""
    if outcome is not None:
        return outcome.values
    ways = {key: values.climb(part.levels.get(key, ())) for key in policy.values}
    return {key: way.score for key, way in ways.items() if way.complete}


def below(part: Assessment, policy: Policy, outcome: Outcome | None = None) -> bool:
    """Whether it says less than is expected: 3.25 or below, or a value below 2.5 (the scheme).

    `outcome`: what the scores make; of a year, whose ladders nobody climbs, the values' means.
    """
    rules = policy.no_surprise
    if part.rating is not None and part.rating <= rules.rating_to:
        return True
    found = value_scores(part, policy, outcome).values()
    return any(score < rules.value_below for score in found)


def is_surprise(
    part: Assessment, heard: Told, policy: Policy, outcome: Outcome | None = None
) -> bool:
    """Whether the person would hear of it for the first time in the review (the scheme)."""
    return below(part, policy, outcome) and not heard.warned


def praise_unspoken(part: Assessment, heard: Told, policy: Policy) -> bool:
    """Whether it is a rating of 4 or above without a good word all period (the scheme)."""
    high = part.rating is not None and part.rating >= policy.no_surprise.praise_from
    return high and not heard.praised
