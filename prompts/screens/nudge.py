"""Who has heard nothing from their manager for long: in the message of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prompts.card import Button, CardPart, Heading, Paragraph, Small
from prompts.render import Words

ROWS = 5
"""People named at a time (ours): more than a few are no beginning."""


@dataclass(frozen=True, slots=True)
class Silent:
    """One of them."""

    employee: str
    name: str
    heard_on: date | None
    """When the manager's last word reached them; None: there was none yet."""
    looks: Mapping[str, int]
    """How many of their goals look how, as they noted it last: "on_track", "at_risk", …"""


def section(rows: tuple[Silent, ...], more: int, words: Words) -> tuple[CardPart, ...]:
    """A line and a button each."""
    parts: list[CardPart] = [
        Heading(words.plain("nudge.title")),
        Paragraph(words("nudge.why")),
    ]
    for row in rows:
        text = words("nudge.row", person=row.name, on=row.heard_on, looks=row.looks)
        button = Button("feedback.open", words.plain("nudge.say"), row.employee)
        parts.append(Paragraph(text, button))
    if more:
        parts.append(Small(words("nudge.more", more=more)))
    return tuple(parts)
