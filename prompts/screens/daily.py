"""The bot's own message of a day: its sections, and putting it off."""

from __future__ import annotations

from collections.abc import Sequence

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Card,
    CardPart,
    Field,
    Form,
    Heading,
    Paragraph,
    Small,
    plain,
)
from prompts.render import Words

HOUR, TOMORROW, MONDAY, DATE = "hour", "tomorrow", "monday", "date"
LATER = {
    HOUR: "remind.later:hour",
    TOMORROW: "remind.later",
    MONDAY: "remind.later:monday",
    DATE: "remind.later:date",
}
"""For how long it can be put off by one press, a date being asked for; buttons of one row have
each an id of their own."""
FORM = "later"
ROOM = 38
"""Parts that one message takes on every platform, those for putting it off aside (ours)."""
SUMMARY = 150
"""Characters that a notification of it shows at most."""


def card(sections: Sequence[tuple[CardPart, ...]], words: Words) -> Card | None:
    """All of them in one message; None where none has anything to say.

    Of a day with more than a message takes, the last sections are named by a line alone: better
    than a piece of each.
    """
    parts: tuple[CardPart, ...] = ()
    left_out = False
    for section in filter(None, sections):
        if parts and len(parts) + len(section) > ROOM:
            left_out = True
        else:
            parts += section
    if left_out:
        parts = (*parts, Small(words("daily.left_out")))
    title = next((part.text for part in parts if isinstance(part, Heading)), None)
    if title is None:
        return None
    first = next((plain(part.text) for part in parts if isinstance(part, Paragraph)), "")
    offered = tuple(
        Button(action, words.plain(f"daily.later_{one}"), one) for one, action in LATER.items()
    )
    summary = words.plain("daily.summary", title=title, first=first) if first else title
    return Card(summary[:SUMMARY], (*parts, Small(words("daily.not_now")), Buttons(offered)))


def done(words: Words) -> Card:
    """What a message that stands there shows once nothing of it is left."""
    text = words("daily.done")
    return Card(plain(text), (Paragraph(text),))


def notes(cards: Sequence[Card], words: Words) -> tuple[CardPart, ...]:
    """What came up, one thing after the other."""
    if not cards:
        return ()
    parts = (part for card in cards for part in card.parts)
    return (Heading(words.plain("daily.notes")), *parts)


def later(answers: Answers, problem: str | None, words: Words) -> Form:
    """On which day it is to come again."""
    when = Field(
        key="until",
        ask=Ask.DATE,
        label=words.plain("daily.which_day"),
        value=answers.get("until") or None,
        problem=problem,
    )
    return Form(
        key=FORM,
        subject="",
        title=words.plain("daily.later_title"),
        parts=(when,),
        submit=words.plain("daily.later_send"),
        close=words.plain("common.close"),
    )
