"""Screens of kept messages, and of quoting them."""

from __future__ import annotations

from prompts.card import Form
from prompts.render import Words
from prompts.samples.sizes import DAY, HIGH, Screens, Sizes, answers_of, ladders, policy_of, sheet
from prompts.screens import evidence, manager_review, self_review
from review.evidence import Message, Quotable
from review.people import Track
from review.record import Review
from review.stages import Stage


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
    ladder = last - 1
    met = {f"value:{own.ladders[-1].key}:{n}": "yes" if n <= 2 else "partly" for n in range(1, 4)}
    begun = {f"value:{own.ladders[-1].key}:1": "yes"}
    held = {evidence.AT_HAND: evidence.note(quotes)}
    case = {f"case:value:{own.ladders[-1].key}": sizes.words}
    rating = manager_review.ManagerReviewFacts(
        record=Review(
            id="r1",
            cycle="2026Q3",
            track=Track.STAFF,
            employee_id="e1",
            stage=Stage.MANAGER_REVIEW,
            sheet=sheet(sizes),
            self_part=answers_of(sizes, "4", HIGH, manager=False),
        ),
        person=sizes.name,
        ladders=ladders(sizes),
        policy=policy_of(sizes),
        has_reports=True,
        preview=None,
    )
    asked = manager_review.steps(rating) - 2
    return {
        "evidence of a value": self_review.form(own, met | held | case, words, step=ladder),
        "evidence of a value, begun": self_review.form(own, begun, words, step=ladder),
        "evidence of a value, rated": manager_review.form(
            rating, met | held | case, words, step=asked
        ),
        "evidence kept": evidence.keep_form(facts, {}, words),
        "evidence, wrong": evidence.keep_form(facts, {"whom": "?", "note": ""}, words, sent=True),
        **{f"at hand, {name}": _at_hand(own, held, words, last) for name, held in (
            ("all", evidence.note(quotes)),
            ("nothing", evidence.note([])),
        )},
    }  # fmt: skip


def _at_hand(facts: self_review.SelfReviewFacts, held: str, words: Words, step: int) -> Form:
    return self_review.form(facts, {evidence.AT_HAND: held}, words, step=step)
