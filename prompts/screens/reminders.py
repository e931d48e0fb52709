"""The one reminder a day, for all that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph
from prompts.render import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to be reminded of."""

    kind: str
    """"self" or "ratings"."""
    slot: str
    """"before", "on" or "after" the deadline; "asked": the person asked to be told today."""
    due: date
    cycle: str
    review: str = ""
    people: tuple[str, ...] = ()


def reminder(
    things: tuple[Due, ...], late: tuple[tuple[str, tuple[str, ...]], ...], words: Words
) -> Card:
    """Everything that waits, in one message; `late`: a cycle and who is past its deadline."""
    title = words.plain("reminders.title")
    parts: list[CardPart] = [Heading(title)]
    buttons: list[Button] = []
    for thing in things:
        key = f"reminders.{thing.kind}_{thing.slot}"
        parts.append(Paragraph(words(key, **_facts(thing))))
        if thing.kind == "self":
            label = words.plain("reminders.start_self")
            buttons.append(Button("self_review.open", label, thing.review, "primary"))
    for cycle, people in late:
        parts.append(Paragraph(words("reminders.escalation", cycle=cycle, people=people)))
    buttons.append(Button("remind.later", words.plain("reminders.later"), "tomorrow"))
    summary = words.plain("reminders.title")
    return Card(summary, (*parts, Buttons(tuple(buttons))))


def _facts(thing: Due) -> dict[str, object]:
    return {
        "cycle": thing.cycle,
        "count": len(thing.people),
        "people": thing.people,
        "due": thing.due,
    }
