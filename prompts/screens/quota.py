"""HR is told that a platform's calls of the month run low, and what becomes of the messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prompts.card import Card, Heading, Paragraph
from prompts.render import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaFacts:
    """How the calls stood."""

    used: int
    """By the bot alone."""
    calls: int
    """That the month has."""
    refused: bool
    """The platform takes none any more."""
    until: date
    """When the next month begins."""
    low: bool
    """Only what may not wait is sent from now on; else it is a warning."""


def card(facts: QuotaFacts, words: Words) -> Card:
    """What is used, what happens now, and what to do."""
    state = "used_up" if facts.refused else "low" if facts.low else "near"
    title = words.plain(f"quota.title_{state}")
    said = {"used": facts.used, "calls": facts.calls, "until": facts.until}
    parts = (
        Heading(title),
        Paragraph(words(f"quota.{state}", **said)),
        Paragraph(words("quota.what_to_do")),
    )
    return Card(title, parts)
