"""A year's numbers from its quarters (or half-years)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from review import scale
from review.errors import NothingToReview
from review.library import LEVELS
from review.policy import Policy, Score
from review.score import Outcome, weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One quarter's or half-year's numbers."""

    name: str
    """Its cycle, such as "2026Q4"."""
    at: int
    """Its place in the year, from 1: a missing quarter leaves its place empty."""
    k: Fraction
    v: Fraction
    values: Mapping[str, Fraction]
    gated: bool = False
    quarters: int = 1
    """How many quarters it lasted: a half-year counts as two (ours)."""
    rating: Score | None = None
    """The rating that stood."""


@dataclass(frozen=True, slots=True)
class Annual:
    """The year's outcome, and what it was made of."""

    outcome: Outcome
    parts: int
    """How many quarters (or half-years) there were."""
    slope: Fraction
    """By how much V rose a quarter (least squares); 0 with one quarter."""
    adjustment: Fraction
    """What was added to the mean of V for its trend."""
    gated: tuple[str, ...]
    """Quarters in which the values gate was shut, by name."""


def annual(parts: Sequence[Part], policy: Policy, *, has_reports: bool) -> Annual:
    """The year: mean K; mean V with a quarter more if values rose, less if they fell (ours).

    Each value's score is its mean over the quarters that scored it. A half-year weighs as much as
    two quarters, and its V stands at its last quarter's place: the slope stays one a quarter
    (ours). Raises NothingToReview if there is no quarter at all.
    """
    if not parts:
        raise NothingToReview
    rules = policy.scoring
    slope = _slope([(Fraction(part.at), part.v) for part in parts])
    adjustment = Fraction(0)
    if slope > rules.trend_slope:
        adjustment = rules.trend_bonus
    elif slope < -rules.trend_slope:
        adjustment = -rules.trend_bonus
    weighed = [part for part in parts for _ in range(part.quarters)]
    v = scale.mean(part.v for part in weighed) + adjustment
    v = min(max(v, Fraction(0)), Fraction(LEVELS))
    keys = dict.fromkeys(key for part in parts for key in part.values)
    by_value = {
        key: scale.mean(part.values[key] for part in weighed if key in part.values) for key in keys
    }
    k = scale.mean(part.k for part in weighed)
    return Annual(
        outcome=weigh(k, v, by_value, policy, has_reports=has_reports),
        parts=len(parts),
        slope=slope,
        adjustment=adjustment,
        gated=tuple(part.name for part in parts if part.gated),
    )


def _slope(points: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """The least-squares slope; 0 if all points share one place."""
    middle = scale.mean(x for x, _ in points)
    height = scale.mean(y for _, y in points)
    spread = sum(((x - middle) ** 2 for x, _ in points), start=Fraction(0))
    rise = sum(((x - middle) * (y - height) for x, y in points), start=Fraction(0))
    return rise / spread if spread else Fraction(0)
