"""A company's policy.toml as a Policy, with every fault named where it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from cattrs import BaseValidationError, Converter
from cattrs.errors import (
    AttributeValidationNote,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn

from bot import policy_check
from bot.policy_lines import Place, line_of, lines_of, section
from review.policy import (
    Calendar,
    Distribution,
    Flow,
    MatrixLines,
    Membership,
    Policy,
    Quota,
    Scoring,
    SheetRules,
    Step,
)


class PolicyFileError(Exception):
    """The policy file makes no sense; the message says where and what to write instead."""


def read(path: Path) -> Policy:
    """The policy in that file. Raises PolicyFileError."""
    try:
        written = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise PolicyFileError(f"{path} is not written in UTF-8; save it so") from fault
    except OSError as fault:
        raise PolicyFileError(f"{path} can't be read: {fault.strerror}") from fault
    try:
        return parse(written)
    except PolicyFileError as fault:
        raise PolicyFileError(f"{path}: {fault}") from fault


def parse(written: str) -> Policy:
    """The policy that the text describes. Raises PolicyFileError, which names every line."""
    try:
        values = tomllib.loads(written, parse_float=str)
    except tomllib.TOMLDecodeError as fault:
        raise PolicyFileError(f"not valid TOML: {fault}") from fault
    _refuse(_shapes(values, Policy), written)
    try:
        policy = _converter().structure(values, Policy)
    except BaseValidationError as fault:
        _refuse(_faults(fault), written)
        raise
    _refuse(policy_check.complaints(policy), written)
    return policy


def _refuse(found: Iterable[policy_check.Complaint], written: str) -> None:
    """Say all of them by line, if there are any."""
    lines = lines_of(written)
    said = sorted((line_of(place, lines) or 0, place, words) for place, words in found)
    if said:
        raise PolicyFileError("; ".join(_sentence(*one) for one in said))


def _sentence(line: int, place: Place, words: str) -> str:
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    where = f"line {line}: " if line else ""
    return f"{where}{name}: {words}" if name else f"{where}{words}"


def _shapes(values: Any, wanted: Any, place: Place = ()) -> Iterator[policy_check.Complaint]:
    """Where a section, a list or an entry of one is something else."""
    if is_dataclass(wanted):
        if not isinstance(values, dict):
            yield place, f"should be a section, {section(place)}"
            return
        for name, kind in get_type_hints(wanted).items():
            if name in values:
                yield from _shapes(values[name], kind, (*place, name))
    elif get_origin(wanted) is tuple:
        yield from _list_shapes(values, get_args(wanted), place)
    elif get_origin(wanted) is Mapping and not isinstance(values, dict):
        yield place, "should be words by language, such as { zh-CN = '…', en = '…' }"


def _list_shapes(
    values: Any, kinds: tuple[Any, ...], place: Place
) -> Iterator[policy_check.Complaint]:
    if not isinstance(values, list):
        many = f"[[{place[-1]}]] entries" if is_dataclass(kinds[0]) else "a list in brackets, []"
        yield place, f"should be {many}"
    elif kinds[-1] is ...:
        for number, value in enumerate(values):
            yield from _shapes(value, kinds[0], (*place, number))
    elif len(values) != len(kinds):
        yield place, f"{values!r} should have {len(kinds)} parts"


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(Fraction, _fraction)
    converter.register_structure_hook(date, _exactly(date, "a date such as 2026-11-11"))
    converter.register_structure_hook(time, _exactly(time, "a time such as 09:00:00"))
    converter.register_structure_hook(int, _exactly(int, "a whole number"))
    converter.register_structure_hook(bool, _exactly(bool, "true or false"))
    converter.register_structure_hook(str, _exactly(str, "words in quotes"))
    for part in (
        Step, Scoring, Quota, Distribution, MatrixLines, SheetRules, Membership, Calendar, Flow,
        Policy,
    ):  # fmt: skip
        fn = make_dict_structure_fn(part, converter, _cattrs_forbid_extra_keys=True)
        converter.register_structure_hook(part, fn)
    return converter


def _fraction(value: Any, _: type) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError(  # noqa: TRY004  a fault of the file, like any other
            f"{value!r} should be a number, such as 3.75, or a share, such as '20 %'"
        )
    words = str(value).strip()
    try:
        share = words.endswith("%")
        return Fraction(words.rstrip("% ")) / (100 if share else 1)
    except (ValueError, ZeroDivisionError) as fault:
        raise ValueError(f"{words!r} is not a number; write 3.75, 15/4 or '20 %'") from fault


def _exactly(wanted: type, words: str) -> Any:
    def structure(value: Any, _: type) -> Any:
        if type(value) is not wanted:
            raise ValueError(f"{value!r} should be {words}")
        return value

    return structure


def _faults(fault: BaseException, place: Place = ()) -> Iterator[policy_check.Complaint]:
    """What the converter found, each with where it stands."""
    if isinstance(fault, ForbiddenExtraKeysError):
        for name in sorted(fault.extra_fields):
            close = get_close_matches(name, [field.name for field in fields(fault.cl)], n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            yield (*place, name), f"there is no such setting in {section(place)}{hint}"
    elif isinstance(fault, BaseExceptionGroup):
        for inner in fault.exceptions:
            yield from _faults(inner, place + _noted(inner))
    elif isinstance(fault, KeyError):
        yield place, f"is missing in this {section(place[:-1])}"
    else:
        yield place, str(fault)


def _noted(fault: BaseException) -> Place:
    """The step inwards that the converter noted on a fault."""
    for note in getattr(fault, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()
