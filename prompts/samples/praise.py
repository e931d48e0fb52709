"""Screens of praise: the form, what stands in the channel and with both, the board of a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from prompts.card import Span
from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes, ladders
from prompts.screens import praise
from review.praise import Deed, Praise

NOW = datetime(2026, 10, 16, 9, 30, tzinfo=UTC)


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    values = tuple((one.key, one.name) for one in ladders(sizes))
    facts = praise.PraiseFacts(values=values, public=True, limit=3000)
    full = {praise.WHO: "U1", praise.VALUE: values[0][0], praise.TEXT: sizes.words}
    one = Praise(
        id="p1",
        giver="mia",
        receiver="e1",
        value=values[0][0],
        said=Deed(text=sizes.words, value_name=values[0][1]),
        at=NOW,
    )
    why = (Span(words.plain("refused.person_unknown", said=sizes.name)),)
    names = tuple(f"{sizes.name} {number}" for number in range(sizes.groups * 4))
    month = praise.BoardFacts(
        month=DAY.replace(day=1),
        count=len(names) + 1,
        values=tuple((name, 4 + number) for number, (_, name) in enumerate(values)),
        receivers=names,
        givers=names[:3],
    )
    private = replace(facts, public=False)
    return {
        "praise": praise.form(facts, full, words),
        "praise, blank": praise.form(private, {}, words, sent=True),
        "praise, not yet": praise.form(
            replace(facts, limit=20), full | {praise.WHO: ""}, words, sent=True, why=why
        ),
        "praise done": praise.done(sizes.name, words, public=True),
        "praise done, no channel": praise.done(sizes.name, words, public=False),
        "praise in the channel": praise.in_channel(one, sizes.name, sizes.name, words),
        "praise told": praise.told(one, sizes.name, words, public=True),
        "praise told, no channel": praise.told(one, sizes.name, words, public=False),
        "praise given": praise.given(one, sizes.name, DAY, words, public=True),
        "praise given, no channel": praise.given(one, sizes.name, DAY, words, public=False),
        "praise taken back": praise.given(
            replace(one, taken_at=NOW), sizes.name, DAY, words, public=True
        ),
        "praise no more": praise.taken(words),
        "praise of a month": praise.board(month, words),
        "praise of a month, one": praise.board(
            replace(
                month, count=1, values=((values[0][1], 1),), receivers=names[:1], givers=names[:1]
            ),
            words,
        ),
    }
