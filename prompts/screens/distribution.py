"""How the ratings are spread: the HR board, a manager's own scope, and one rating's effect."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prompts.card import (
    Bar,
    Card,
    CardPart,
    Chart,
    FormPart,
    Heading,
    Paragraph,
    Small,
    Text,
    plain,
)
from prompts.render import Words
from prompts.screens import distribution_words as chart
from prompts.screens.distribution_facts import GroupLine, Preview, SpreadFacts
from review.distribution import with_rating
from review.policy import Quota, Score


def board(facts: SpreadFacts, words: Words) -> Card:
    """The living board of a cycle in the HR channel: groups and counts, never a person."""
    title = words.plain("distribution.board_title", cycle=facts.cycle)
    parts: list[CardPart] = [Heading(title), Paragraph(_progress(facts, words))]
    if facts.bars:
        parts.append(_chart(facts, words))
    parts.extend(_spread(facts, words))
    if facts.closed:
        parts.append(Small(words("distribution.closed")))
    return Card(_summary(facts, words), tuple(parts))


def own_scope(facts: SpreadFacts, words: Words, *, picture: bool) -> Card:
    """The answer to "distribution", for the asker's own scope."""
    title = title_of(facts, words)
    parts: list[CardPart] = [Heading(title), Paragraph(_progress(facts, words))]
    parts.extend(_spread(facts, words))
    if picture and facts.bars:
        parts.append(chart.picture(facts, title, words))
    elif facts.bars:
        parts.append(Small(words("distribution.picture_follows")))
    return Card(_summary(facts, words), tuple(parts))


def body(facts: SpreadFacts, words: Words) -> Iterator[CardPart]:
    """The bars and all that is said of them; where too few are rated, that it is so."""
    if facts.bars:
        yield _chart(facts, words)
    yield from _spread(facts, words)


def turned(facts: SpreadFacts, group: GroupLine, words: Words, *, resolved: bool) -> Card:
    """A reply in the board's thread: a group turned strong, or is strong no longer."""
    key = "distribution.resolved" if resolved else "distribution.turned_strong"
    text = words(key, **chart.group_facts(group, words))
    title = words.plain("distribution.board_title", cycle=facts.cycle)
    return Card(plain(text), (Paragraph(text), chart.picture(facts, title, words)))


def closing(facts: SpreadFacts, words: Words) -> Card:
    """A reply in the board's thread when the cycle closes, with the picture as it ended."""
    text = words("distribution.ended", cycle=facts.cycle, rated=facts.rated, people=facts.people)
    title = words.plain("distribution.board_title", cycle=facts.cycle)
    parts: tuple[CardPart, ...] = (Paragraph(text),)
    if facts.bars:
        parts = (*parts, chart.picture(facts, title, words))
    return Card(plain(text), parts)


def preview_parts(preview: Preview, rating: Score | None, words: Words) -> Iterator[FormPart]:
    """What this rating does to the manager's own sub-tree, in words."""
    if rating is None:
        return
    seen = with_rating(preview.counts, preview.old, rating, preview.policy)
    if not seen.after:
        smallest = preview.policy.smallest_group
        yield Small(words("distribution.preview_small", smallest=smallest))
        return
    out = [reading for reading in seen.after if reading.outside and reading.quota.warns]
    for reading in out:
        yield Paragraph(words("distribution.preview_out", **chart.reading_facts(reading, words)))
    now = {reading.quota.key: reading for reading in seen.after}
    for mended in seen.mends:
        reading = now[mended.quota.key]
        yield Small(words("distribution.preview_back", **chart.reading_facts(reading, words)))
    if not out and not seen.mends:
        yield Small(words("distribution.preview_fine", of=seen.after[0].rated))


def title_of(facts: SpreadFacts, words: Words) -> str:
    """The title of somebody's own scope."""
    key = "company_title" if facts.company else "own_title"
    return words.plain(f"distribution.{key}", cycle=facts.cycle)


def _summary(facts: SpreadFacts, words: Words) -> str:
    return words.plain(
        "distribution.summary",
        cycle=facts.cycle,
        rated=facts.rated,
        people=facts.people,
        out=len(facts.groups) + facts.more,
    )


def _progress(facts: SpreadFacts, words: Words) -> Text:
    return words(
        "distribution.progress", self_in=facts.self_in, rated=facts.rated, people=facts.people
    )


def _spread(facts: SpreadFacts, words: Words) -> Iterator[CardPart]:
    if not facts.bars:
        yield Small(words("distribution.too_few"))
        return
    yield Small(words("distribution.steps", steps=chart.step_facts(facts)))
    for reading in chart.in_order(facts.readings):
        yield Paragraph(words("distribution.line", **chart.reading_facts(reading, words)))
    if not facts.groups:
        yield Paragraph(words("distribution.all_fine"))
        return
    yield Heading(words.plain("distribution.groups_title"))
    for group in facts.groups:
        yield Paragraph(words("distribution.group", **chart.group_facts(group, words)))
    if facts.more:
        yield Small(words("distribution.more", more=facts.more))


def _chart(facts: SpreadFacts, words: Words) -> Chart:
    bars = tuple(
        Bar(
            chart.band(reading.quota, words),
            (_percent(Fraction(reading.count, reading.rated)), _percent(_wanted(reading.quota))),
        )
        for reading in chart.in_order(facts.readings)
    )
    names = ("distribution.chart_now", "distribution.chart_policy")
    return Chart(
        words.plain("distribution.chart_title"), tuple(words.plain(name) for name in names), bars
    )


def _wanted(quota: Quota) -> Fraction:
    """The policy's share: its limit, or the middle of its range."""
    given = [share for share in (quota.at_least, quota.at_most) if share is not None]
    return sum(given, Fraction(0)) / len(given) if given else Fraction(0)


def _percent(share: Fraction) -> float:
    return round(float(share) * 100, 1)
