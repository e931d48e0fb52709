"""A chat that knows only text: every card and form has to fit it too."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from handlers.ports import Outcome, Parcel, Sent
from prompts.card import Card, Field, Form, Heading, Paragraph, Quote, Small, plain


@dataclass
class TextChat:
    """A chat that knows only text: the second platform that every card has to fit."""

    platform: str = "text"
    posts: dict[str, tuple[str, Card]] = field(default_factory=dict)
    log: list[tuple[str, str, bool]] = field(default_factory=list)
    """To whom, which kind, and whether it was an edit."""
    _cards: dict[str, Card] = field(default_factory=dict)

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        return ()

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        self._cards[parcel.delivery] = card
        return json.dumps(as_text(card)).encode()

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        self.posts[parcel.delivery] = (parcel.to, self._cards[parcel.delivery])
        self.log.append((parcel.to, parcel.kind, parcel.ts is not None))
        return Sent(parcel.to, parcel.ts or parcel.delivery)

    async def look_back(self, parcel: Parcel, since: datetime) -> Sent | None:
        return None

    def cards(self, to: str) -> list[Card]:
        return [card for receiver, card in self.posts.values() if receiver == to]


def as_text(card: Card | Form) -> str:
    """A card or form as lines of text."""
    lines: list[str] = []
    for part in card.parts:
        match part:
            case Heading(text):
                lines.append(f"## {text}")
            case Paragraph(text) | Small(text):
                lines.append(plain(text))
            case Quote(words, fold_at):
                lines.append("> " + (words[:fold_at] if fold_at else words))
            case Field():
                options = " / ".join(option.value for option in part.options)
                must = "*" if part.required else ""
                wrong = f" !! {part.problem}" if part.problem else ""
                lines.append(f"? {part.label}{must} [{options}] = {part.value or ''}{wrong}")
            case _:
                pass
    return "\n".join(lines)
