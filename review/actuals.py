"""What was really reached on a goal, and the column that the goal's own standards give for it.

Standards are free text (the scheme). A column is proposed only where every standard that the goal
has can be read as one bound and they fit together (ours); it is shown beside the row, and never
set as a score.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from review.goals import COLUMNS, MEETS, Row

_NUMBER = r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
_LOWER = ("lower is better", "越低越好")
"""Words in a measure that turn "better" round."""
_BEFORE = {
    (True, False): "≥|>=|at least|no less than|不低于|不少于|至少",
    (False, False): "≤|<=|at most|no more than|不高于|不超过|至多",
    (True, True): ">|above|more than|高于|大于",
    (False, True): "<|below|less than|under|低于|小于",
}
"""Rising and strict, to the words before a number."""
_AFTER = {
    (True, False): "or more|or above|and above|及以上|或以上|以上",
    (False, False): "or less|or below|and below|及以下|或以下|以下",
}
_MET = re.compile("target met|meets the target|达到目标", re.IGNORECASE)
_MISSED = re.compile(
    rf"misses the target by {_NUMBER}\s*% or more|与目标相差\s*{_NUMBER}\s*%\s*及以上",
    re.IGNORECASE,
)
_BEATEN = re.compile(
    rf"beats the target by {_NUMBER}\s*% or more|优于目标\s*{_NUMBER}\s*%\s*及以上", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Bound:
    """From where on a standard holds."""

    at: Fraction
    rising: bool
    """It holds from there upwards, else downwards."""
    strict: bool = False
    """It does not hold at that number itself."""

    def holds(self, actual: Fraction) -> bool:
        """Whether the standard is reached."""
        if actual == self.at:
            return not self.strict
        return (actual > self.at) is self.rising


def read_number(text: str, unit: str = "") -> Fraction | None:
    """The number that a text is, its unit or a percent sign behind it; None for anything else."""
    found = re.fullmatch(_NUMBER + _unit(unit), _plain(text), re.IGNORECASE)
    return None if found is None else _fraction(found[1])


def column_of(row: Row, actual: Fraction) -> str | None:
    """The column ("2.5", "3-3.25", "3.5", "3.75+") that a goal's standards give for an actual.

    None where they can't be read safely, don't fit together, or leave a gap there.
    """
    bounds: dict[str, Bound] = {}
    for column in COLUMNS:
        texts = [text for text in row.standards.get(column, {}).values() if text.strip()]
        read = {_bound(text, row) for text in texts}
        if len(read) > 1 or None in read:
            return None
        bounds.update((column, one) for one in read if one is not None)
    if MEETS not in bounds:
        return None
    up = bounds[MEETS].rising
    good = [name for name in COLUMNS if name in bounds and bounds[name].rising is up]
    bad = [name for name in COLUMNS if name in bounds and bounds[name].rising is not up]
    in_order = _rise([bounds[name].at for name in good], up=up)
    if not (in_order and _rise([bounds[name].at for name in bad], up=up)):
        return None
    reached = [name for name in good if bounds[name].holds(actual)][-1:]
    missed = [name for name in bad if bounds[name].holds(actual)][:1]
    found = reached + missed
    return found[0] if len(found) == 1 else None


def _rise(numbers: list[Fraction], *, up: bool) -> bool:
    ordered = numbers if up else numbers[::-1]
    return ordered == sorted(ordered)


def _bound(text: str, row: Row) -> Bound | None:
    plain, unit = _plain(text).rstrip(".。"), _unit(row.unit)
    for words, after in ((_BEFORE, False), (_AFTER, True)):
        for (rising, strict), said in words.items():
            shape = rf"{_NUMBER}{unit}\s*(?:{said})" if after else rf"(?:{said})\s*{_NUMBER}{unit}"
            found = re.fullmatch(shape, plain, re.IGNORECASE)
            if found:
                return Bound(_fraction(found[1]), rising, strict)
    return _of_target(plain, row)


def _of_target(plain: str, row: Row) -> Bound | None:
    """A standard in percent of the target, where the target is a number."""
    target = read_number(row.target, row.unit)
    if not target:
        return None
    better = not any(word in text for text in row.measure.values() for word in _LOWER)
    if _MET.fullmatch(plain):
        return Bound(target, better)
    for shape, rising in ((_MISSED, not better), (_BEATEN, better)):
        found = shape.fullmatch(plain)
        if found:
            share = _fraction(found[1] or found[2]) / 100
            return Bound(target + abs(target) * (share if rising else -share), rising)
    return None


def _unit(unit: str) -> str:
    known = f"|{re.escape(_plain(unit))}" if unit.strip() else ""
    return rf"\s*(?:%{known})?"


def _plain(text: str) -> str:
    return " ".join(text.replace("％", "%").split())


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))
