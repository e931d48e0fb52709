"""A company's policy.toml as a Policy, with every fault named where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import holidays
from cattrs import BaseValidationError, Converter
from cattrs.errors import (
    AttributeValidationNote,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn

from bot.faults import Fault
from bot.policy_lines import line_of, lines_of, section
from prompts import library
from review import policy_check
from review.policy import (
    Calendar,
    CheckIns,
    Distribution,
    Flow,
    Interviews,
    MatrixLines,
    Membership,
    NoSurprise,
    OneOnOnes,
    Policy,
    Quota,
    Rewards,
    Scoring,
    SheetRules,
    Step,
)
from review.policy_check import Complaint, Place

_TOML_LINE = re.compile(r"\s*\((?:at|line) (?:line )?(\d+).*\)$")


LONGEST = 60
"""Characters of a wrong value that are repeated."""


class PolicyFileError(Fault):
    """The policy file makes no sense; the words say where and what to write instead."""


class _WrongValueError(ValueError):
    """A value that is not of its kind."""

    def __init__(self, key: str, value: object) -> None:
        super().__init__(key)
        self.key = key
        self.value = value


IN_DATABASE = "policy.unknown_ladder"
"""A ladder that does not ship may have been imported: known once the database is open."""


def read(path: Path) -> Policy:
    """The policy in that file. Raises PolicyFileError."""
    file = str(path)
    try:
        written = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise PolicyFileError("policy.encoding", file=file) from fault
    except OSError as fault:
        raise PolicyFileError("policy.unreadable", file=file, fault=fault) from fault
    return parse(written, file)


def parse(written: str, file: str = "") -> Policy:
    """The policy that the text describes. Raises PolicyFileError, which names every line."""
    try:
        values = tomllib.loads(written, parse_float=str)
    except tomllib.TOMLDecodeError as fault:
        raise _faulty(file, [_no_toml(str(fault), written)]) from fault
    _refuse(_shapes(values, Policy), written, file)
    try:
        policy = _converter().structure(values, Policy)
    except BaseValidationError as fault:
        _refuse(_faults(fault), written, file)
        raise
    known = policy_check.complaints(policy, library.load(), holidays.list_supported_countries())
    _refuse((one for one in known if one.key != IN_DATABASE), written, file)
    return policy


def _no_toml(said: str, written: str) -> Fault:
    """What the parser says, with the line that it names; the last one at the text's end."""
    found = _TOML_LINE.search(said)
    line = int(found[1]) if found else len(written.splitlines()) or 1
    fault = Fault("policy.no_toml", said=said.partition(" (at ")[0])
    return Fault("policy.at", line=line, name="", fault=fault)


def _refuse(found: Iterable[Complaint], written: str, file: str) -> None:
    """Say all of them by line, if there are any."""
    lines = lines_of(written)
    placed = sorted(
        ((line_of(one.place, lines, one.beside) or 0, one) for one in found),
        key=lambda pair: (pair[0], tuple(map(str, pair[1].place))),
    )
    if placed:
        raise _faulty(file, [_at(line, one) for line, one in placed])


def _faulty(file: str, faults: list[Fault]) -> PolicyFileError:
    return PolicyFileError("policy.faulty", file=file, faults=tuple(faults))


def _at(line: int, found: Complaint) -> Fault:
    name = next((part for part in reversed(found.place) if isinstance(part, str)), "")
    return Fault("policy.at", line=line, name=name, fault=Fault(found.key, **found.facts))


def _shapes(values: Any, wanted: Any, place: Place = ()) -> Iterator[Complaint]:
    """Where a section, a list or an entry of one is something else."""
    if is_dataclass(wanted):
        if not isinstance(values, dict):
            yield Complaint(place, "policy.section", {"section": section(place)})
            return
        for name, kind in get_type_hints(wanted).items():
            if name in values:
                yield from _shapes(values[name], kind, (*place, name))
    elif get_origin(wanted) is tuple:
        yield from _list_shapes(values, get_args(wanted), place)
    elif get_origin(wanted) is Mapping and not isinstance(values, dict):
        yield Complaint(place, "policy.wording")


def _list_shapes(values: Any, kinds: tuple[Any, ...], place: Place) -> Iterator[Complaint]:
    if not isinstance(values, list):
        key = "policy.entries" if is_dataclass(kinds[0]) else "policy.list"
        yield Complaint(place, key, {"section": section((*place, 0))})
    elif kinds[-1] is ...:
        for number, value in enumerate(values):
            yield from _shapes(value, kinds[0], (*place, number))
    elif len(values) != len(kinds):
        yield Complaint(place, "policy.parts", {"value": repr(values), "parts": len(kinds)})


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(Fraction, _fraction)
    converter.register_structure_hook(date, _exactly(date, "policy.date"))
    converter.register_structure_hook(time, _exactly(time, "policy.time"))
    converter.register_structure_hook(int, _exactly(int, "policy.whole"))
    converter.register_structure_hook(bool, _exactly(bool, "policy.truth"))
    converter.register_structure_hook(str, _exactly(str, "policy.words"))
    for part in (
        Step, Scoring, Quota, Distribution, MatrixLines, SheetRules, Membership, Calendar,
        NoSurprise, Interviews, OneOnOnes, Rewards, CheckIns, Flow, Policy,
    ):  # fmt: skip
        fn = make_dict_structure_fn(part, converter, _cattrs_forbid_extra_keys=True)
        converter.register_structure_hook(part, fn)
    return converter


def _fraction(value: Any, _: type) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise _WrongValueError("policy.number", value)
    words = str(value).strip()
    try:
        share = words.endswith("%")
        return Fraction(words.rstrip("% ")) / (100 if share else 1)
    except (ValueError, ZeroDivisionError) as fault:
        raise _WrongValueError("policy.number", value) from fault


def _exactly(wanted: type, key: str) -> Any:
    def structure(value: Any, _: type) -> Any:
        if type(value) is not wanted:
            raise _WrongValueError(key, value)
        return value

    return structure


def _faults(fault: BaseException, place: Place = ()) -> Iterator[Complaint]:
    """What the converter found, each with where it stands."""
    if isinstance(fault, ForbiddenExtraKeysError):
        for name in sorted(fault.extra_fields):
            close = get_close_matches(name, [field.name for field in fields(fault.cl)], n=1)
            facts = {"section": section(place), "close": close[0] if close else ""}
            yield Complaint((*place, name), "policy.unknown", facts)
    elif isinstance(fault, BaseExceptionGroup):
        for inner in fault.exceptions:
            yield from _faults(inner, place + _noted(inner))
    elif isinstance(fault, KeyError):
        yield Complaint(place, "policy.missing", {"section": section(place[:-1])})
    elif isinstance(fault, _WrongValueError):
        yield Complaint(place, fault.key, {"value": _shown(fault.value)})
    else:
        yield Complaint(place, "policy.odd", {"said": str(fault)})


def _shown(value: object) -> str:
    """A value as the file has it; a long one is cut."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _noted(fault: BaseException) -> Place:
    """The step inwards that the converter noted on a fault."""
    for note in getattr(fault, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()
