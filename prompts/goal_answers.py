"""A form's answers as a sheet of goals, and the names its fields go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from prompts.answers import Answers
from review.goals import COLUMNS, Kind, Row, RowId, Sheet, conduct_row, share_out
from review.policy import Policy
from review.wording import Wording, own_words, say

ROWS = "rows"
"""The answer that holds which goals there are, in their order; no field shows it."""
WORDS = ("title", "doing", "measure")
PLAIN = ("target", "unit")
WEIGHT = "weight"
SERVES = "serves"


def key(name: str, row: RowId) -> str:
    """The field of one thing about a goal, such as "title" or "weight"."""
    return f"{name}:{row}"


def standard(row: RowId, column: str) -> str:
    """The field of what a column of a goal takes."""
    return f"standard:{row}:{column}"


def row_ids(answers: Answers, base: Sheet) -> tuple[RowId, ...]:
    """Which goals there are by now, in their order."""
    if ROWS in answers:
        return tuple(answers[ROWS].split())
    return tuple(row.id for row in base.rows if row.kind is Kind.GOAL)


def listed(rows: Iterable[RowId]) -> dict[str, str]:
    """The answer that these are the goals."""
    return {ROWS: " ".join(rows)}


def sheet_of(
    answers: Answers,
    base: Sheet,
    locale: str,
    policy: Policy,
    offered: Mapping[str, Wording] = MappingProxyType({}),
) -> Sheet:
    """The sheet as it is written by now; what nobody touched stands as it stood, in all languages.

    `offered`: what a goal may serve, by id (review.cascade).
    A weight that is no whole number counts as 0, which blocks.
    """
    known = {row.id: row for row in base.rows if row.kind is Kind.GOAL}
    rows = [
        _row(answers, known.get(row, _blank(row)), locale, offered)
        for row in row_ids(answers, base)
    ]
    conduct = policy.sheet.conduct_weight
    return Sheet((*rows, conduct_row(conduct)) if conduct else tuple(rows))


def shown(row: Row, locale: str) -> dict[str, str]:
    """What the fields of a goal hold before anybody touched them."""
    held = {key(name, row.id): say(getattr(row, name), locale) for name in WORDS}
    held |= {key(name, row.id): getattr(row, name) for name in PLAIN}
    held[key(WEIGHT, row.id)] = str(row.weight) if row.weight else ""
    return held | {
        standard(row.id, column): say(row.standards.get(column, {}), locale) for column in COLUMNS
    }


def written(sheet: Sheet, locale: str) -> dict[str, str]:
    """The answers that make exactly that sheet."""
    goals = [row for row in sheet.rows if row.kind is Kind.GOAL]
    held = {field: text for row in goals for field, text in shown(row, locale).items()}
    return held | listed(row.id for row in goals)


def shared(sheet: Sheet, policy: Policy) -> dict[str, str]:
    """Weights of the same proportions that make the whole; of goals without weights, even ones."""
    goals = [row for row in sheet.rows if row.kind is Kind.GOAL]
    parts = [row.weight for row in goals]
    parts = parts if all(parts) else [1] * len(goals)
    whole = policy.sheet.total_weight - policy.sheet.conduct_weight
    found = share_out(whole, parts) if goals else []
    return {key(WEIGHT, row.id): str(weight) for row, weight in zip(goals, found, strict=True)}


def weight(text: str) -> int:
    """A weight as typed; 0 for what is no whole number above 0."""
    number = text.strip().removesuffix("%").strip().removesuffix(".0")
    return int(number) if number.isdecimal() and number.isascii() else 0


def _blank(row: RowId) -> Row:
    return Row(id=row, kind=Kind.GOAL, title={}, weight=0, measure={}, standards={})


def serves(answers: Answers, row: Row, offered: Mapping[str, Wording]) -> str:
    """The id of what a goal serves by now; empty: nothing of what is offered."""
    typed = answers.get(key(SERVES, row.id))
    if typed is not None:
        return typed if typed in offered else ""
    return next((one for one, title in offered.items() if title == row.serves), "")


def _row(answers: Answers, base: Row, locale: str, offered: Mapping[str, Wording]) -> Row:
    def words(name: str, was: Wording) -> Wording:
        typed = answers.get(name)
        if typed is None or typed.strip() == say(was, locale).strip():
            return was
        return own_words(typed.strip()) if typed.strip() else {}

    def text(name: str) -> str:
        was: str = getattr(base, name)
        return answers.get(key(name, base.id), was).strip()

    columns = {
        column: words(standard(base.id, column), base.standards.get(column, {}))
        for column in COLUMNS
    }
    typed = answers.get(key(WEIGHT, base.id))
    return replace(
        base,
        title=words(key("title", base.id), base.title),
        doing=words(key("doing", base.id), base.doing),
        measure=words(key("measure", base.id), base.measure),
        unit=text("unit"),
        target=text("target"),
        serves=offered.get(serves(answers, base, offered), base.serves),
        weight=base.weight if typed is None else weight(typed),
        standards={column: wording for column, wording in columns.items() if wording},
    )
