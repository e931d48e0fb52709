"""A value's ladder (the scheme's pass-through ladder): five levels, climbed from the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from review.errors import UnknownLevel
from review.library import LEVELS
from review.policy import Policy

HALF = Fraction(1, 2)


class Level(StrEnum):
    """The answer to one level of a ladder."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


def read_level(text: str) -> Level:
    """The answer that a text names. Raises UnknownLevel for anything else."""
    try:
        return Level(text)
    except ValueError:
        raise UnknownLevel(text) from None


Levels = tuple[Level | None, ...]
"""Answers to a ladder's levels, the first level first; None where there is no answer."""


@dataclass(frozen=True, slots=True)
class Climb:
    """How far somebody came on one ladder."""

    score: Fraction
    """0 to 5 in steps of a half; what stands so far while the climb is not complete."""
    reached: int
    """How many levels may be answered: those up to the stop, or up to the next open one."""
    complete: bool
    """Whether the climb came to its stop, or to the top."""


def climb(levels: Sequence[Level | None]) -> Climb:
    """Climb from the first level and stop at the first that is not yes.

    The stop adds a half if it is partly, else nothing; a later yes counts nothing (the scheme).
    """
    for height, level in enumerate(_all(levels)):
        if level is not Level.YES:
            half = HALF if level is Level.PARTLY else Fraction(0)
            return Climb(height + half, height + 1, complete=level is not None)
    return Climb(Fraction(LEVELS), LEVELS, complete=True)


def normal(levels: Sequence[Level | None]) -> Levels:
    """The same answers in one form: five of them, and None for all that counts nothing."""
    reached = climb(levels).reached
    return tuple(level if at < reached else None for at, level in enumerate(_all(levels)))


def scores(levels: Mapping[str, Sequence[Level | None]], policy: Policy) -> dict[str, Fraction]:
    """The score of each value in use, in the policy's order; 0 where nothing was answered."""
    return {key: climb(levels.get(key, ())).score for key in policy.values}


class ValueCase(StrEnum):
    """Which case a value's score asks for."""

    NOT_MET = "not_met"
    """Where the value was not met."""
    PERSUASIVE = "persuasive"
    """A persuasive positive case."""


def case_for(score: Fraction, policy: Policy) -> ValueCase | None:
    """The case that a value's score asks for: below 2.5, or 3 and above (the scheme)."""
    if score < policy.scoring.value_case_below:
        return ValueCase.NOT_MET
    if score >= policy.scoring.value_case_from:
        return ValueCase.PERSUASIVE
    return None


def _all(levels: Sequence[Level | None]) -> Levels:
    return (*levels, *[None] * LEVELS)[:LEVELS]
