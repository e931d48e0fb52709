"""What changed between two versions of a sheet, row by row, to be shown as before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from review.goals import COLUMNS, Row, Sheet
from review.wording import Wording, own_words

ADDED, REMOVED, WEIGHT, TARGET = "added", "removed", "weight", "target"
TEXTS = ("title", "serves", "doing", "measure")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is other than it was."""

    row: str
    title: Wording
    """The row's title, as it is now or was last."""
    what: str
    """"added", "removed", "title", "serves", "doing", "measure", "target", "weight" or a column."""
    before: Wording
    after: Wording


def changes(before: Sheet, after: Sheet) -> tuple[Change, ...]:
    """All of them, in the order in which the rows stand; rows that are gone come last."""
    had = {row.id: row for row in before.rows}
    has = {row.id for row in after.rows}
    found = [
        change
        for row in after.rows
        for change in (_of(had[row.id], row) if row.id in had else (_added(row),))
    ]
    gone = [
        Change(row.id, row.title, REMOVED, row.title, {})
        for row in before.rows
        if row.id not in has
    ]
    return (*found, *gone)


def _added(row: Row) -> Change:
    return Change(row.id, row.title, ADDED, {}, row.title)


def _of(before: Row, after: Row) -> Iterator[Change]:
    pairs: list[tuple[str, Wording, Wording]] = [
        (name, getattr(before, name), getattr(after, name)) for name in TEXTS
    ]
    pairs.append((TARGET, _target(before), _target(after)))
    pairs.append((WEIGHT, own_words(str(before.weight)), own_words(str(after.weight))))
    pairs += [
        (column, before.standards.get(column, {}), after.standards.get(column, {}))
        for column in COLUMNS
    ]
    for what, was, now in pairs:
        if _full(was) != _full(now):
            yield Change(after.id, after.title, what, was, now)


def _target(row: Row) -> Wording:
    return own_words(f"{row.target} {row.unit}".strip())


def _full(wording: Wording) -> Wording:
    return {locale: text for locale, text in wording.items() if text.strip()}
