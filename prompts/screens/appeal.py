"""An appeal: the form, naming who decides, deciding, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from prompts.answers import OVERALL, Answers
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
    Small,
    Text,
    plain,
)
from prompts.render import Words
from prompts.screens import scoring
from review.policy import Policy

REASON, DECIDER, DECISION, RATING = "reason", "decider", "decision", OVERALL
STANDS, MOVES = "stands", "moves"
FOLD = 600
"""Characters of an appeal that a message shows at first."""
MOST = 10
"""Appeals on one card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFacts:
    """What the forms are made of, answers aside."""

    review: str
    cycle: str
    person: str
    rating: str | None
    policy: Policy
    ends_on: date | None = None
    words: str = ""
    """What the person wrote."""
    decider: str = ""
    """Who was named before."""
    manager_words: str = ""
    """The manager's words to the rating."""


def form(facts: AppealFacts, answers: Answers, words: Words, *, sent: bool) -> Form:
    """The person's words."""
    field = _reason(facts, answers, words, "appeal.reason", "appeal.reason_hint", sent=sent)
    how = Paragraph(words("appeal.how", ends_on=facts.ends_on, rating=facts.rating))
    return _form("appeal", facts, words, (how, field))


def name_decider(facts: AppealFacts, answers: Answers, words: Words, *, sent: bool) -> Form:
    """Whom HR names."""
    field = Field(
        key=DECIDER,
        ask=Ask.PERSON,
        label=words.plain("appeal.decider"),
        hint=words.plain("appeal.decider_hint", days=facts.policy.interviews.decide_days),
        value=answers.get(DECIDER) or None,
    )
    if sent:
        field = scoring.written(field, words, key="appeal.choose", required=True)
    parts: list[FormPart] = [
        Paragraph(words("appeal.name_how", person=facts.person, decider=facts.decider)),
        Quote(facts.words),
        field,
    ]
    return _form("appeal_decider", facts, words, tuple(parts))


def decide(facts: AppealFacts, answers: Answers, words: Words, *, sent: bool) -> Form:
    """The decision and its reason; a rating where it moves."""
    choice = Field(
        key=DECISION,
        ask=Ask.CHOICE,
        label=words.plain("appeal.decision"),
        options=tuple(
            Option(key, words.plain(f"appeal.decision_{key}", rating=facts.rating))
            for key in (STANDS, MOVES)
        ),
        value=answers.get(DECISION) or None,
        redraws=True,
    )
    parts: list[FormPart] = [
        Paragraph(words("appeal.decide_how", person=facts.person, rating=facts.rating)),
        Quote(facts.words),
    ]
    if facts.manager_words:
        parts += [Small(words("sign_off.case_overall")), Quote(facts.manager_words, fold_at=FOLD)]
    parts.append(scoring.chosen(choice, words) if sent else choice)
    if answers.get(DECISION) == MOVES:
        rating = Field(
            key=RATING,
            ask=Ask.SCORE,
            label=words.plain("appeal.rating"),
            options=scoring.score_options(facts.policy, words),
            value=answers.get(RATING) or None,
            placeholder=words.plain("scoring.choose"),
        )
        parts.append(scoring.chosen(rating, words) if sent else rating)
    parts.append(_reason(facts, answers, words, "appeal.why", "appeal.why_hint", sent=sent))
    return _form("appeal_decide", facts, words, tuple(parts))


def _reason(
    facts: AppealFacts, answers: Answers, words: Words, label: str, hint: str, *, sent: bool
) -> Field:
    field = Field(
        key=REASON,
        ask=Ask.TEXT,
        label=words.plain(label),
        hint=words.plain(hint),
        value=answers.get(REASON) or None,
        limit=facts.policy.sheet.text_limit,
    )
    return scoring.written(field, words, key="appeal.write", required=True) if sent else field


def _form(key: str, facts: AppealFacts, words: Words, parts: tuple[FormPart, ...]) -> Form:
    return Form(
        key=key,
        subject=facts.review,
        title=words.plain(f"appeal.{key}_title", person=facts.person, cycle=facts.cycle),
        parts=parts,
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """What is said of an appeal."""

    review: str
    cycle: str
    person: str
    own: bool
    """Whether the reader is the person it is about."""
    decides: bool
    """Whether the reader decides it."""
    words: str
    decider: str
    by: date | None
    before: str | None
    after: str | None
    moved: bool
    why: str


def notice(kind: str, facts: NoticeFacts, words: Words) -> Card:
    """The message of that kind."""
    return Card(plain(_head(kind, facts, words)), tuple(_parts(kind, facts, words)))


def _head(kind: str, facts: NoticeFacts, words: Words) -> Text:
    key = kind
    if kind == "appeal_decided":
        key = "appeal_moved" if facts.moved else "appeal_stands"
    return words(
        f"appeal.said_{key}",
        person=facts.person,
        cycle=facts.cycle,
        own=facts.own,
        decider=facts.decider,
        by=facts.by,
        before=facts.before,
        after=facts.after,
    )


def _parts(kind: str, facts: NoticeFacts, words: Words) -> Iterator[CardPart]:
    yield Paragraph(_head(kind, facts, words))
    if kind == "appeal_decided":
        yield Quote(facts.why)
        return
    yield Quote(facts.words, fold_at=FOLD)
    read = Button("appeal.read", words.plain("appeal.button_read"), facts.review)
    does = "decide" if facts.decides else "name"
    label = words.plain(f"appeal.button_{does}")
    yield Buttons((Button(f"appeal.{does}", label, facts.review, style="primary"), read))


def waiting(rows: tuple[tuple[str, str, str], ...], words: Words) -> Card:
    """Appeals that wait for the reader: review, person, and what is to be done."""
    if not rows:
        text = words("appeal.nothing")
        return Card(plain(text), (Paragraph(text),))
    title = words.plain("appeal.waiting_title")
    parts: list[CardPart] = [Heading(title)]
    for review, person, does in rows[:MOST]:
        label = words.plain(f"appeal.button_{does}")
        text = words(f"appeal.waits_{does}", person=person)
        parts.append(Paragraph(text, Button(f"appeal.{does}", label, review)))
    return Card(title, tuple(parts))
