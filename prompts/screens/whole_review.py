"""A whole review to read, step by step: what its pages for signers and for the person share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from prompts.card import Button, Buttons, Form, FormPart, Heading, Quote, Rule, Small
from prompts.render import Words
from prompts.screens import both_hands, scoring
from review import scale
from review.library import Ladder
from review.no_surprise import gaps
from review.policy import Policy
from review.record import Review
from review.wording import say

FOLD = 600
"""Characters of a text that are shown at first; few texts are longer (ours)."""
SHORT = 60
"""Characters of a title in a line."""
IN_FULL = "form.read"


class Whole(Protocol):
    """What a reader's facts have to say of the review."""

    @property
    def record(self) -> Review:
        """The review itself."""

    @property
    def ladders(self) -> tuple[Ladder, ...]:
        """Every ladder of the company."""

    @property
    def policy(self) -> Policy:
        """The rules that it was rated by."""

    @property
    def asked(self) -> tuple[Ladder, ...]:
        """The ladders that were climbed; none for a year."""


def asked(ladders: Iterable[Ladder], policy: Policy) -> tuple[Ladder, ...]:
    """Those of the ladders that the policy has people climb."""
    return tuple(ladder for ladder in ladders if ladder.key in policy.values)


def steps(facts: Whole) -> int:
    """The whole first, the sheet's pages, a step a ladder."""
    return 1 + len(scoring.pages(facts.record.sheet)) + len(facts.asked)


def page(
    facts: Whole, words: Words, step: int, voice: str, first: Callable[[], Iterator[FormPart]]
) -> Iterator[FormPart]:
    """What stands on that step, with every text in full; `first` makes the first one."""
    pages = scoring.pages(facts.record.sheet)
    if step == 0:
        yield from first()
    elif step <= len(pages):
        for row in pages[step - 1]:
            yield from both_hands.row(row, facts.record, words, voice)
    else:
        ladder = facts.asked[step - 1 - len(pages)]
        yield from both_hands.ladder(ladder, facts.record, words, voice)


def folded(facts: Whole, shown: list[FormPart], words: Words, step: int) -> list[FormPart]:
    """The step with long texts folded, a button to read those in full, and which step it is."""
    parts = [replace(one, fold_at=FOLD) if isinstance(one, Quote) else one for one in shown]
    if any(isinstance(one, Quote) and len(one.words) > FOLD for one in shown):
        label = words.plain("sign_off.in_full")
        parts += [Rule(), Buttons((Button(IN_FULL, label, facts.record.id),))]
    if (last := steps(facts) - 1) > 0:
        parts.append(Small(words("common.step", step=step + 1, steps=last + 1)))
    return parts


def in_full(facts: Whole, shown: Iterable[FormPart], title: str, words: Words) -> Form:
    """Every text of that step from its first to its last character."""
    return Form(
        key="reading",
        subject=facts.record.id,
        title=title,
        parts=tuple(one for one in shown if isinstance(one, Heading | Quote)),
        close=words.plain("common.back"),
    )


def suggestion(facts: Whole, words: Words) -> Iterator[FormPart]:
    """What the scores suggest, with how they make it."""
    if facts.record.outcome is not None:
        yield scoring.suggestion(facts.record.outcome, facts.policy, words)


def gap_lines(facts: Whole, words: Words) -> Iterator[FormPart]:
    """Where the person and their manager see it differently."""
    titles = {f"goal:{row.id}": say(row.title, words.locale) for row in facts.record.sheet.rows}
    titles |= {f"value:{one.key}": say(one.name, words.locale) for one in facts.ladders}
    for gap in gaps(facts.record, facts.policy):
        about, own = titles.get(gap.about, "")[:SHORT], scale.shown(gap.own)
        yield Small(words("sign_off.gap", about=about, own=own, manager=scale.shown(gap.manager)))
