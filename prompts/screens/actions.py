"""What was agreed in interviews, and how it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, Quote, Small, plain
from prompts.render import Words
from review.interview import Going
from review.learning import ActionKind

MOST = 10
"""Actions on one card, shared out among its kinds; the earliest due come first."""
FOLD, SHORT = 300, 120
"""Characters of an action, and of what is in its way, that the card shows."""


class Kind(StrEnum):
    """What an action is to whoever reads the list."""

    MINE = "mine"
    PROMISED = "promised"
    """Others agreed to do it in the reader's own talk."""
    TEAM = "team"
    MENTORING = "mentoring"
    """The reader is the mentor."""


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
    kind: ActionKind = ActionKind.TASK
    link: str = ""
    mentor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsFacts:
    """What is open around the reader, as far as the message shows it."""

    lines: Mapping[Kind, tuple[Line, ...]]
    counts: Mapping[Kind, int]
    """How many of each kind there are in all."""
    today: date


def listed(facts: ActionsFacts, words: Words) -> Card:
    """The first of each kind, each with its buttons, and the way to all."""
    if not any(facts.counts.values()):
        text = words("actions.nothing")
        return Card(plain(text), (Paragraph(text),))
    parts: list[CardPart] = []
    for kind, lines in facts.lines.items():
        if lines:
            parts.append(Heading(words.plain(f"actions.{kind}", count=facts.counts[kind])))
            for line in lines:
                parts += _line(line, kind, facts.today, words)
    total, shown = sum(facts.counts.values()), sum(map(len, facts.lines.values()))
    if total > shown:
        parts.append(Small(words("actions.more", count=total - shown)))
        most = max(facts.counts, key=lambda kind: facts.counts[kind] - len(facts.lines[kind]))
        parts.append(Buttons((Button("actions.open", words.plain("actions.all"), most),)))
    counts = {str(kind): count for kind, count in facts.counts.items()}
    return Card(words.plain("actions.summary", **counts), tuple(parts))


def shares(counts: Mapping[Kind, int]) -> Mapping[Kind, int]:
    """How many of each kind are shown: all if they fit, else in turn one of each."""
    shown = dict.fromkeys(counts, 0)
    while (left := MOST - sum(shown.values())) > 0:
        open_kinds = [key for key, count in counts.items() if shown[key] < count]
        if not open_kinds:
            break
        for key in open_kinds[:left]:
            shown[key] += 1
    return shown


def _line(line: Line, kind: Kind, today: date, words: Words) -> Iterator[CardPart]:
    yield Quote(line.text, fold_at=FOLD)
    yield from what(line.kind, line.link, line.mentor, words)
    late = line.due < today
    said = " ".join(line.words.split())
    facts = {"person": line.person, "due": line.due, "late": late}
    if line.going is Going.STUCK:
        facts["said"] = said if len(said) <= SHORT else said[: SHORT - 1] + "…"
    yield Small(words(f"actions.is_{line.going}", **facts))
    if kind is Kind.MENTORING:
        names = ("close", "decline")
        yield Buttons(
            tuple(
                Button(f"mentor.{one}", words.plain(f"mentoring.{one}"), line.id) for one in names
            )
        )
    else:
        drop = Button("action:drop", words.plain("actions.drop"), line.id)
        yield Buttons((*marks(line.id, line.going, words), drop))


def what(kind: ActionKind, link: str, mentor: str, words: Words) -> Iterator[Small]:
    """That it is a training, or with whom as mentor; of a task nothing."""
    if kind is not ActionKind.TASK:
        yield Small(words(f"actions.what_{kind}", link=link, mentor=mentor))


def marks(action: str, going: Going, words: Words) -> tuple[Button, ...]:
    """The presses that say how it goes, but for the one that was said."""
    return tuple(
        Button(f"action:{how}", words.plain(f"actions.{how}"), action)
        for how in (Going.DONE, Going.GOING, Going.STUCK)
        if how is not going
    )
