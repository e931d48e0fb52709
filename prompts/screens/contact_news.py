"""For HR's admins: what a platform's contacts have that the roster does not have yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prompts.card import Card, CardPart, Heading, Paragraph
from prompts.render import Words

NAMED = 10
"""People named one by one; of more it is said how many (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFacts:
    """What came since the roster was last compared."""

    platform: str
    joined: int
    left: tuple[tuple[str, date], ...]
    """Names, and the day on which each left."""
    changed: int
    """People whose details changed."""
    departments: bool
    """Whether departments changed."""


def card(facts: NewsFacts, words: Words) -> Card:
    """What there is, and how to look it over."""
    title = words.plain("contact_news.title", platform=words.plain(f"platform.{facts.platform}"))
    parts: list[CardPart] = [Heading(title)]
    if facts.joined:
        parts.append(Paragraph(words("contact_news.joined", count=facts.joined)))
    if facts.left:
        more = max(len(facts.left) - NAMED, 0)
        parts.append(Paragraph(words("contact_news.left", people=facts.left[:NAMED], more=more)))
    if facts.changed or facts.departments:
        found = {"count": facts.changed, "departments": facts.departments}
        parts.append(Paragraph(words("contact_news.changed", **found)))
    parts.append(Paragraph(words("contact_news.what_to_do")))
    return Card(title, tuple(parts))
