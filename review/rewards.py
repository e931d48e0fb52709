"""What may follow from a year: who may be promoted, and the factor for a bonus."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from review.annual import Annual, Part
from review.policy import Policy, Score


class Trend(StrEnum):
    """Where the values went over the year (review.annual)."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


def trend(year: Annual) -> Trend:
    """Where they went: rising or falling where that moved V."""
    if year.adjustment > 0:
        return Trend.RISING
    return Trend.FALLING if year.adjustment < 0 else Trend.STEADY


def strong(parts: Sequence[Part], policy: Policy) -> int:
    """How many of the last four count towards a promotion: rating and V both high enough (ours).

    Four quarters, or half-years for those who are reviewed by them; `parts` in their order.
    """
    rules = policy.rewards
    last = parts[max(0, len(parts) - rules.promotion_last) :]
    return sum(
        part.rating is not None
        and part.rating >= rules.promotion_rating_from
        and part.v >= rules.promotion_values_from
        for part in last
    )


def may_be_promoted(parts: Sequence[Part], policy: Policy) -> bool:
    """Whether the rules would have it; people decide (the scheme names it, the reading is ours)."""
    return strong(parts, policy) >= policy.rewards.promotion_ratings


def bonus_factor(rating: Score, policy: Policy) -> Fraction | None:
    """The factor of a year's rating; None where the policy names none for it."""
    return dict(policy.rewards.bonus).get(rating)
