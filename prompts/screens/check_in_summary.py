"""Last week's check-ins in counts, for the HR channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prompts.card import Card, CardPart, Heading, Paragraph, Small
from prompts.render import Words
from review.check_in import Share

ROWS, SHORT = 20, 60
"""Departments that are named (the scheme's number for the board)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFacts:
    """A company's week."""

    week: date
    answered: int
    asked: int
    looks: Mapping[str, int]
    """How many goals were said to look how that week."""
    open: int
    late: int
    stuck: int
    departments: Mapping[str, Share]
    """Each big enough to be a group; "" are the others together."""


def card(facts: SummaryFacts, words: Words) -> Card:
    """How many answered, how goals look, how actions go; then each department's share."""
    title = words.plain("check_in_summary.title", week=facts.week)
    parts: list[CardPart] = [
        Heading(title),
        Paragraph(words("check_in_summary.answered", answered=facts.answered, asked=facts.asked)),
    ]
    if facts.looks:
        parts.append(Paragraph(words("check_in_summary.goals", looks=facts.looks)))
    if facts.open:
        counts = {"open": facts.open, "late": facts.late, "stuck": facts.stuck}
        parts.append(Paragraph(words("check_in_summary.actions", **counts)))
    rows = sorted(facts.departments.items(), key=lambda row: (row[0] == "", row[0]))
    shown = tuple((name[:SHORT], one.answered, one.asked) for name, one in rows[:ROWS])
    if shown:
        more = max(0, len(rows) - ROWS)
        parts.append(Paragraph(words("check_in_summary.departments", rows=shown, more=more)))
    parts.append(Small(words("check_in_summary.only_counts")))
    return Card(title, tuple(parts))
