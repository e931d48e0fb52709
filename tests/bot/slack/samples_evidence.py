"""Screens of kept messages, and of quoting them."""

from __future__ import annotations

from screen_sizes import DAY, Screens, Sizes, ladders, policy_of, sheet

from prompts.card import Form
from prompts.render import Words
from prompts.screens import evidence, self_review
from review.evidence import Message, Quotable


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    message = Message(text=sizes.words, author=sizes.name, link="https://chat", note=sizes.words)
    facts = evidence.KeepFacts(
        id="m1",
        message=message,
        on=DAY,
        about="e0",
        people=tuple((f"e{n}", sizes.name) for n in range(sizes.groups)),
        limit=3000,
    )
    own = self_review.SelfReviewFacts(
        review="r1",
        cycle="2026Q3",
        due=DAY,
        sheet=sheet(sizes),
        ladders=ladders(sizes),
        policy=policy_of(sizes),
    )
    quotes = [
        Quotable(
            id=f"{n:032x}",
            on=DAY.isoformat(),
            source=sizes.name,
            text=sizes.words,
            note=sizes.words,
            link="https://chat",
        )
        for n in range(10)
    ]
    last = self_review.steps(own) - 1
    return {
        "evidence kept": evidence.keep_form(facts, {}, words),
        "evidence, wrong": evidence.keep_form(facts, {"whom": "?", "note": ""}, words, sent=True),
        **{f"at hand, {name}": _at_hand(own, held, words, last) for name, held in (
            ("all", evidence.note(quotes)),
            ("nothing", evidence.note([])),
        )},
    }  # fmt: skip


def _at_hand(facts: self_review.SelfReviewFacts, held: str, words: Words, step: int) -> Form:
    return self_review.form(facts, {evidence.AT_HAND: held}, words, step=step)
