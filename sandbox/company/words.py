"""The sample company's phrases, and how one is picked: by a name, never by chance."""

from __future__ import annotations

import json
import zlib
from functools import cache
from importlib import resources
from typing import Any

Bank = dict[str, Any]


@cache
def phrases(locale: str) -> Bank:
    """Short phrases by kind."""
    bank: Bank = _read(f"phrases.{locale}.json")
    return bank


@cache
def stories(locale: str) -> dict[str, list[dict[str, str]]]:
    """What happened, by kind of work: five stories each.

    Of a story: `what` happened, what somebody `did`, what came of it (`good`, `ok` or `poor`), and
    which standard was `missed` if it came out poorly.
    """
    bank: dict[str, list[dict[str, str]]] = _read(f"stories.{locale}.json")
    return bank


@cache
def goals() -> list[Bank]:
    """Kinds of goals, told by a word in their title, with what is measured; the last fits all."""
    bank: list[Bank] = _read("goals.json")
    return bank


def number(*names: object) -> int:
    """A number that depends on the names alone, and looks random."""
    return zlib.crc32("/".join(str(name) for name in names).encode())


def pick(options: list[str], *names: object) -> str:
    """One of the options, the same one for the same names."""
    return options[number(*names) % len(options)]


def joined(locale: str, *sentences: str) -> str:
    """Sentences in a row; Chinese takes no space between them."""
    return ("" if locale == "zh-CN" else " ").join(sentences)


def _read(name: str) -> Any:
    file = resources.files(__package__) / "words" / name
    return json.loads(file.read_text(encoding="utf-8"))
