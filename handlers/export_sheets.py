"""Exports as sheets that a person would send on: worded, and with true numbers and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from handlers import export
from handlers.export_actions import actions
from handlers.watch import Watch, unwatched
from handlers.work import Work
from prompts.render import Words
from prompts.screens import left_out
from review.cycle import Cycle
from review.people import EmployeeId, Person
from review.wording import say


class Kind(Enum):
    """How the cells of a column are shown."""

    TEXT = auto()
    LONG = auto()
    """Sentences: wide, and wrapped."""
    SCORE = auto()
    """Two places."""
    COUNT = auto()
    DAY = auto()
    MOMENT = auto()


Cell = str | int | Decimal | date | datetime | None
"""A moment is where the company is."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, its heading in the company's language."""

    heading: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


_WHO: Mapping[str, Kind] = {"employee_id": Kind.TEXT, "name": Kind.TEXT, "department": Kind.TEXT}
_SUMMARY: Mapping[str, Kind] = {
    **_WHO,
    **dict.fromkeys(("title", "manager", "track", "stage"), Kind.TEXT),
    **dict.fromkeys(("rating", "suggested", "k", "v", "total"), Kind.SCORE),
    "gate": Kind.TEXT,
    "rating_reason": Kind.LONG,
    "surprise": Kind.TEXT,
    "surprise_reason": Kind.LONG,
    "acknowledged_at": Kind.MOMENT,
    "appeal": Kind.TEXT,
    "excluded_reason": Kind.LONG,
}
_SCORES = {"self_score": Kind.SCORE, "manager_score": Kind.SCORE, "gap": Kind.SCORE}
_GOALS = {**_WHO, "goal": Kind.LONG, "goal_kind": Kind.TEXT, "weight": Kind.COUNT, **_SCORES}
_VALUES = {**_WHO, "value": Kind.TEXT, **_SCORES}
_CASES = {**_WHO, "about": Kind.TEXT, "text": Kind.LONG}
_SIGNED = {
    **_WHO,
    "by": Kind.TEXT,
    "role": Kind.TEXT,
    "decision": Kind.TEXT,
    "at": Kind.MOMENT,
}
_ACTIONS = {
    "employee_id": Kind.TEXT,
    "name": Kind.TEXT,
    "action": Kind.LONG,
    "owner": Kind.TEXT,
    "owner_name": Kind.TEXT,
    "due": Kind.DAY,
    "state": Kind.TEXT,
    "agreed_at": Kind.MOMENT,
    "changed_at": Kind.MOMENT,
    "kind": Kind.TEXT,
    "link": Kind.TEXT,
    "mentor": Kind.TEXT,
    "mentor_name": Kind.TEXT,
}


_NUMBERS = {
    *("rating", "suggested", "k", "v", "total", "share"),
    *("values_slope", "values_added", "bonus_factor"),
}
"""Keys whose values are numbers, written out so that none is rounded."""


async def reviews(cycle: Cycle, work: Work, watch: Watch = unwatched) -> tuple[Sheet, ...]:
    """A line a person, then their goals, values, cases, and who signed what when."""
    found = await export.reviews(cycle, work, watch)
    people = {one.employee_id: one for one in await work.tx.people.all()}
    made = _Reviews(people, work)
    return (
        made.sheet("summary", _SUMMARY, (made.summary(one) for one in found)),
        made.sheet("goals", _GOALS, (row for one in found for row in made.goals(one))),
        made.sheet("values", _VALUES, (row for one in found for row in made.values(one))),
        made.sheet("cases", _CASES, (row for one in found for row in made.cases(one))),
        made.sheet("signed", _SIGNED, (row for one in found for row in made.signed(one))),
    )


async def agreed(cycle: Cycle, work: Work, watch: Watch = unwatched) -> tuple[Sheet, ...]:
    """A line an action."""
    words = work.words()
    rows = [
        row
        | {
            "due": date.fromisoformat(row["due"]),
            "state": words.plain(f"export.state_{row['state']}"),
            "kind": words.plain(f"interview.kind_{row['kind']}"),
            "agreed_at": datetime.fromisoformat(row["agreed_at"]),
            "changed_at": datetime.fromisoformat(row["changed_at"]),
        }
        for row in await actions(cycle, work, watch)
    ]
    return (_sheet("actions", _ACTIONS, rows, words),)


