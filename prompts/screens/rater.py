"""Who rates somebody, in each running cycle whose period is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prompts.card import Card, Paragraph, Small, plain
from prompts.render import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One cycle."""

    cycle: str
    manager: str
    """Empty: nobody can be found."""
    kept: bool
    """Whether that is other than the roster says."""


def rated_by(person: str, rows: Sequence[Row], words: Words) -> Card:
    """A line a cycle, and how to change it."""
    lines = [
        words("rater.row", person=person, cycle=one.cycle, manager=one.manager, kept=one.kept)
        for one in rows
    ]
    how = Small(words("rater.how"))
    return Card(plain(lines[0]), (*(Paragraph(line) for line in lines), how))
