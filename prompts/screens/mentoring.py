"""A mentor and whom they go along with: how they are introduced, asked and told of each other."""

from __future__ import annotations

from collections.abc import Sequence
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
    Heading,
    Paragraph,
    Quote,
    Small,
    plain,
)
from prompts.render import Words
from prompts.screens import scoring

WORD = "word"
FOLD = 600
"""Characters of an action, or of a word, that a message shows."""
ROWS = 8
"""Pairs that one message asks about (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroFacts:
    """Who goes along with whom, and with what."""

    action: str
    text: str
    owner: str
    mentor: str
    by: str
    """Who agreed it with the owner; "" where that is one of the two."""
    due: date
    weeks: int
    """How often they are asked whether they met; 0: never."""


def intro(facts: IntroFacts, words: Words) -> Card:
    """Both are introduced, in one conversation."""
    text = words("mentoring.intro", owner=facts.owner, mentor=facts.mentor, by=facts.by)
    decline = Button("mentor.decline", words.plain("mentoring.decline"), facts.action)
    parts = (
        Paragraph(text),
        Quote(facts.text, fold_at=FOLD),
        Paragraph(words("mentoring.first_step", owner=facts.owner, due=facts.due)),
        Small(words("mentoring.how", mentor=facts.mentor, weeks=facts.weeks)),
        Buttons((decline,)),
    )
    return Card(plain(text), parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetFacts:
    """One pair, as one of the two is asked."""

    action: str
    number: int
    other: str
    mentors: bool
    """Whether the reader is the mentor."""


def asks(rows: Sequence[MeetFacts], words: Words) -> tuple[CardPart, ...]:
    """Whether they met, each pair with its presses."""
    if not rows:
        return ()
    parts: list[CardPart] = [Heading(words.plain("mentoring.meet_title"))]
    for row in rows[:ROWS]:
        value = f"{row.action}|{row.number}"
        end = ("mentor.close", row.action) if row.mentors else ("action:done", row.action)
        parts += [
            Paragraph(words("mentoring.meet", other=row.other, mentors=row.mentors)),
            Buttons(
                (
                    Button("mentor:met", words.plain("mentoring.met"), value),
                    Button("mentor:not_yet", words.plain("mentoring.not_yet"), value),
                    Button(end[0], words.plain("mentoring.close"), end[1]),
                )
            ),
        ]
    if len(rows) > ROWS:
        parts.append(Small(words("mentoring.meet_more", count=len(rows) - ROWS)))
    return tuple(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorFacts:
    """What a mentor's form is made of, answers aside."""

    key: str
    action: str
    text: str
    owner: str
    limit: int


def form(facts: MentorFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """A word to the owner, if they like."""
    field = Field(
        key=WORD,
        ask=Ask.TEXT,
        label=words.plain("mentoring.word", owner=facts.owner),
        hint=words.plain(f"mentoring.{facts.key}_hint"),
        value=answers.get(WORD) or None,
        required=False,
        limit=facts.limit,
    )
    if sent:
        field = scoring.written(field, words, key="", required=False)
    return Form(
        key=facts.key,
        subject=facts.action,
        title=words.plain("mentoring.title"),
        parts=(
            Heading(words.plain(f"mentoring.{facts.key}_title")),
            Quote(facts.text),
            field,
        ),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFacts:
    """What is said to one of those around an action."""

    action: str
    text: str
    owner: str
    mentor: str
    own: bool
    """Whether the reader does the action."""
    done: bool
    dropped: bool
    open: bool
    closed: bool
    """Whether the mentor has closed it."""
    mentor_word: str
    owner_word: str


def declined(facts: ToldFacts, words: Words) -> Card:
    """The owner, and whoever agreed it with them: the mentor can't."""
    key = "mentoring.declined_own" if facts.own else "mentoring.declined"
    text = words(key, owner=facts.owner, mentor=facts.mentor)
    parts: list[CardPart] = [Paragraph(text), Quote(facts.text, fold_at=FOLD)]
    parts += _said(facts.mentor, facts.mentor_word, words)
    return Card(plain(text), (*parts, Small(words("mentoring.declined_next", own=facts.own))))


def ended(facts: ToldFacts, words: Words) -> Card:
    """The mentor: it is done, given up, or with somebody else."""
    how = "done" if facts.done else "dropped" if facts.dropped else "changed"
    text = words(f"mentoring.ended_{how}", owner=facts.owner)
    parts: list[CardPart] = [Paragraph(text), Quote(facts.text, fold_at=FOLD)]
    if facts.done:
        parts += _said(facts.owner, facts.owner_word, words)
        if not facts.closed:
            say = Button("mentor.close", words.plain("mentoring.say_word"), facts.action)
            parts.append(Buttons((say,)))
    return Card(plain(text), tuple(parts))


def word(facts: ToldFacts, words: Words) -> Card:
    """The owner: the mentor has closed it; their word is there once the owner has, too."""
    text = words("mentoring.closed" if facts.open else "mentoring.mentor_says", mentor=facts.mentor)
    parts: list[CardPart] = [Paragraph(text), Quote(facts.text, fold_at=FOLD)]
    if facts.done:
        parts += _said(facts.mentor, facts.mentor_word, words)
    elif facts.open:
        has = bool(facts.mentor_word)
        parts.append(Small(words("mentoring.your_turn", mentor=facts.mentor, word=has)))
        done = Button("action:done", words.plain("mentoring.close"), facts.action)
        parts.append(Buttons((done,)))
    return Card(plain(text), tuple(parts))


def _said(name: str, said: str, words: Words) -> list[CardPart]:
    if not said:
        return []
    return [Paragraph(words("mentoring.said", name=name)), Quote(said, fold_at=FOLD)]
