"""The quarters that a year's review is made of, and what they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prompts.card import FormPart, Heading, Paragraph, Small, Text
from prompts.render import Words
from review import scale
from review.annual import Annual, Part, annual
from review.people import Track
from review.policy import Policy
from review.wording import say

WHOLE = 4
"""Quarters of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """What there is of one person's year."""

    track: Track
    parts: tuple[Part, ...]
    """The quarters (or half-years) that are rated, in their order."""
    unrated: tuple[str, ...] = ()
    """Names of those that still wait for a rating."""
    unsigned: tuple[str, ...] = ()
    """Names of those that are not signed off by all."""
    hidden: tuple[str, ...] = ()
    """Names of those whose numbers the reader may not see."""
    changed: bool = False
    """Whether a quarter was changed after the year was rated."""


def quarters(facts: YearFacts, policy: Policy, words: Words) -> Iterator[FormPart]:
    """A line a quarter, then how they make the year's numbers, in words."""
    kind = "halves" if facts.track is Track.SENIOR else "quarters"
    yield Heading(words.plain(f"year.{kind}_title"))
    for part in facts.parts:
        hidden = part.name in facts.hidden
        told = words("year.hidden", name=part.name) if hidden else _line(part, policy, words)
        yield Paragraph(told)
    made = annual(facts.parts, policy, has_reports=False)  # the gate is said from the outcome
    yield Small(_made(facts, made, words))
    gated = tuple(name for name in made.gated if name not in facts.hidden)
    if gated:
        yield Paragraph(words("year.gated", names=gated))
    if facts.changed:
        yield Paragraph(words("year.changed"))
    if facts.unrated:
        yield Paragraph(words("year.unrated", names=facts.unrated))
    if facts.unsigned:
        yield Small(words("year.unsigned", names=facts.unsigned))


def _line(part: Part, policy: Policy, words: Words) -> Text:
    rating = part.rating
    known = rating is not None and rating in scale.steps(policy)
    name = say(scale.step(rating, policy).name, words.locale) if known and rating else ""
    return words(
        "year.line",
        name=part.name,
        k=scale.shown(part.k),
        v=scale.shown(part.v),
        rating="–" if rating is None else scale.show(rating),
        rating_name=name,
        gated=part.gated,
    )


def _made(facts: YearFacts, made: Annual, words: Words) -> Text:
    covered = sum(part.quarters for part in facts.parts)
    half = 2 if facts.track is Track.SENIOR else 1
    return words(
        "year.made",
        whole=covered >= WHOLE,
        count=made.parts,
        of=WHOLE // half,
        halves=facts.track is Track.SENIOR,
        k=scale.shown(made.outcome.k),
        v=scale.shown(made.outcome.v),
        plus=scale.show(made.adjustment) if made.adjustment > 0 else None,
        minus=scale.show(-made.adjustment) if made.adjustment < 0 else None,
    )


def in_short(facts: YearFacts, words: Words) -> Text:
    """The year in one line: what each quarter was rated."""
    shown = [
        (part.name[4:], "–" if part.rating is None else scale.show(part.rating))
        for part in facts.parts
    ]
    shown += [(name[4:], "–") for name in facts.unrated]
    return words("year.short", quarters=tuple(shown))