def plain(title: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Sheet:
    """Any other export as it is: its own keys as headings, what is no number is text."""
    heads = tuple(Column(key, Kind.SCORE if key in _NUMBERS else Kind.TEXT) for key in columns)
    return Sheet(title, heads, tuple(tuple(_as_it_is(row, key) for key in columns) for row in rows))


def _as_it_is(row: Mapping[str, Any], key: str) -> Cell:
    value = row.get(key)
    if key in _NUMBERS and isinstance(value, str):
        return Decimal(value)
    match value:
        case bool():
            return str(value)
        case None | int():
            return value
        case float():
            return Decimal(str(value))
        case str():
            return value
        case _:
            return export.as_json(value)


@dataclass(frozen=True, slots=True)
class _Reviews:
    """Makes the rows of the sheets from the lines of the export."""

    people: Mapping[EmployeeId, Person]
    work: Work

    @property
    def words(self) -> Words:
        return self.work.words()

    def sheet(
        self, name: str, columns: Mapping[str, Kind], rows: Iterable[Mapping[str, Cell]]
    ) -> Sheet:
        return _sheet(name, columns, rows, self.words)

    def summary(self, one: Mapping[str, Any]) -> dict[str, Cell]:
        say_, person = self.words.plain, self.people.get(one["employee_id"])
        appeal, reason = one["appeal"], one["excluded_reason"]
        scores = ("rating", "suggested", "k", "v", "total")
        outcome = f"appeal_{appeal['outcome'] or 'open'}" if appeal else ""
        policy = self.work.company.policy
        return {
            **self._who(one),
            "title": person.title if person else None,
            "manager": self._name(person.manager_id if person else None),
            "track": say_(f"export.track_{one['track']}"),
            "stage": say_(f"stages.{one['stage']}"),
            **{key: _score(one[key]) for key in scores},
            "gate": None if one["gate"] is None else say_(f"export.gate_{one['gate']}".lower()),
            "rating_reason": one["rating_reason"],
            "surprise": self._yes(answer=one["surprise"]),
            "surprise_reason": one["surprise_reason"],
            "acknowledged_at": _moment(one["acknowledged_at"]),
            "appeal": say_(f"export.{outcome}") if outcome else None,
            "excluded_reason": reason and left_out.why(reason, policy, self.words, of_another=True),
        }

    def goals(self, one: Mapping[str, Any]) -> Iterable[dict[str, Cell]]:
        for row in one["goals"]:
            kind = self.words.plain(f"export.kind_{row['kind']}")
            named = {"goal": row["title"], "goal_kind": kind, "weight": row["weight"]}
            yield {**self._who(one), **named, **_scores(row)}

    def values(self, one: Mapping[str, Any]) -> Iterable[dict[str, Cell]]:
        for key, row in one["values"].items():
            if row["self_score"] is not None or row["manager_score"] is not None:
                yield {**self._who(one), "value": self._value(key), **_scores(row)}

    def cases(self, one: Mapping[str, Any]) -> Iterable[dict[str, Cell]]:
        for row in one["cases"]:
            what, _, key = row["about"].partition(":")
            about = self._value(key) if key else self.words.plain(f"export.about_{what}")
            yield {**self._who(one), "about": about, "text": row["text"]}

    def signed(self, one: Mapping[str, Any]) -> Iterable[dict[str, Cell]]:
        for row in one["sign_offs"]:
            yield {
                **self._who(one),
                "by": self._name(row["by"]),
                "role": self.words.plain(f"desks.{row['role']}"),
                "decision": self.words.plain(f"export.move_{row['decision']}"),
                "at": _moment(row["at"]),
            }

    def _who(self, one: Mapping[str, Any]) -> dict[str, Cell]:
        person = self.people.get(one["employee_id"])
        return {
            "employee_id": one["employee_id"],
            "name": person.name if person else None,
            "department": person.department if person else None,
        }

    def _name(self, employee: EmployeeId | None) -> str | None:
        person = self.people.get(employee or "")
        return person.name if person else employee

    def _value(self, key: str) -> str:
        ladder = self.work.company.library.ladders.get(key)
        return say(ladder.name, self.words.locale) if ladder else key

    def _yes(self, *, answer: bool | None) -> str | None:
        return None if answer is None else self.words.plain("export.yes" if answer else "export.no")


def _scores(row: Mapping[str, Any]) -> dict[str, Cell]:
    own, given = _score(row["self_score"]), _score(row["manager_score"])
    gap = None if own is None or given is None else given - own
    return {"self_score": own, "manager_score": given, "gap": gap}


def _score(shown: str | None) -> Decimal | None:
    return None if shown is None else Decimal(shown)


def _moment(at: str | None) -> datetime | None:
    return None if at is None else datetime.fromisoformat(at)


def _sheet(
    name: str, columns: Mapping[str, Kind], rows: Iterable[Mapping[str, Cell]], words: Words
) -> Sheet:
    heads = tuple(Column(words.plain(f"export.{key}"), kind) for key, kind in columns.items())
    lines = tuple(tuple(row[key] for key in columns) for row in rows)
    return Sheet(words.plain(f"export.sheet_{name}"), heads, lines)
