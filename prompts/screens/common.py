"""Words for whoever can't be served: refused, or unknown."""

from __future__ import annotations

from dataclasses import replace

from prompts.card import Button, Buttons, Card, Form, Heading, Paragraph, Quote, Small, plain
from prompts.render import Words
from prompts.screens import left_out
from review.errors import ReviewError
from review.policy import Policy


def says(words: Words, key: str, **facts: object) -> Card:
    """A card of one paragraph."""
    text = words(key, **facts)
    return Card(plain(text), (Paragraph(text),))


def unsaid(words: Words) -> Card:
    """Instead of what a message said of somebody who was erased."""
    return replace(says(words, "erasing.unsaid"), withdraws=True)


def refusal(error: ReviewError, words: Words, policy: Policy) -> Card:
    """Why a rule says no, and what to do instead."""
    facts: dict[str, object] = {**error.facts, "whole": policy.sheet.total_weight}
    if "stage" in facts:
        facts["stage_name"] = words.plain(f"stages.{facts['stage']}")
    if "who_can" in facts:
        desks = str(facts["who_can"]).split(", ")
        named = tuple(words.plain(f"desks.{desk}") for desk in desks if desk)
        facts["who_name"] = words.plain("desks.any_of", desks=named)
    if "reason" in facts:
        facts["reason_name"] = left_out.why(str(facts["reason"]), policy, words)
    return says(words, error.key, **facts)


def stranger(admins: tuple[str, ...], words: Words) -> Card:
    """Somebody whom the roster does not know."""
    return says(words, "common.stranger", admins=admins)


def fault(number: str, words: Words) -> Card:
    """Something went wrong; the number finds it in the log."""
    return says(words, "common.fault", number=number)


def notice(card: Card, words: Words) -> Form:
    """A card as a form with nothing to send, where the platform can only open a form."""
    parts = tuple(
        part for part in card.parts if isinstance(part, Heading | Paragraph | Small | Quote)
    )
    return Form(
        key="notice",
        subject="",
        title=words.plain("common.notice_title"),
        parts=parts,
        close=words.plain("common.close"),
    )


def sure(label: str, action: str, value: str, words: Words) -> Card:
    """Asks once more before a press counts, where the platform itself does not."""
    asked = words("common.sure", label=label) if label else words("common.sure_plain")
    yes = Button(action, words.plain("common.yes"), value)
    return Card(plain(asked), (Paragraph(asked), Buttons((yes,))))
