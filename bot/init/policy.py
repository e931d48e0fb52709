"""The few numbers of the policy that init asks for, put into the file where they stand."""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from pathlib import Path

from bot.init.checks import WrongError
from bot.policy_lines import Place, lines_of
from review.policy import Policy

_VALUE = re.compile(r"(\s*[\w-]+\s*=\s*)(\"[^\"]*\"|[^\s#]+)(.*)", re.DOTALL)


def template() -> str:
    """The policy with every number of the scheme, as it comes with the program."""
    beside = Path(__file__).parents[2] / "policy.toml"
    installed = Path(sysconfig.get_path("data")) / "share" / "nosurprise" / "policy.toml"
    return next(file for file in (installed, beside) if file.exists()).read_text(encoding="utf-8")


def _days(text: str) -> str:
    if not re.fullmatch(r"\d{1,3}", text):
        raise WrongError("bad_number", value=text)
    return str(int(text))


def _time(text: str) -> str:
    found = re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", text)
    if found is None:
        raise WrongError("bad_time", value=text)
    return f"{int(found[1]):02}:{found[2]}:00"


def _share(text: str) -> str:
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*[%％]?", text)
    if found is None:
        raise WrongError("bad_share", value=text)
    return f'"{found[1]} %"'


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the policy: its words' key, where it stands, and how an answer is written."""

    key: str
    place: Place
    written: Callable[[str], str]


NUMBERS = (
    Number("self_due", ("calendar", "self_due"), _days),
    Number("manager_due", ("calendar", "manager_due"), _days),
    Number("hours_from", ("calendar", "hours_from"), _time),
    Number("hours_to", ("calendar", "hours_to"), _time),
    Number("smallest_group", ("distribution", "smallest_group"), _days),
    Number("top", ("distribution", "quotas", "top", "at_most"), _share),
    Number("lower", ("distribution", "quotas", "lower", "at_least"), _share),
)


def now(number: Number, policy: Policy) -> str | None:
    """What the policy has there, as a person writes it; None: it has no such thing."""
    found: object = policy
    for name in number.place:
        if isinstance(found, tuple):
            found = next((quota for quota in found if quota.key == name), None)
        else:
            found = getattr(found, str(name), None)
    if isinstance(found, time):
        return f"{found:%H:%M}"
    if isinstance(found, Fraction):
        return f"{float(found * 100):g} %"
    return None if found is None else str(found)


def put(text: str, number: Number, literal: str, policy: Policy) -> str:
    """The file's text with that number in it; its comments stay.

    A number that the file leaves out is added to its section, or to a new one; of a quota that
    the file leaves out, all of its kind would have to be written, so those stay as they are.
    """
    place = _indexed(number.place, policy)
    lines = text.splitlines(keepends=True)
    at = lines_of(text).get(place)
    if at is not None:
        lines[at - 1] = _VALUE.sub(lambda found: f"{found[1]}{literal}{found[3]}", lines[at - 1])
        return "".join(lines)
    if len(place) > 2:  # noqa: PLR2004  a quota
        return text
    added = f"{place[-1]} = {literal}\n"
    section = lines_of(text).get(place[:-1])
    if section is None:
        return f"{text.rstrip()}\n\n[{place[0]}]\n{added}".lstrip()
    return "".join([*lines[:section], added, *lines[section:]])


def _indexed(place: Place, policy: Policy) -> Place:
    """The place with the quota's number instead of its key."""
    if "quotas" not in place:
        return place
    keys = [quota.key for quota in policy.distribution.quotas]
    return (*place[:2], keys.index(str(place[2])), place[3])
