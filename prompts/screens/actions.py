"""What was agreed in interviews, and how it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, Quote, Small, plain
from prompts.render import Words
from review.interview import Going

MOST = 10
"""Actions of each kind on one card; the earliest due come first."""
FOLD = 300
"""Characters of an action that the card shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One action that is not done."""

    id: str
    text: str
    person: str
    """Of the own: with whom it was agreed, if it is from another's interview; of the team's:
    who does it."""
    due: date
    going: Going
    words: str = ""
    """What is in the way, where somebody said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsFacts:
    """The own ones, and the team's."""

    mine: tuple[Line, ...]
    promised: tuple[Line, ...] = ()
    """What others agreed to do in the reader's own talk."""
    team: tuple[Line, ...]
    today: date


def listed(facts: ActionsFacts, words: Words) -> Card:
    """All of them, each with three buttons."""
    kinds = (("mine", facts.mine), ("promised", facts.promised), ("team", facts.team))
    if not any(lines for _, lines in kinds):
        text = words("actions.nothing")
        return Card(plain(text), (Paragraph(text),))
    parts: list[CardPart] = []
    for key, lines in kinds:
        if lines:
            parts.append(Heading(words.plain(f"actions.{key}", count=len(lines))))
            for line in lines[:MOST]:
                parts += _line(line, facts.today, words)
            if len(lines) > MOST:
                parts.append(Small(words("actions.more", count=len(lines) - MOST)))
    counts = {key: len(lines) for key, lines in kinds}
    return Card(words.plain("actions.summary", **counts), tuple(parts))


def _line(line: Line, today: date, words: Words) -> Iterator[CardPart]:
    yield Quote(line.text, fold_at=FOLD)
    late = line.due < today
    text = words(f"actions.is_{line.going}", person=line.person, due=line.due, late=late)
    yield Small(text)
    if line.words:
        yield Quote(line.words, fold_at=FOLD)
    drop = Button("action:drop", words.plain("actions.drop"), line.id)
    yield Buttons((*marks(line.id, line.going, words), drop))


def marks(action: str, going: Going, words: Words) -> tuple[Button, ...]:
    """The presses that say how it goes, but for the one that was said."""
    return tuple(
        Button(f"action:{how}", words.plain(f"actions.{how}"), action)
        for how in (Going.DONE, Going.GOING, Going.STUCK)
        if how is not going
    )
