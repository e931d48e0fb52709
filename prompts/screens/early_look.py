"""A manager's early look at their reports, while there is still time to help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prompts.card import Button, Card, CardPart, Heading, Paragraph, Small
from prompts.render import Words

ROWS = 30
"""People on one card; a message of Slack's takes 50 blocks (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """One report in an early look."""

    employee: str
    name: str
    heard_on: date | None
    """When a critical word of the manager last reached them in the period; None: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFacts:
    """A manager's early look at a period that is not over."""

    cycle: str
    ends: date
    rows: tuple[LookRow, ...]
    """Those who have heard nothing come first."""
    more: int
    rating_to: str
    days_before: int


def card(facts: LookFacts, words: Words) -> Card:
    """The question, and a row a person; a press opens the feedback form, and keeps nothing."""
    title = words.plain("early_look.title", cycle=facts.cycle)
    shown = {"cycle": facts.cycle, "ends": facts.ends, "rating": facts.rating_to}
    parts: list[CardPart] = [
        Heading(title),
        Paragraph(words("early_look.question", **shown)),
        Small(words("early_look.how", days=facts.days_before)),
    ]
    for row in facts.rows:
        text = words("early_look.row", person=row.name, on=row.heard_on)
        label = words.plain("early_look.below")
        parts.append(Paragraph(text, Button("feedback.open", label, row.employee)))
    if facts.more:
        parts.append(Small(words("early_look.more", more=facts.more)))
    return Card(title, tuple(parts))
