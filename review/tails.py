"""How unusual a count is by chance alone: exact binomial tails, and tests made together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import fsum

NOTHING = 1e-20
"""A weight that small beside another changes no digit of their sum."""


@lru_cache(maxsize=65536)
def at_least(count: int, n: int, share: Fraction) -> float:
    """The probability of that count or more among n, each alone with that share; to 1e-12."""
    if count <= 0:
        return 1.0
    if count > n or share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    below, from_count = _sums(count, n, share)
    return from_count / (below + from_count)


def at_most(count: int, n: int, share: Fraction) -> float:
    """The probability of that count or fewer among n, each alone with that share; to 1e-12."""
    return at_least(n - count, n, 1 - share)


def rejected(tails: Sequence[float], rate: Fraction) -> tuple[bool, ...]:
    """Benjamini-Hochberg: which of all tests made together stand out, at a false discovery rate.

    The i-th smallest of m tails passes, and all smaller ones with it, if it is at most rate·i/m.
    """
    per_test = float(rate) / len(tails) if tails else 0.0
    line = max(
        (tail for i, tail in enumerate(sorted(tails), start=1) if tail <= per_test * i),
        default=-1.0,
    )
    return tuple(tail <= line for tail in tails)


def _sums(count: int, n: int, share: Fraction) -> tuple[float, float]:
    """The weights of all counts below and from `count` on, beside that of the likeliest count.

    Neighbouring weights differ by an exact factor, so no logarithm or power is ever taken.
    """
    mode = min(n, int((n + 1) * share))
    odds = float(share / (1 - share))
    up = _walk(mode, n, odds, until=count)
    down = _walk(n - mode, n, 1 / odds)
    weights = [*reversed(down), 1.0, *up]
    at = count - (mode - len(down))
    at = max(0, min(at, len(weights)))
    return fsum(weights[:at]), fsum(weights[at:])


def _walk(start: int, n: int, odds: float, until: int = 0) -> list[float]:
    """Weights of start+1, start+2 … beside that of start, until they add nothing.

    Those up to `until` are all there, unless they vanish: a sum may begin with that one.
    """
    weights: list[float] = []
    weight, least = 1.0, NOTHING
    for k in range(start, n):
        weight *= odds * (n - k) / (k + 1)
        if k < until:
            least = weight * NOTHING
        if weight <= least:
            break
        weights.append(weight)
    return weights
