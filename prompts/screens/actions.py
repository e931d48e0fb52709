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


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsFacts:
    """The own ones, and the team's."""

    mine: tuple[Line, ...]
    team: tuple[Line, ...]
    today: date


def listed(facts: ActionsFacts, words: Words) -> Card:
    """All of them, each with three buttons."""
    if not facts.mine and not facts.team:
        text = words("actions.nothing")
        return Card(plain(text), (Paragraph(text),))
    parts: list[CardPart] = []
    for key, lines in (("mine", facts.mine), ("team", facts.team)):
        if lines:
            parts.append(Heading(words.plain(f"actions.{key}", count=len(lines))))
            for line in lines[:MOST]:
                parts += _line(line, facts.today, words)
            if len(lines) > MOST:
                parts.append(Small(words("actions.more", count=len(lines) - MOST)))
    counts = {"mine": len(facts.mine), "team": len(facts.team)}
    return Card(words.plain("actions.summary", **counts), tuple(parts))


def _line(line: Line, today: date, words: Words) -> Iterator[CardPart]:
    yield Quote(line.text, fold_at=FOLD)
    late = line.due < today
    text = words(f"actions.is_{line.going}", person=line.person, due=line.due, late=late)
    yield Small(text)
    yield Buttons(
        tuple(
            Button(f"action:{how}", words.plain(f"actions.{how}"), line.id)
            for how in (Going.DONE, Going.GOING, Going.STUCK)
            if how is not line.going
        )
    )
