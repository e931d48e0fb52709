"""Words that remember which block they come from, and say a template's mistake in its place."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Self

from jinja2 import TemplateError, TemplateSyntaxError

from prompts.card import Span, Text, plain
from prompts.render import Words, source_line


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a template, and where."""

    file: str
    line: int
    block: str
    why: str


class Keyed(str):
    """A text with the key of its block."""

    __slots__ = ("key",)
    key: str

    def __new__(cls, text: str, key: str) -> Self:
        """Keep the key beside the text."""
        made = super().__new__(cls, text)
        made.key = key
        return made


class Traced(Words):
    """Words whose mistakes are kept instead of raised."""

    def __init__(self, locale: str) -> None:
        """No mistake so far."""
        super().__init__(locale)
        self.mistakes: dict[Mistake, None] = {}

    def __call__(self, key: str, **facts: object) -> Text:
        """The text; of a template with a mistake, where it is."""
        try:
            text = super().__call__(key, **facts)
        except (TemplateError, KeyError) as fault:
            mistake = self._mistake(key, fault)
            self.mistakes[mistake] = None
            return (Span(Keyed(f"⚠️ {mistake.file}:{mistake.line}", key), bold=True),)
        return tuple(Span(Keyed(one.text, key), one.bold, one.italic) for one in text)

    def plain(self, key: str, **facts: object) -> str:
        """The words alone, still with their key."""
        return Keyed(plain(self(key, **facts)), key)

    def _mistake(self, key: str, fault: Exception) -> Mistake:
        subject, block = key.split(".", 1)
        file = f"prompts/{self.locale}/{subject}.j2"
        if isinstance(fault, KeyError):
            return Mistake(file, 1, block, f"{{% block {block} %}} ?")
        if isinstance(fault, TemplateSyntaxError):
            return Mistake(file, fault.lineno, block, fault.message or "")
        return Mistake(file, self._line_of(subject), block, str(fault))

    def _line_of(self, subject: str) -> int:
        """The line of the template in the exception at hand."""
        frames = traceback.extract_tb(sys.exc_info()[2])
        lines = [one.lineno for one in frames if Path(one.filename).name == f"{subject}.j2"]
        return source_line(f"{self.locale}/{subject}.j2", lines[-1] or 1) if lines else 1


def keys(thing: object) -> Iterator[str]:
    """The keys of all texts in a screen, in their order."""
    if isinstance(thing, Keyed):
        yield thing.key
    elif isinstance(thing, (tuple, list)):
        for one in thing:
            yield from keys(one)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from keys(getattr(thing, field.name))
