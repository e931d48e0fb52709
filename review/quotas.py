"""Quotas read on one group's counts: what is allowed, what is there, how unusual that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from review import scale, tails
from review.policy import Distribution, Policy, Quota, Score

HUNDRED = 100
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Reading:
    """One quota of one group."""

    quota: Quota
    count: int
    rated: int
    most: int | None
    """The most that is allowed, rounded in the people's favour; None where no limit is set."""
    least: int | None
    tail: float
    """Probability of a count as extreme, were each rating drawn by the policy's share."""

    @property
    def too_many(self) -> bool:
        """Whether there are more than allowed."""
        return self.most is not None and self.count > self.most

    @property
    def too_few(self) -> bool:
        """Whether there are fewer than allowed."""
        return self.least is not None and self.count < self.least

    @property
    def outside(self) -> bool:
        """Whether the count is outside what is allowed."""
        return self.too_many or self.too_few

    @property
    def odds(self) -> int:
        """In how many of 100 such teams chance alone would do this; 0 is fewer than one."""
        return floor(self.tail * HUNDRED + HALF)


def in_quota(score: Score, quota: Quota) -> bool:
    """Whether a score is one that the quota counts."""
    return (quota.lowest is None or score >= quota.lowest) and (
        quota.highest is None or score <= quota.highest
    )


def allowed(quota: Quota, n: int) -> tuple[int | None, int | None]:
    """The most and the least of n that a quota allows: ceil and floor, in the people's favour."""
    most = None if quota.at_most is None else ceil(quota.at_most * n)
    least = None if quota.at_least is None else floor(quota.at_least * n)
    return most, least


def read(quota: Quota, counts: Mapping[Score, int]) -> Reading:
    """One quota of one group's counts.

    Of a quota with both limits the tail is that of the limit its count has passed; between
    them it is 1.
    """
    n = sum(counts.values())
    count = sum(number for score, number in counts.items() if in_quota(score, quota))
    return reading_of(quota, count, n)


def readings(counts: Mapping[Score, int], policy: Distribution) -> tuple[Reading, ...]:
    """All quotas in use; empty for a group smaller than the smallest."""
    if sum(counts.values()) < policy.smallest_group:
        return ()
    return tuple(read(quota, counts) for quota in policy.quotas if quota.on)


def counted(rating: Score | None, k: Fraction | None, policy: Policy) -> Score | None:
    """The score that is counted: the overall rating, or K's nearest step, as the policy says."""
    if rating is None or k is None or policy.distribution.count_on == "rating":
        return rating
    return scale.nearest(k, policy)


def reading_of(quota: Quota, count: int, n: int) -> Reading:
    """The reading of a count among n."""
    most, least = allowed(quota, n)
    return Reading(quota, count, n, most, least, _tail(quota, count, n))


def _tail(quota: Quota, count: int, n: int) -> float:
    high, low = quota.at_most, quota.at_least
    if high is not None and (low is None or count > high * n):
        return tails.at_least(count, n, high)
    if low is not None and (high is None or count < low * n):
        return tails.at_most(count, n, low)
    return 1.0
