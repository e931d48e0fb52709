"""A company's policy.toml as a Policy, with every fault named where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import Any

from cattrs import BaseValidationError, Converter
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

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
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise PolicyFileError(f"{path} can't be read: {fault}") from fault
    try:
        return parse(written)
    except PolicyFileError as fault:
        raise PolicyFileError(f"{path}: {fault}") from fault


def parse(written: str) -> Policy:
    """The policy that the text describes. Raises PolicyFileError."""
    try:
        values = tomllib.loads(written, parse_float=str)
    except tomllib.TOMLDecodeError as fault:
        raise PolicyFileError(f"not valid TOML: {fault}") from fault
    try:
        policy = _converter().structure(values, Policy)
    except BaseValidationError as fault:
        raise PolicyFileError("; ".join(_faults(fault, written))) from fault
    _check(policy)
    return policy


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


def _faults(fault: BaseException, written: str, key: str = "") -> Iterable[str]:
    if isinstance(fault, ForbiddenExtraKeysError):
        for name in sorted(fault.extra_fields):
            yield f"{_line(name, written)}{name} is no setting of {_section(fault.cl)}"
    elif isinstance(fault, BaseExceptionGroup):
        for inner in fault.exceptions:
            notes = " ".join(getattr(inner, "__notes__", []))
            found = re.search(r"attribute (\w+)", notes)
            yield from _faults(inner, written, found[1] if found else key)
    else:
        yield f"{_line(key, written)}{key}: {fault}"


def _section(part: type) -> str:
    names = {Policy: "the policy", Step: "[[scale]]", Quota: "[[distribution.quotas]]"}
    return names.get(part, f"[{part.__name__.lower()}]")


def _line(key: str, written: str) -> str:
    for number, line in enumerate(written.splitlines(), start=1):
        if key and re.match(rf"\s*\[*{re.escape(key)}\b", line):
            return f"line {number}: "
    return ""


def _check(policy: Policy) -> None:
    """What each number alone can't show."""
    scores = [step.score for step in policy.scale]
    if len(scores) < 2 or scores != sorted(set(scores), reverse=True):  # noqa: PLR2004
        raise PolicyFileError("scale: the steps must be different and stand best first")
    if policy.scoring.performance_weight + policy.scoring.values_weight != 1:
        raise PolicyFileError("performance_weight and values_weight must make 100 % together")
    if policy.scoring.gate_rating not in scores:
        raise PolicyFileError("gate_rating must be a step of the scale")
    curve = [place for place, _ in policy.scoring.values_curve]
    if len(curve) < 2 or curve != sorted(set(curve)):  # noqa: PLR2004
        raise PolicyFileError("values_curve must rise from place to place")
    if policy.distribution.count_on not in {"rating", "performance"}:
        raise PolicyFileError('count_on must be "rating" or "performance"')
    if not policy.values:
        raise PolicyFileError("values: name at least one ladder")
    if policy.calendar.hours_from >= policy.calendar.hours_to:
        raise PolicyFileError("hours_from must be earlier than hours_to")
