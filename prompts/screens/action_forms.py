"""One action: the form that says how it goes, and what the other hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

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
    Paragraph,
    Quote,
    Small,
    plain,
)
from prompts.render import Words
from prompts.screens import actions, scoring
from review.interview import SHUT, Going
from review.learning import ActionKind

MARKS: Mapping[str, Going] = {
    f"action.mark:{one}": one for one in (Going.DONE, Going.GOING, Going.STUCK)
}
"""Buttons in the form, to how it goes then."""
DROP = "action.drop"
WORDS, REASON = "words", "reason"
FOLD = 600
"""Characters of an action, or of a word on it, that a message shows."""


def undo(number: int) -> str:
    """The button that takes back the word of that number, and no other."""
    return f"action.undo:{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFacts:
    """What the forms are made of, answers aside."""

    id: str
    text: str
    owner: str
    """Who does it; "" is the reader."""
    due: date
    today: date
    going: Going
    words: str
    """What was said with it."""
    undo: int | None
    """The number of the word that can be taken back."""
    limit: int
    kind: ActionKind = ActionKind.TASK
    link: str = ""
    mentor: str = ""


def form(facts: ActionFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """How it goes now, and what else may be said of it."""
    stuck = facts.going is Going.STUCK
    return Form(
        key="action",
        subject=facts.id,
        title=words.plain("actions.form_title"),
        parts=tuple(_parts(facts, answers, words, sent=sent)),
        submit=words.plain("common.send") if stuck else None,
        close=words.plain("common.close"),
    )


def _parts(facts: ActionFacts, answers: Answers, words: Words, *, sent: bool) -> Iterator[FormPart]:
    yield Heading(words.plain(f"actions.now_{facts.going}"))
    yield from about(facts, words)
    if facts.going is Going.STUCK:
        field = Field(
            key=WORDS,
            ask=Ask.TEXT,
            label=words.plain("actions.in_the_way"),
            hint=words.plain("actions.in_the_way_hint"),
            value=answers.get(WORDS, facts.words) or None,
            required=False,
            limit=facts.limit,
        )
        yield scoring.written(field, words, key="", required=False) if sent else field
    elif facts.words:
        yield Quote(facts.words)
    if facts.undo is not None:
        yield Buttons((Button(undo(facts.undo), words.plain("actions.undo"), facts.id),))
    if facts.going not in SHUT:
        marks = tuple(
            Button(mark, words.plain(f"actions.{going}"), facts.id)
            for mark, going in MARKS.items()
            if going is not facts.going
        )
        yield Buttons((*marks, Button(DROP, words.plain("actions.drop"), facts.id)))


def about(facts: ActionFacts, words: Words) -> Iterator[FormPart]:
    """What it is, by whom and until when."""
    yield Quote(facts.text)
    yield from actions.what(facts.kind, facts.link, facts.mentor, words)
    late = facts.due < facts.today and facts.going not in SHUT
    yield Small(words("actions.is_open", person=facts.owner, due=facts.due, late=late))


def drop(facts: ActionFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """Why it is dropped."""
    field = Field(
        key=REASON,
        ask=Ask.TEXT,
        label=words.plain("actions.reason"),
        hint=words.plain("actions.reason_hint"),
        value=answers.get(REASON) or None,
        limit=facts.limit,
    )
    if sent:
        field = scoring.written(field, words, key="actions.reason_lacks", required=True)
    return Form(
        key="action_drop",
        subject=facts.id,
        title=words.plain("actions.form_title"),
        parts=(Heading(words.plain("actions.drop_title")), *about(facts, words), field),
        submit=words.plain("actions.drop_it"),
        close=words.plain("common.later"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidFacts:
    """What somebody said of an action."""

    id: str
    text: str
    due: date
    by: str
    going: Going
    words: str
    still: bool
    """It still is stuck, and nothing was said since."""
    kind: ActionKind = ActionKind.TASK
    link: str = ""


def said(facts: SaidFacts, words: Words) -> Card:
    """The same, for whoever else the action is about."""
    text = words(f"actions.said_{facts.going}", by=facts.by)
    parts: tuple[CardPart, ...] = (
        Paragraph(text),
        Quote(facts.text, fold_at=FOLD),
        *actions.what(facts.kind, facts.link, "", words),
        Small(words("actions.is_open", person="", due=facts.due, late=False)),
        Paragraph(words("actions.said_words")),
        Quote(facts.words, fold_at=FOLD),
    )
    button = Button("action:going", words.plain("actions.going"), facts.id)
    done = Button("action:done", words.plain("actions.done"), facts.id)
    return Card(plain(text), (*parts, *([Buttons((done, button))] if facts.still else [])))
