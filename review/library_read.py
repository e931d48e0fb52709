"""From a library file's cells to ladders and starting goals, with every fault named by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from review.goals import COLUMNS, CONDUCT, MEETS
from review.library import LEVELS, LOCALES, Ladder, Library, StartingGoal
from review.policy import Policy
from review.wording import Wording

ALL_ROLES = "other"
"""In a file, the role that stands for all roles without goals of their own."""
TEXTS = ("title", "doing", "measure", *COLUMNS)
"""The texts of a goal, in the order of the form."""
ANY = ""
"""The locale of words that stand for every language."""
_NEEDED = {"title", MEETS}
_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
_LONGEST_WEIGHT = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: a sheet's row and column, or a line of a text."""

    row: int
    column: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text as written, and where."""

    text: str
    at: Place


Words = Mapping[str, Cell]
"""Locale to text; what is blank may be left out."""


@dataclass(frozen=True, slots=True)
class GivenLadder:
    """A ladder as written."""

    key: Cell
    name: Words
    levels: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenGoal:
    """A starting goal as written."""

    role: Cell
    key: Cell
    weight: Cell
    unit: str
    target: str
    texts: Mapping[str, Words]
    """By the names in TEXTS."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file as written; None: that half is not in it, so what there is stays."""

    ladders: tuple[GivenLadder, ...] | None
    goals: tuple[GivenGoal, ...] | None


