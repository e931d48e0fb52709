"""Asking before a rating is sent."""

from __future__ import annotations

from prompts.render import Words
from prompts.samples.sizes import Screens, Sizes, ladders
from prompts.screens import ask


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    facts = ask.AskFacts(
        review="r1",
        person=sizes.name,
        ladder=ladders(sizes)[0],
        asked=(sizes.name, sizes.name),
        limit=3000,
    )
    alone = ask.AskFacts(
        review="r1", person=sizes.name, ladder=ladders(sizes)[0], asked=(), limit=3000
    )
    typed = {ask.QUESTION: sizes.words}
    return {
        "ask first": ask.form(facts, typed, words),
        "ask first, blank": ask.form(facts, {}, words, sent=True),
        "ask first, nobody": ask.form(alone, {}, words),
        "ask first, thread": ask.thread(sizes.name, sizes.name, words),
        "ask first, asked": ask.asked(sizes.name, sizes.name, sizes.words, words),
    }
