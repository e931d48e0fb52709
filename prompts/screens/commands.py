"""Answers to words sent to the bot."""

from __future__ import annotations

from prompts.card import Card, Heading, Paragraph
from prompts.render import Words

KEYS = {"1on1": "one_on_one"}
"""Commands whose texts go by another name, for none begins with a number."""


def help_card(entries: tuple[str, ...], words: Words) -> Card:
    """Every command that is for this person."""
    title = words.plain("commands.help_title")
    return Card(title, (Heading(title), *_lines(entries, words)))


def unknown(said: str, near: str | None, entries: tuple[str, ...], words: Words) -> Card:
    """A word that means nothing here, and the nearest one that does."""
    text = words("commands.unknown", said=said, near=near)
    return Card(words.plain("commands.unknown", said=said, near=near), (
        Paragraph(text),
        *_lines(entries, words),
    ))  # fmt: skip


def hr_only(admins: tuple[str, ...], words: Words) -> Card:
    """A command for HR, and who that is."""
    text = words("commands.hr_only", admins=admins)
    return Card(words.plain("commands.hr_only", admins=admins), (Paragraph(text),))


def _lines(entries: tuple[str, ...], words: Words) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(words(f"commands.{KEYS.get(entry, entry.replace(' ', '_'))}"))
        for entry in entries
    )
