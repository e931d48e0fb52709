"""The export of a year as sheets that can be sent on: a line a person, then a line a quarter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from handlers.export_sheets import Cell, Column, Kind, Sheet
from handlers.export_year import years
from handlers.watch import Watch, unwatched
from handlers.work import Work
from prompts.render import Words
from prompts.screens import left_out
from review.cycle import Cycle

_WHO = {"employee_id": Kind.TEXT, "name": Kind.TEXT, "department": Kind.TEXT}
_YEAR: Mapping[str, Kind] = {
    **_WHO,
    **dict.fromkeys(("track", "stage"), Kind.TEXT),
    **dict.fromkeys(("rating", "suggested", "k", "v", "total"), Kind.SCORE),
    **dict.fromkeys(("gate", "values_trend"), Kind.TEXT),
    "counted": Kind.COUNT,
    **dict.fromkeys(("not_rated", "changed_since", "promotion"), Kind.TEXT),
    "promotion_quarters": Kind.COUNT,
    "bonus_factor": Kind.SCORE,
    "excluded_reason": Kind.LONG,
}
_QUARTERS: Mapping[str, Kind] = {
    **_WHO,
    "quarter": Kind.TEXT,
    **dict.fromkeys(("rating", "k", "v"), Kind.SCORE),
    "gate": Kind.TEXT,
}
_NUMBERS = ("rating", "suggested", "k", "v", "total", "bonus_factor")


async def sheets(cycle: Cycle, work: Work, watch: Watch = unwatched) -> tuple[Sheet, ...]:
    """Both. Raises NotAYear."""
    found, words = await years(cycle, work, watch), work.words()
    return (
        _sheet("year", _YEAR, (_person(one, work) for one in found), words),
        _sheet("quarters", _QUARTERS, (row for one in found for row in _parts(one, words)), words),
    )


def _person(one: Mapping[str, Any], work: Work) -> dict[str, Cell]:
    words, reason, trend = work.words(), one["excluded_reason"], one["values_trend"]
    why = reason and left_out.why(reason, work.company.policy, words, of_another=True)
    return {
        **{key: one[key] for key in (*_WHO, "counted", "promotion_quarters")},
        **{key: _number(one[key]) for key in _NUMBERS},
        "track": words.plain(f"export.track_{one['track']}"),
        "stage": words.plain(f"stages.{one['stage']}"),
        "gate": _gate(one["gate"], words),
        "values_trend": trend and words.plain(f"export.trend_{trend}"),
        "not_rated": ", ".join(one["not_rated"]) or None,
        "changed_since": _yes(one["changed_since"], words),
        "promotion": _yes(one["promotion"], words),
        "excluded_reason": why,
    }


def _parts(one: Mapping[str, Any], words: Words) -> Iterator[dict[str, Cell]]:
    for part in one["quarters"]:
        yield {
            **{key: one[key] for key in _WHO},
            "quarter": part["cycle"],
            **{key: _number(part[key]) for key in ("rating", "k", "v")},
            "gate": _gate(part["gate"], words),
        }


def _number(shown: str | None) -> Decimal | None:
    return None if shown is None else Decimal(shown)


def _gate(gate: bool | str | None, words: Words) -> str | None:  # noqa: FBT001  as exported
    return None if gate is None else words.plain(f"export.gate_{gate}".lower())


def _yes(answer: bool | None, words: Words) -> str | None:  # noqa: FBT001  as exported
    return None if answer is None else words.plain("export.yes" if answer else "export.no")


def _sheet(
    name: str, columns: Mapping[str, Kind], rows: Iterable[Mapping[str, Cell]], words: Words
) -> Sheet:
    heads = tuple(Column(words.plain(f"export.{key}"), kind) for key, kind in columns.items())
    lines = tuple(tuple(row[key] for key in columns) for row in rows)
    return Sheet(words.plain(f"export.sheet_{name}"), heads, lines)
