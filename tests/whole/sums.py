"""The scheme's arithmetic once more, written apart from the program, to compare exports with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

SCALE = tuple(Fraction(text) for text in ("5", "4.5", "4", "3.75", "3.5", "3.25", "3", "2.5"))
CORNERS = ((0, "2.5"), (2, "3"), ("2.5", "3.5"), (3, "4"), (4, "4.5"), (5, "5"))
Levels = Sequence[str | None]


def exact(number: Fraction) -> str:
    """Two places, half up."""
    wide = Decimal(number.numerator) / Decimal(number.denominator)
    return str(wide.quantize(Decimal("0.01"), ROUND_HALF_UP))


def short(number: Fraction) -> str:
    """A step of a scale as people write it."""
    return exact(number).rstrip("0").rstrip(".")


def climbed(levels: Levels) -> Fraction:
    """A point a yes up to the first level that is none; half a point if that one is partly."""
    points = Fraction(0)
    for level in levels:
        if level != "yes":
            return points + (Fraction(1, 2) if level == "partly" else 0)
        points += 1
    return points


def counted(levels: Levels) -> list[str | None]:
    """The five answers as they are kept: nothing stands beyond the stop."""
    kept: list[str | None] = []
    for level in levels:
        kept.append(level)
        if level != "yes":
            break
    return (kept + [None] * 5)[:5]


def on_the_scale(mean: Fraction) -> Fraction:
    """M(V): straight lines through the corners."""
    corners = [(Fraction(x), Fraction(y)) for x, y in CORNERS]
    for (x0, y0), (x1, y1) in pairwise(corners):
        if mean <= x1:
            return y0 + (mean - x0) * (y1 - y0) / (x1 - x0)
    raise AssertionError(mean)


def numbers(
    rows: Sequence[tuple[int, str]], ladders: Mapping[str, Levels], *, has_reports: bool
) -> dict[str, object]:
    """What an export says of a rating: rows are weight and score, ladders the answers."""
    k = sum(weight * Fraction(score) for weight, score in rows) / Fraction(
        sum(weight for weight, _ in rows)
    )
    scores = [climbed(levels) for levels in ladders.values()]
    v = sum(scores, Fraction(0)) / len(scores)
    total = Fraction(7, 10) * k + Fraction(3, 10) * on_the_scale(v)
    gate = v < (Fraction("2.5") if has_reports else 2) or any(score < 1 for score in scores)
    away = [abs(step - total) for step in SCALE]
    nearest = min(step for step, far in zip(SCALE, away, strict=True) if far == min(away))
    return {
        "k": exact(k),
        "v": exact(v),
        "total": exact(total),
        "suggested": "2.5" if gate else short(nearest),
        "gate": gate,
    }
