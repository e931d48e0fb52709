"""Asking those above and HR before a rating is sent: a small form, and one thread a person."""

from __future__ import annotations

from dataclasses import dataclass

from prompts.answers import Answers
from prompts.card import Ask, Card, Field, Form, FormPart, Paragraph, Quote, Small, plain
from prompts.render import Words
from prompts.screens import scoring
from review.library import Ladder
from review.wording import say

FORM = "ask_first"
BUTTON = "ask:"
"""The button in the rating form, the value's key behind it."""
QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFacts:
    """What the form is made of, the answers aside."""

    review: str
    person: str
    ladder: Ladder
    asked: tuple[str, ...]
    """Names of those who will read it; empty: nobody could be found."""
    limit: int


def form(facts: AskFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """The form; where nobody can be asked it says so, and takes no question."""
    value = say(facts.ladder.name, words.locale)
    field = Field(
        key=QUESTION,
        ask=Ask.TEXT,
        label=words.plain("ask.question", value=value),
        hint=words.plain("ask.hint"),
        value=answers.get(QUESTION) or None,
        limit=facts.limit,
    )
    if sent:
        field = scoring.written(field, words, key="ask.write", required=True)
    who = Paragraph(words("ask.who" if facts.asked else "ask.nobody", names=facts.asked))
    after = Small(words("ask.after", person=facts.person))
    parts: tuple[FormPart, ...] = (who, field, after) if facts.asked else (who,)
    return Form(
        key=FORM,
        subject=f"{facts.review}:{facts.ladder.key}",
        title=words.plain("ask.title"),
        parts=parts,
        submit=words.plain("common.send") if facts.asked else None,
        close=words.plain("common.back"),
    )


def thread(person: str, asker: str, words: Words) -> Card:
    """The message that the questions about one person stand below."""
    said = words("ask.thread", person=person, asker=asker)
    return Card(plain(said), (Paragraph(said),))


def asked(value: str, asker: str, question: str, words: Words) -> Card:
    """One question, as it was typed."""
    said = words("ask.asked", value=value, asker=asker)
    return Card(plain(said), (Paragraph(said), Quote(question)))
