"""The rating scale: its steps, and exact numbers as text."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from review.errors import UnknownScore
from review.policy import Policy, Score, Step

CENTS = 100


def steps(policy: Policy) -> tuple[Score, ...]:
    """The scale's scores, best first."""
    return tuple(step.score for step in policy.scale)


def step(score: Score, policy: Policy) -> Step:
    """The step of that score. Raises UnknownScore if it is between two steps or off the scale."""
    for known in policy.scale:
        if known.score == score:
            return known
    raise UnknownScore(shown(score), _steps_in_words(policy))


def parse(text: str, policy: Policy) -> Score:
    """The step that a text such as "3.5" names. Raises UnknownScore for anything else."""
    for known in policy.scale:
        if show(known.score) == text.strip():
            return known.score
    raise UnknownScore(text, _steps_in_words(policy))


def nearest(number: Fraction, policy: Policy) -> Score:
    """The step nearest to an exact number; on a tie the lower one (the scheme)."""
    return min(steps(policy), key=lambda score: (abs(score - number), score))


def band(score: Score, policy: Policy) -> str:
    """The band ("top", "upper" …) of a step. Raises UnknownScore if it is no step."""
    return step(score, policy).band


def show(score: Score) -> str:
    """A step's exact decimal text: "4", "3.5", "3.25".

    Raises ValueError for a number without an exact decimal text, such as a third.
    """
    digits = 0
    while (score * 10**digits).denominator != 1:
        digits += 1
        if digits > score.denominator:
            message = f"{score} has no exact decimal text"
            raise ValueError(message)
    return _decimal(score, digits)


def shown(number: Fraction) -> str:
    """Any number with 2 places, half up (away from zero): 147/40 is "3.68"."""
    cents = (abs(number) * CENTS * 2 + 1) // 2
    return _decimal(Fraction(cents if number >= 0 else -cents, CENTS), 2)


def mean(numbers: Iterable[Fraction]) -> Fraction:
    """The exact mean. Raises ZeroDivisionError if there is nothing to take it of."""
    every = tuple(numbers)
    return sum(every, start=Fraction(0)) / len(every)


def _decimal(number: Fraction, digits: int) -> str:
    whole = int(abs(number) * 10**digits)
    sign = "-" if number < 0 and whole else ""
    if digits == 0:
        return f"{sign}{whole}"
    return f"{sign}{whole // 10**digits}.{whole % 10**digits:0{digits}d}"


def _steps_in_words(policy: Policy) -> str:
    return ", ".join(show(score) for score in steps(policy))
