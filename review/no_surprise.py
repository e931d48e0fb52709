"""Where a person and their manager see things differently: marked for the interview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from review.assessment import OVERALL, value_case
from review.policy import Policy
from review.record import Review, standing


@dataclass(frozen=True, slots=True)
class Gap:
    """Two scores for one thing, far apart."""

    about: str
    """One of "goal:<row id>", "value:<key>", "overall"."""
    own: Fraction
    manager: Fraction

    @property
    def size(self) -> Fraction:
        """How much higher the person sees it than the manager; negative: lower."""
        return self.own - self.manager


def gaps(review: Review, policy: Policy) -> tuple[Gap, ...]:
    """Gaps of 0.5 or more on a row, a value or the whole, in the sheet's order (the scheme).

    The person picks no rating: for the whole, what their own scores suggest (without the gate)
    stands beside the rating that counts (ours). Empty until both have been sent.
    """
    return tuple(g for g in _pairs(review, policy) if abs(g.size) >= policy.scoring.gap)


def _pairs(review: Review, policy: Policy) -> Iterator[Gap]:
    mine = standing(review.self_part, review, policy)
    theirs = standing(review.manager_part, review, policy)
    if not (review.self_part and review.manager_part and mine and theirs):
        return
    for row in review.sheet.rows:
        own, manager = review.self_part.scores[row.id], review.manager_part.scores[row.id]
        yield Gap(f"goal:{row.id}", own, manager)
    for key, score in mine.values.items():
        yield Gap(value_case(key), score, theirs.values[key])
    if review.rating is not None:
        yield Gap(OVERALL, mine.suggested_ungated, review.rating)
