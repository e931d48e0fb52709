"""Deadlines in the message of a day: what waits, and who is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, plain
from prompts.render import Words
from prompts.screens.status import Waiting, show


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be reminded of."""

    thing: Waiting
    slot: str
    """"before", "on" or "after" the deadline; "asked": the person asked to be told today."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is past its deadline at other people's desks."""

    kind: str
    """The source's; its words are reminders.<kind>_late."""
    cycle: str
    people: tuple[str, ...]


def reminder(things: Sequence[Due], late: Sequence[Overdue], words: Words) -> tuple[CardPart, ...]:
    """Everything that waits, and who is past a deadline."""
    parts: list[CardPart] = [Heading(words.plain("reminders.title"))]
    buttons: list[Button] = []
    for due in things:
        key = f"reminders.{due.thing.kind}_{due.slot}"
        parts.append(Paragraph(words(key, **_facts(due.thing))))
        if not due.thing.names:
            buttons.extend(due.thing.buttons(words))
    parts += [
        Paragraph(words(f"reminders.{one.kind}_late", cycle=one.cycle, people=one.people))
        for one in late
    ]
    if any(due.thing.names for due in things):
        buttons.append(show(words))
    return (*parts, *([Buttons(tuple(buttons))] if buttons else []))


def all_in(cycle: str, words: Words) -> Card:
    """A manager can rate everybody now."""
    text = words("reminders.all_in", cycle=cycle)
    return Card(plain(text), (Paragraph(text, show(words)),))


def _facts(thing: Waiting) -> dict[str, object]:
    return {
        "cycle": thing.cycle,
        "count": len(thing.items),
        "people": thing.names,
        "due": thing.due,
    }
