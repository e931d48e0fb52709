"""How far a cycle is: the whole, then each department or team, in words and as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from prompts.card import Card, CardPart, Heading, Paragraph, Picture, Small
from prompts.render import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many people, and how many of them have come how far."""

    people: int
    self_in: int
    rated: int
    signed: int = 0
    """Signed by everybody above: on the way to the interview, or past it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A department, or a manager's own reports."""

    kind: str
    """"department" or "manager"."""
    name: str
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a cycle is among those whom somebody may see."""

    cycle: str
    whole: Counts
    self_due: date
    manager_due: date
    hr_due: date
    today: date
    """Where the viewer is."""
    lines: tuple[Line, ...] = ()
    """The slowest first."""
    more: int = 0
    """Lines that are not among them."""


def paragraphs(facts: Progress, words: Words) -> Iterator[CardPart]:
    """The whole in a line, and each department or team in one."""
    whole = {**_counts(facts.whole), "self_due": facts.self_due, "manager_due": facts.manager_due}
    yield Paragraph(words("progress.cycle", cycle=facts.cycle, hr_due=facts.hr_due, **whole))
    for line in facts.lines:
        late = any(part["late"] for part in _parts(line.counts, facts, words))
        name = _name(line, words)
        yield Paragraph(words("progress.line", name=name, late=late, **_counts(line.counts)))
    if facts.more:
        yield Small(words("progress.more", more=facts.more))


def card(facts: Progress, words: Words) -> Card:
    """The message with the picture; its words say the same."""
    title = words.plain("progress.title", cycle=facts.cycle)
    summary = words.plain("progress.summary", cycle=facts.cycle, **_counts(facts.whole))
    picture = Picture(json.dumps(_data(facts, title, words), ensure_ascii=False), summary)
    return Card(summary, (Heading(title), *paragraphs(facts, words), picture))


def _data(facts: Progress, title: str, words: Words) -> dict[str, object]:
    kind = facts.lines[0].kind if facts.lines else ""
    kinds = {line.kind for line in facts.lines}
    return {
        "kind": "progress",
        "title": title,
        "note": words.plain("progress.people", people=facts.whole.people),
        "parts": _parts(facts.whole, facts, words, due=True),
        "rows_heading": words.plain(f"progress.by_{kind if len(kinds) == 1 else 'both'}"),
        "rows": [
            {
                "label": _name(line, words),
                "figure": words.plain("progress.people", people=line.counts.people),
                "parts": _parts(line.counts, facts, words),
            }
            for line in facts.lines
        ],
        "more": words.plain("progress.more", more=facts.more) if facts.more else "",
    }


def _parts(
    counts: Counts, facts: Progress, words: Words, *, due: bool = False
) -> list[dict[str, object]]:
    """The parts of the way, each with how many have it behind them; signing once somebody has."""
    way = [
        ("self", counts.self_in, facts.self_due),
        ("rated", counts.rated, facts.manager_due),
    ]
    if facts.whole.signed:
        way.append(("signed", counts.signed, facts.hr_due))
    return [
        {
            "label": words.plain(f"progress.part_{name}"),
            "share": done / counts.people,
            "figure": words.plain("progress.figure", done=done, people=counts.people),
            "note": words.plain("progress.due", due=day) if due else "",
            "late": facts.today > day and done < counts.people,
        }
        for name, done, day in way
    ]


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "people": counts.people,
        "self_in": counts.self_in,
        "rated": counts.rated,
        "signed": counts.signed,
    }


def _name(line: Line, words: Words) -> str:
    return words.plain(f"progress.kind_{line.kind}", name=line.name)
