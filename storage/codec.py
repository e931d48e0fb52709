"""Frozen records to JSON and back, without loss and without pickle."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar, get_origin

from cattrs import Converter

from review import scale
from storage.errors import NaiveTimeError

T = TypeVar("T")


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise NaiveTimeError(f"{value.isoformat()} has no time zone")
    return value.isoformat()


def _to_moment(value: Any, _: type[datetime]) -> datetime:
    moment = datetime.fromisoformat(value)
    _moment(moment)
    return moment


def _to_fraction(value: Any, _: type[Fraction]) -> Fraction:
    if not isinstance(value, str):
        raise TypeError(f"a score is kept as text, not as {type(value).__name__}")
    return Fraction(value)


def _is_set(kind: Any) -> bool:
    return frozenset in (kind, get_origin(kind))


def _score_words(score: Fraction) -> str:
    try:
        return scale.show(score)
    except ValueError:
        return scale.shown(score)


def _converter(score: Callable[[Fraction], str] = str) -> Converter:
    made = Converter()
    made.register_unstructure_hook(Fraction, score)
    made.register_structure_hook(Fraction, _to_fraction)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_unstructure_hook(datetime, _moment)
    made.register_structure_hook(datetime, _to_moment)
    made.register_unstructure_hook(Enum, lambda value: value.value)
    made.register_unstructure_hook_func(_is_set, sorted)
    return made


_CONVERTER = _converter()
_FOR_PEOPLE = _converter(_score_words)


def plain(record: Any) -> Any:
    """Dicts, lists and texts of a record, ready for JSON; scores as "7/2", times as ISO 8601."""
    return _CONVERTER.unstructure(record)


def for_people(record: Any) -> Any:
    """As `plain`, for people to read: scores as "3.5", what has no end to 2 places."""
    return _FOR_PEOPLE.unstructure(record)


def structure(value: Any, shape: type[T]) -> T:
    """The record that `plain` made these dicts and lists of."""
    return _CONVERTER.structure(value, shape)


def dump(record: Any) -> bytes:
    """A record as JSON. Raises NaiveTimeError for a time without zone."""
    return dump_plain(plain(record))


def load(data: bytes, shape: Any) -> Any:
    """The record that `dump` wrote. Fields that are new since then take their defaults."""
    return _CONVERTER.structure(json.loads(data), shape)


def dump_plain(value: Any) -> bytes:
    """JSON of what is JSON already. Raises TypeError for anything else, ValueError for NaN."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def load_facts(data: bytes) -> Mapping[str, Any]:
    """A mapping that `dump_plain` wrote."""
    facts = json.loads(data)
    if not isinstance(facts, dict):
        raise TypeError("facts are a mapping")
    return facts
