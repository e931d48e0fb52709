"""What doctor says: one line a thing looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from prompts.render import Words


class Mark(StrEnum):
    """How the thing is."""

    OK = "✓"
    WRONG = "✗"
    NOTE = "!"
    SAID = "·"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, and how it is; `key` names its words, those of doctor.j2 without the file."""

    mark: Mark
    key: str
    facts: Mapping[str, object]

    def text(self, words: Words) -> str:
        """The whole line, with what to do where something is to be done."""
        key = self.key if "." in self.key else f"doctor.{self.key}"
        return f"{self.mark} {' '.join(words.plain(key, **self.facts).split())}"


def ok(key: str, **facts: object) -> Line:
    """It is as it has to be."""
    return Line(Mark.OK, key, facts)


def wrong(key: str, **facts: object) -> Line:
    """The bot can't do its work like this."""
    return Line(Mark.WRONG, key, facts)


def note(key: str, **facts: object) -> Line:
    """The bot works, and somebody should know or do something."""
    return Line(Mark.NOTE, key, facts)


def said(key: str, **facts: object) -> Line:
    """Nothing that a program could look at."""
    return Line(Mark.SAID, key, facts)
