"""Each part of a form as a message, as it is asked where there are no forms."""

from __future__ import annotations

from collections.abc import Iterator

from prompts.card import Card, Form
from prompts.render import Words
from prompts.screens import asking

SURFACE = "012abc"


def cards_of(form: Form, words: Words) -> Iterator[tuple[str, Card]]:
    """The first and the last question of that step, and what is looked over or read, by name."""
    around = asking.Around(surface=SURFACE, turn=123, words=words)
    asked = asking.questions([form], words)
    for index in sorted({0, len(asked) - 1} & {*range(len(asked))}):
        card = asking.question(form, asked, index, around, opens=True, again=False)
        yield f"question {asked[index].key}", card
    if asked:
        yield "all answers", asking.overview([form], asked, around)
    else:
        yield "to read", asking.reading(form, around)
