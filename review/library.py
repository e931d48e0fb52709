"""The words a company reviews by: the ladders of its values and the goals a role starts with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from review.errors import PolicyFault
from review.wording import Wording

LEVELS = 5


@dataclass(frozen=True, slots=True)
class Ladder:
    """One value and what its five levels ask, easiest first."""

    key: str
    name: Wording
    levels: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class StartingGoal:
    """A goal that a role starts with; weights of a role's goals and its conduct row make 100."""

    key: str
    title: Wording
    weight: int
    measure: Wording
    standards: Mapping[str, Wording]
    """Column ("2.5", "3-3.25", "3.5", "3.75+") to what it takes."""
    doing: Wording = field(default_factory=dict)
    """What doing it looks like."""
    unit: str = ""
    """Of the measure: "%", "people" …"""
    target: str = ""
    """What the measure is to reach, as written."""


@dataclass(frozen=True, slots=True)
class Library:
    """Ladders by key, and starting goals by role; the empty role is for all others."""

    ladders: Mapping[str, Ladder]
    roles: Mapping[str, tuple[StartingGoal, ...]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A library, and from when on it is the company's.

    A cycle keeps the one that it was opened with (ours).
    """

    since: datetime
    library: Library


LOCALES = ("zh-CN", "en")


def check(library: Library, values: Sequence[str]) -> tuple[PolicyFault, ...]:
    """What is wrong with a library: levels, languages, weights, values that have no ladder.

    `values` are the keys of the ladders in use. Faults are returned, not raised, to name all.
    """
    missing = [PolicyFault(f"values.{key}", "no_ladder") for key in values if not has(library, key)]
    ladders = [fault for key, ladder in library.ladders.items() for fault in _ladder(key, ladder)]
    roles = [fault for role, goals in library.roles.items() for fault in _role(role, goals)]
    return (*missing, *ladders, *roles)


def has(library: Library, value: str) -> bool:
    """Whether there is a ladder for that value."""
    return value in library.ladders


def _ladder(key: str, ladder: Ladder) -> Iterator[PolicyFault]:
    name = f"ladders.{key}"
    if ladder.key != key:
        yield PolicyFault(name, "key")
    if len(ladder.levels) != LEVELS:
        yield PolicyFault(name, "levels")
    if not all(_spoken(wording) for wording in (ladder.name, *ladder.levels)):
        yield PolicyFault(name, "language")


def _role(role: str, goals: Sequence[StartingGoal]) -> Iterator[PolicyFault]:
    name = f"roles.{role}"
    if len({goal.key for goal in goals}) != len(goals):
        yield PolicyFault(name, "key")
    if not goals or any(goal.weight <= 0 for goal in goals):
        yield PolicyFault(name, "weight")
    words = [w for g in goals for w in (g.title, g.measure, *g.standards.values())]
    if not all(_spoken(wording) for wording in words):
        yield PolicyFault(name, "language")
    if not all("3.5" in goal.standards for goal in goals):
        yield PolicyFault(name, "standard")


def _spoken(wording: Wording) -> bool:
    """Whether the words are there in each language; a company's own words may stand for all."""
    return bool(wording.get("", "").strip()) or all(
        wording.get(locale, "").strip() for locale in LOCALES
    )
