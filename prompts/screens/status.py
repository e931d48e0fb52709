"""What waits for somebody, and how far a cycle is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, Small
from prompts.render import Words
from prompts.screens.progress import Progress, paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits for somebody."""

    kind: str
    """"self": the own review; "ratings": people to rate."""
    cycle: str
    due: date
    review: str = ""
    people: tuple[tuple[str, str], ...] = ()
    """Review and name of those who wait for a rating."""


MOST = 10
"""People named on a card; the team list has them all."""


def waiting(things: tuple[Waiting, ...], words: Words) -> Card:
    """What waits for somebody, with the buttons to begin."""
    if not things:
        text = words("status.nothing")
        return Card(words.plain("status.nothing"), (Paragraph(text),))
    title = words.plain("status.waits_title")
    parts: list[CardPart] = [Heading(title)]
    for thing in things:
        key = f"status.waits_{thing.kind}"
        facts = {"cycle": thing.cycle, "due": thing.due, "count": len(thing.people)}
        parts.append(Paragraph(words(key, **facts)))
        if thing.kind == "self":
            label = words.plain("reminders.start_self")
            parts.append(Buttons((Button("self_review.open", label, thing.review, "primary"),)))
        elif thing.people:
            shown = thing.people[:MOST]
            buttons = tuple(Button("rate.change", name, review) for review, name in shown)
            parts.append(Buttons(buttons))
    return Card(title, tuple(parts))


def status(
    progress: tuple[Progress, ...],
    own: tuple[tuple[str, str], ...],
    words: Words,
    *,
    picture: bool = False,
    unsent: int = 0,
) -> Card:
    """How far the cycles are (for those who may see it), and where the own review stands.

    `picture` says that one follows, `unsent` how many messages could not be sent (for HR).
    """
    title = words.plain("status.title")
    parts: list[CardPart] = [Heading(title)]
    for one in progress:
        parts.extend(paragraphs(one, words))
    if picture:
        parts.append(Small(words("progress.picture_follows")))
    for cycle, stage in own:
        name = words.plain(f"stages.{stage}")
        parts.append(Paragraph(words("status.own", cycle=cycle, stage=name)))
    if len(parts) == 1:
        parts.append(Small(words("status.no_cycle")))
    if unsent:
        parts.append(Paragraph(words("deliveries.hint", count=unsent)))
    return Card(title, tuple(parts))
