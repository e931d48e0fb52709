"""Words used twice: cases that are near-identical once names, digits and punctuation are masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from review.people import EmployeeId

GRAM = 3
"""Characters that are compared at a time (the scheme); no word is cut, so Chinese works."""
SHORTEST = 12
"""Characters, masked, below which words are too few to be anybody's own (ours)."""
_NAME, _NUMBER = "N", "0"
"""What stands for any name and any number; a capital is in no folded text."""
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W_]+")
_CHINESE = re.compile(r"[㐀-鿿]{2,4}")


@dataclass(frozen=True, slots=True)
class Case:
    """One case, and whom it is about."""

    employee: EmployeeId
    name: str
    about: str
    """ "overall", "missed" or "value:<key>"."""
    text: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A case that says nearly what another one says of somebody else."""

    about: str
    other: Case


def masked(text: str, name: str) -> str:
    """The text without case, punctuation and space; that name and every number masked."""
    folded = text.casefold()
    for part in _parts(name):
        folded = folded.replace(part, _NAME)
    return "".join(_LETTERS.findall(_DIGITS.sub(_NUMBER, folded)))


def _parts(name: str) -> list[str]:
    """The name and its parts, the longest first: "chen jing", "chen", "jing"; 王小明, 小明."""
    folded = name.strip().casefold()
    found = {folded, *folded.split()}
    if _CHINESE.fullmatch(folded) and len(folded) > 2:  # noqa: PLR2004  a family and a given name
        found.add(folded[1:])
    return sorted((part for part in found if len(part) > 1), key=lambda part: (-len(part), part))


def grams(text: str) -> frozenset[str]:
    """All runs of three characters."""
    return frozenset([text[at : at + GRAM] for at in range(len(text) - GRAM + 1)])


def alike(one: frozenset[str], other: frozenset[str], least: Fraction) -> bool:
    """Whether what both have is at least that share of what either has (Jaccard)."""
    common = len(one & other)
    either = len(one) + len(other) - common
    return common * least.denominator >= least.numerator * either > 0


def may_be(one: frozenset[str], text: str, least: Fraction) -> bool:
    """Whether a text can still be alike, from its beginning; False is certain, and quick.

    Were all that follows common to both, and new, so much would be common at most.
    """
    begun = len(text) * 2 // 5
    head = grams(text[: begun + GRAM - 1])
    common = len(one & head)
    most = min(len(one), common + len(text) - begun)
    return most * least.denominator >= least.numerator * (len(one) + len(head) - common)


def twins(
    mine: Mapping[str, str], name: str, others: Iterable[Case], least: Fraction
) -> tuple[Twin, ...]:
    """Which of the cases of somebody of that name, by what they are about, nearly repeat another.

    One twin each. In each text the name of the person whom it is about is masked. A text too
    short to be alike is not looked at further: teams may be large.
    """
    own = {about: masked(text, name) for about, text in mine.items()}
    found = {about: grams(text) for about, text in own.items() if len(text) >= SHORTEST}
    return tuple(_first_of_each(found, others, least))


def _first_of_each(
    found: Mapping[str, frozenset[str]], others: Iterable[Case], least: Fraction
) -> Iterator[Twin]:
    wanted = dict(found)
    for other in others:
        if not wanted:
            return
        text = masked(other.text, other.name)
        if len(text) < SHORTEST or len(text) < least * min(map(len, wanted.values())):
            continue
        begun = {about: mine for about, mine in wanted.items() if may_be(mine, text, least)}
        if not begun:
            continue
        theirs = grams(text)
        for about in [one for one, mine in begun.items() if alike(mine, theirs, least)]:
            del wanted[about]
            yield Twin(about, other)
