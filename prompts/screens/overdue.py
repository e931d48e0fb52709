"""Actions past their day, in the message of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prompts.card import Buttons, CardPart, Heading, Paragraph, Small
from prompts.render import Words
from prompts.screens.actions import Kind, Line, marks

ROWS = 4
"""Of each kind, in one message (ours)."""
SHORT = 120
"""Characters of an action in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueFacts:
    """What is past its day around the reader, as far as the message names it."""

    lines: Mapping[Kind, tuple[Line, ...]]
    counts: Mapping[Kind, int]
    """How many of each kind there are in all."""


def section(facts: OverdueFacts, words: Words) -> tuple[CardPart, ...]:
    """The own ones, with what may be said of them; then what others agreed with the reader."""
    parts: list[CardPart] = [Heading(words.plain("actions.overdue_title"))]
    for kind, lines in facts.lines.items():
        for line in lines:
            text = " ".join(line.text.split())
            said = text if len(text) <= SHORT else text[: SHORT - 1] + "…"
            who = {"person": line.person, "own": kind is Kind.MINE}
            parts.append(Paragraph(words("actions.overdue", text=said, due=line.due, **who)))
            if kind is Kind.MINE:
                parts.append(Buttons(marks(line.id, line.going, words)))
    more = sum(facts.counts.values()) - sum(map(len, facts.lines.values()))
    if more:
        parts.append(Small(words("actions.overdue_more", count=more)))
    return tuple(parts)
