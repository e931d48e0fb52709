"""What both hands wrote, side by side: a row of the sheet, a ladder."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prompts.card import FormPart, Heading, Paragraph, Quote, Small
from prompts.render import Words
from prompts.screens import scoring
from review import scale, values
from review.assessment import Assessment
from review.goals import Row
from review.library import Ladder
from review.record import Review
from review.wording import say

SIGNER, PERSON = "sign_off", "held"
"""Whose screen it is: the file of words in which the two hands are spoken of."""


def row(row_: Row, record: Review, words: Words, voice: str = SIGNER) -> Iterator[FormPart]:
    """One row: what it asks, both scores, both comments."""
    own, manager = record.self_part, record.manager_part
    yield Heading(scoring.row_title(row_, words))
    yield from scoring.standards(row_, words)
    yield from scoring.actual(row_, record.actuals, words)
    scores = [part.scores.get(row_.id) if part else None for part in (own, manager)]
    yield _both(scores[0], scores[1], words, voice)
    for key, part in (("own", own), ("manager", manager)):
        comment = part.comments.get(row_.id) if part else None
        yield from quote(f"{key}_words", comment, words, voice)


def ladder(one: Ladder, record: Review, words: Words, voice: str = SIGNER) -> Iterator[FormPart]:
    """One value: both scores, the levels, both cases."""
    own, manager = record.self_part, record.manager_part
    yield Heading(say(one.name, words.locale))
    yield _both(_climbed(own, one), _climbed(manager, one), words, voice)
    for number, text in enumerate(one.levels):
        answers = {
            key: words.plain(f"scoring.level_{level}")
            for key, part in (("own", own), ("manager", manager))
            if part and (level := (*part.levels.get(one.key, ()), *[None] * 5)[number])
        }
        if answers:
            yield Small(
                words(
                    f"{voice}.level",
                    number=number + 1,
                    text=say(text, words.locale),
                    own=answers.get("own"),
                    manager=answers.get("manager"),
                )
            )
    for key, part in (("own", own), ("manager", manager)):
        case = part.cases.get(f"value:{one.key}") if part else None
        yield from quote(f"{key}_case", case, words, voice)


def quote(key: str, text: str | None, words: Words, voice: str = SIGNER) -> Iterator[FormPart]:
    """Somebody's words, with whose they are; nothing where there are none."""
    if text:
        yield Small(words(f"{voice}.{key}"))
        yield Quote(text)


def _climbed(part: Assessment | None, one: Ladder) -> Fraction | None:
    if part is None or one.key not in part.levels:
        return None
    return values.climb(part.levels[one.key]).score


def _both(own: Fraction | None, manager: Fraction | None, words: Words, voice: str) -> Paragraph:
    return Paragraph(
        words(
            f"{voice}.both",
            own=None if own is None else scale.show(own),
            manager=None if manager is None else scale.show(manager),
        )
    )