@dataclass(frozen=True, slots=True)
class LibraryFault:
    """What is wrong and where; `key` names the words that say what to do."""

    at: Place
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file makes; with a fault, take nothing of it."""

    library: Library
    faults: tuple[LibraryFault, ...]
    advice: tuple[LibraryFault, ...]
    """Plain words, never a block: a text in one language only, weights that are shared out."""


def read_library(given: Given, now: Library, policy: Policy) -> Read:
    """The library that a file makes of the one there is now.

    A ladder has five levels (the scheme); every value in use has a ladder, and roles without
    goals of their own need those of `other` (ours). Raises nothing: faults are collected.
    """
    faults = (*_ladder_faults(given, policy), *_goal_faults(given, policy))
    if faults:
        return Read(now, tuple(sorted(faults, key=_order)), ())
    ladders, roles = dict(now.ladders), dict(now.roles)
    if given.ladders is not None:
        ladders = {one.key.text: _ladder(one) for one in given.ladders}
    if given.goals is not None:
        roles = {}
        for one in given.goals:
            role = _role(one)
            roles[role] = (*roles.get(role, ()), _goal(one))
    advice = (*_one_language(given), *_shared(given, policy))
    return Read(Library(ladders, roles), (), tuple(sorted(advice, key=_order)))


def _order(fault: LibraryFault) -> tuple[bool, int]:
    return fault.at.sheet != "ladders", fault.at.row


def _ladder_faults(given: Given, policy: Policy) -> Iterator[LibraryFault]:
    if given.ladders is None:
        return
    first: dict[str, Place] = {}
    for ladder in given.ladders:
        yield from _key_faults(ladder.key, ladder.key.text, first)
        if len(ladder.levels) != LEVELS:
            facts = {"levels": LEVELS, "found": len(ladder.levels)}
            yield LibraryFault(ladder.key.at, "library.levels", facts)
        named = {"name": ladder.name}
        named |= {f"level {at}": words for at, words in enumerate(ladder.levels, start=1)}
        for name, words in named.items():
            yield from _text_faults(name, words, ladder.key.at, policy, needed=True)
    last = given.ladders[-1].key.at if given.ladders else Place(1, sheet="ladders")
    for value in policy.values:
        if value not in first:
            yield LibraryFault(last, "library.no_ladder", {"value": value})


def _goal_faults(given: Given, policy: Policy) -> Iterator[LibraryFault]:
    if given.goals is None:
        return
    first: dict[str, Place] = {}
    spelt: dict[str, str] = {}
    for goal in given.goals:
        role = goal.role.text
        if not role:
            yield LibraryFault(goal.role.at, "library.empty", {"name": "role"})
        known = spelt.setdefault(role.casefold(), role)
        if known != role:
            yield LibraryFault(goal.role.at, "library.spelt", {"role": role, "first": known})
        yield from _key_faults(goal.key, f"{role.casefold()}\n{goal.key.text}", first)
        if goal.key.text == CONDUCT:
            yield LibraryFault(goal.key.at, "library.conduct", {"key": CONDUCT})
        if not _is_weight(goal.weight.text):
            yield LibraryFault(goal.weight.at, "library.weight", {"value": goal.weight.text})
        for name in ("unit", "target"):
            yield from _length(name, getattr(goal, name), goal.key.at, policy)
        for name in TEXTS:
            words = goal.texts.get(name, {})
            yield from _text_faults(name, words, goal.key.at, policy, needed=name in _NEEDED)
    if ALL_ROLES not in spelt:
        last = given.goals[-1].role.at if given.goals else Place(1, sheet="goals")
        yield LibraryFault(last, "library.no_rest", {"role": ALL_ROLES})


def _key_faults(key: Cell, whole: str, first: dict[str, Place]) -> Iterator[LibraryFault]:
    if not _KEY.fullmatch(key.text):
        yield LibraryFault(key.at, "library.key", {"value": key.text})
    if whole in first:
        yield LibraryFault(key.at, "library.twice", {"key": key.text, "row": first[whole].row})
    first.setdefault(whole, key.at)


def _text_faults(
    name: str, words: Words, at: Place, policy: Policy, *, needed: bool
) -> Iterator[LibraryFault]:
    if needed and not _wording(words):
        place = next(iter(words.values())).at if words else at
        yield LibraryFault(place, "library.empty", {"name": name})
    for cell in words.values():
        yield from _length(name, cell.text, cell.at, policy)


def _length(name: str, text: str, at: Place, policy: Policy) -> Iterator[LibraryFault]:
    limit = policy.sheet.text_limit
    if len(text) > limit:
        facts = {"name": name, "limit": limit, "length": len(text)}
        yield LibraryFault(at, "library.too_long", facts)


def _is_weight(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= _LONGEST_WEIGHT


def _one_language(given: Given) -> Iterator[LibraryFault]:
    for one in given.ladders or ():
        for words in (one.name, *one.levels):
            yield from _lacks_language(words)
    for goal in given.goals or ():
        for words in goal.texts.values():
            yield from _lacks_language(words)


def _lacks_language(words: Words) -> Iterator[LibraryFault]:
    found = _wording(words)
    lacking = [locale for locale in LOCALES if locale not in found]
    if found and ANY not in found and lacking:
        place = next(cell.at for cell in words.values() if cell.text)
        yield LibraryFault(place, "library.one_language", {"locale": lacking[0]})


def _shared(given: Given, policy: Policy) -> Iterator[LibraryFault]:
    """Where a role's weights and the conduct row's do not make the whole."""
    rest = policy.sheet.total_weight - policy.sheet.conduct_weight
    sums: dict[str, int] = {}
    places: dict[str, Cell] = {}
    for goal in given.goals or ():
        sums[goal.role.text] = sums.get(goal.role.text, 0) + int(goal.weight.text)
        places.setdefault(goal.role.text, goal.role)
    for role, total in sums.items():
        if total != rest:
            facts = {"role": role, "total": total, "rest": rest}
            yield LibraryFault(places[role].at, "library.shared", facts)


def _ladder(one: GivenLadder) -> Ladder:
    return Ladder(one.key.text, _wording(one.name), tuple(_wording(words) for words in one.levels))


def _role(one: GivenGoal) -> str:
    return "" if one.role.text.casefold() == ALL_ROLES else one.role.text


def _goal(one: GivenGoal) -> StartingGoal:
    texts = {name: _wording(one.texts.get(name, {})) for name in TEXTS}
    return StartingGoal(
        key=one.key.text,
        title=texts["title"],
        weight=int(one.weight.text),
        measure=texts["measure"],
        standards={name: texts[name] for name in COLUMNS if texts[name]},
        doing=texts["doing"],
        unit=one.unit,
        target=one.target,
    )


def _wording(words: Words) -> Wording:
    """The texts that are there."""
    return {locale: cell.text for locale, cell in words.items() if cell.text}
