"""Taking somebody out of a review, taking them in again, opening a review once more."""

from __future__ import annotations

from dataclasses import dataclass

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Card,
    CardPart,
    Field,
    Form,
    FormPart,
    Heading,
    Option,
    Paragraph,
    Quote,
    Text,
    plain,
)
from prompts.render import Words
from prompts.screens import left_out, scoring
from review.membership import BY_HR, OTHER
from review.policy import Policy

EXCLUDE, INCLUDE, REOPEN = "review_exclude", "review_include", "review_reopen"
REASON, COMMENT = "reason", "comment"
PRESS = {EXCLUDE: "review.exclude", INCLUDE: "review.include", REOPEN: "review.reopen"}
MOST = 5
"""Reviews of one person on a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InOutFacts:
    """What a form is made of, answers aside."""

    key: str
    """Which of the three forms."""
    review: str
    cycle: str
    person: str
    stage: str
    excluded: str | None
    policy: Policy


def form(facts: InOutFacts, answers: Answers, words: Words, *, sent: bool) -> Form:
    """What it does, and why it is done; once sent, with what is lacking."""
    parts: list[FormPart] = [Paragraph(_how(facts, words))]
    if facts.key == EXCLUDE:
        reason = Field(
            key=REASON,
            ask=Ask.CHOICE,
            label=words.plain("in_out.reason"),
            options=tuple(Option(one, words.plain(f"in_out.reason_{one}")) for one in BY_HR),
            value=answers.get(REASON) or None,
        )
        parts.append(scoring.chosen(reason, words) if sent else reason)
    must = facts.key == REOPEN or answers.get(REASON) == OTHER
    readers = {EXCLUDE: "person", INCLUDE: "free", REOPEN: "holder"}[facts.key]
    comment = Field(
        key=COMMENT,
        ask=Ask.TEXT,
        label=words.plain("in_out.reason" if facts.key == REOPEN else "in_out.comment"),
        hint=words.plain(f"in_out.comment_{readers}"),
        value=answers.get(COMMENT) or None,
        required=facts.key == REOPEN,
        limit=facts.policy.sheet.text_limit,
    )
    if sent:
        comment = scoring.written(comment, words, key="in_out.write", required=must)
    return Form(
        key=facts.key,
        subject=facts.review,
        title=words.plain(f"in_out.{facts.key}_title"),
        parts=(*parts, comment),
        submit=words.plain(f"in_out.{facts.key}_send"),
        close=words.plain("common.later"),
    )


def _how(facts: InOutFacts, words: Words) -> Text:
    out = facts.excluded
    return words(
        f"in_out.{facts.key}_how",
        person=facts.person,
        cycle=facts.cycle,
        stage=words.plain(f"stages.{facts.stage}"),
        reason=left_out.why(out, facts.policy, words, of_another=True) if out else "",
    )


def which(key: str, person: str, reviews: tuple[tuple[str, str, str], ...], words: Words) -> Card:
    """Which of several reviews is meant: their ids, cycles and stages."""
    title = words.plain("in_out.which", person=person)
    parts: list[CardPart] = [Heading(title)]
    for review, cycle, stage in reviews[:MOST]:
        at = words.plain(f"stages.{stage}")
        button = Button(PRESS[key], words.plain(f"in_out.{key}_button"), review)
        parts.append(Paragraph(words("in_out.which_row", cycle=cycle, stage=at), button))
    return Card(title, tuple(parts))


def told(key: str, words: Words, comment: str = "", **facts: object) -> Card:
    """What the person hears, or whoever has the review now; with HR's own words."""
    text = words(f"in_out.{key}", **facts)
    parts: list[CardPart] = [Paragraph(text)]
    if comment:
        parts.append(Quote(comment))
    return Card(plain(text), tuple(parts))


def opened_again(review: str, comment: str, words: Words, **facts: object) -> Card:
    """What whoever rates it hears, with the way to it."""
    card = told("reopened", words, comment, **facts)
    label = words.plain("sign_off.rate_again")
    button = Button("rate.change", label, review, style="primary")
    return Card(card.summary, (*card.parts, Buttons((button,))))
