"""Performance beside values, for HR and managers alone: in words, and as a picture's data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prompts.card import Card, CardPart, Heading, Paragraph, Picture, Small, Text
from prompts.render import Words
from review import scale
from review.matrix import Box, Third
from review.policy import Policy

NAMED, LISTED = 6, 30
"""People named in a box of the picture, and in its line of words (ours)."""
DOWN = (Third.HIGH, Third.MIDDLE, Third.LOW)
ACROSS = (Third.LOW, Third.MIDDLE, Third.HIGH)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixFacts:
    """Whom somebody may see, each in their box; never the viewer."""

    cycle: str
    people: Mapping[Box, tuple[str, ...]]
    """Names by box, in their order."""
    whole: bool
    """The whole company, or the viewer's own scope."""
    animals: bool
    """Whether boxes go by the scheme's animals, or by plain labels."""
    policy: Policy

    @property
    def rated(self) -> int:
        """How many people there are in it."""
        return sum(map(len, self.people.values()))


def matrix(facts: MatrixFacts, words: Words, *, picture: bool) -> Card:
    """The boxes with people in them, the best first; with the picture, or saying that it comes."""
    title = _title(facts, words)
    parts: list[CardPart] = [Heading(title), Small(_note(facts, words))]
    parts += _lines(facts, words)
    if picture:
        parts.append(
            Picture(json.dumps(_data(facts, words), ensure_ascii=False), _alt(facts, words))
        )
    else:
        parts.append(Small(words("matrix.picture_follows")))
    return Card(title, tuple(parts))


def _lines(facts: MatrixFacts, words: Words) -> Iterator[CardPart]:
    for box in boxes():
        names = facts.people.get(box, ())
        if names:
            more = max(0, len(names) - LISTED)
            yield Paragraph(
                words(
                    "matrix.line",
                    label=label(box, words, animals=facts.animals),
                    where=label(box, words, animals=False) if facts.animals else "",
                    count=len(names),
                    names=names[:LISTED],
                    more=more,
                )
            )


def boxes() -> tuple[Box, ...]:
    """All nine, the best performance first, then the best values."""
    return tuple(Box(down, across) for down in DOWN for across in reversed(ACROSS))


def label(box: Box, words: Words, *, animals: bool) -> str:
    """A box's animal, or what it is in plain words."""
    if animals:
        return words.plain(f"matrix.animal_{box.animal}")
    return words.plain(
        "matrix.plain",
        performance=words.plain(f"matrix.third_{box.performance}"),
        values=words.plain(f"matrix.third_{box.values}"),
    )


def _title(facts: MatrixFacts, words: Words) -> str:
    key = "matrix.title_whole" if facts.whole else "matrix.title_own"
    return words.plain(key, cycle=facts.cycle)


def _note(facts: MatrixFacts, words: Words) -> Text:
    return words("matrix.note", people=facts.rated)


def _alt(facts: MatrixFacts, words: Words) -> str:
    """How many are in which box."""
    counts = tuple(
        (label(box, words, animals=facts.animals), len(names))
        for box in boxes()
        if (names := facts.people.get(box, ()))
    )
    return words.plain("matrix.alt", counts=counts)


def _data(facts: MatrixFacts, words: Words) -> dict[str, object]:
    return {
        "kind": "matrix",
        "title": _title(facts, words),
        "note": words.plain("matrix.note", people=facts.rated),
        "columns": [_side("values", one, facts.policy, words) for one in ACROSS],
        "rows": [
            {
                "label": _side("performance", down, facts.policy, words),
                "boxes": [_box(Box(down, across), facts, words) for across in ACROSS],
            }
            for down in DOWN
        ],
    }


def _side(which: str, third: Third, policy: Policy, words: Words) -> str:
    """What a row or column is: "Performance high: 3.75 and above"."""
    lines = policy.matrix
    limits = {
        "performance": (lines.performance_low_to, lines.performance_high_from),
        "values": (lines.values_low_below, lines.values_high_from),
    }
    low, high = limits[which]
    return words.plain(
        f"matrix.{which}_{third}",
        low=scale.show(low),
        high=scale.show(high),
    )


def _box(box: Box, facts: MatrixFacts, words: Words) -> dict[str, object]:
    names = facts.people.get(box, ())
    more = len(names) - NAMED
    return {
        "label": label(box, words, animals=True) if facts.animals else "",
        "figure": words.plain("matrix.figure", count=len(names)) if names else "",
        "names": names[:NAMED],
        "more": words.plain("matrix.more", count=more) if more > 0 else "",
    }
