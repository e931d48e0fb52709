"""Performance beside values: the scheme's nine boxes, for HR and managers only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from review import scale
from review.policy import Policy


class Third(StrEnum):
    """Low, middle or high."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Animal(StrEnum):
    """The scheme's name for a box."""

    STAR = "star"
    BULL = "bull"
    WILD_DOG = "wild_dog"
    RABBIT = "rabbit"
    DOG = "dog"


@dataclass(frozen=True, slots=True)
class Box:
    """One of the nine boxes."""

    performance: Third
    values: Third

    @property
    def animal(self) -> Animal:
        """The box's animal."""
        return ANIMALS[self.performance, self.values]


ANIMALS = {
    (Third.HIGH, Third.LOW): Animal.WILD_DOG,
    (Third.HIGH, Third.MIDDLE): Animal.BULL,
    (Third.HIGH, Third.HIGH): Animal.STAR,
    (Third.MIDDLE, Third.LOW): Animal.WILD_DOG,
    (Third.MIDDLE, Third.MIDDLE): Animal.BULL,
    (Third.MIDDLE, Third.HIGH): Animal.BULL,
    (Third.LOW, Third.LOW): Animal.DOG,
    (Third.LOW, Third.MIDDLE): Animal.RABBIT,
    (Third.LOW, Third.HIGH): Animal.RABBIT,
}


def box(k: Fraction, v: Fraction, policy: Policy) -> Box:
    """The box of a K and a V. Performance is K's nearest step, not the overall rating."""
    lines = policy.matrix
    score = scale.nearest(k, policy)
    return Box(
        _third(low=score <= lines.performance_low_to, high=score >= lines.performance_high_from),
        _third(low=v < lines.values_low_below, high=v >= lines.values_high_from),
    )


def _third(*, low: bool, high: bool) -> Third:
    if low:
        return Third.LOW
    return Third.HIGH if high else Third.MIDDLE
