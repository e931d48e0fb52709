"""Keeping a message for a review, and quoting what is at hand while writing one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Field,
    Form,
    FormPart,
    Heading,
    Option,
    Paragraph,
    Quote,
    Small,
)
from prompts.render import Words
from review.evidence import Message, Quotable
from review.wording import Wording, say

WHOM, NOTE = "whom", "note"
FOLD = 200
SHORT = 80
"""Characters of a goal's title."""
MOST_PEOPLE = 99
"""People that one question offers, beside oneself."""
AT_HAND = "at_hand"
"""The answer that holds what may be quoted, once it was asked for; no field shows it."""
SHOW, ATTACH = "form.at_hand", "quote:"
"""Buttons in a form: show what may be quoted; put that one in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepFacts:
    """A message that was kept a moment ago."""

    id: str
    message: Message
    on: date
    about: str
    people: tuple[tuple[str, str], ...]
    """Whose review it can be for, with the name; the keeper stands first."""
    limit: int


def keep_form(facts: KeepFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """It is kept already; here it is said for whose review, and why."""
    own, *others = facts.people[: MOST_PEOPLE + 1]
    chosen = answers.get(WHOM) or facts.about
    whom = Field(
        key=WHOM,
        ask=Ask.CHOICE,
        label=words.plain("evidence.whom"),
        options=(
            Option(own[0], words.plain("evidence.own")),
            *(Option(employee, name) for employee, name in others),
        ),
        value=chosen,
    )
    if sent and chosen not in {one.value for one in whom.options}:
        whom = replace(whom, problem=words.plain("needs.level"))
    note = Field(
        key=NOTE,
        ask=Ask.TEXT,
        label=words.plain("evidence.note"),
        value=answers.get(NOTE, facts.message.note) or None,
        required=False,
        limit=facts.limit,
    )
    if sent and len(note.value or "") > facts.limit:
        lengths = {"limit": facts.limit, "length": len(note.value or "")}
        note = replace(note, problem=words.plain("needs.shorter", **lengths))
    return Form(
        key="keep_evidence",
        subject=facts.id,
        title=words.plain("evidence.title"),
        parts=(
            Paragraph(words("evidence.kept", author=facts.message.author, on=facts.on)),
            Quote(facts.message.text, fold_at=FOLD),
            whom,
            note,
            Small(words("evidence.who_sees")),
        ),
        submit=words.plain("common.send"),
        close=words.plain("common.close"),
    )


def at_hand(subject: str, answers: Answers, words: Words) -> Iterator[FormPart]:
    """The press that shows what may be quoted; then each of it with the press that puts it in."""
    held = answers.get(AT_HAND)
    if held is None:
        yield Buttons((Button(SHOW, words.plain("evidence.show"), subject),))
        return
    yield Heading(words.plain("evidence.at_hand"))
    quotes = read(held)
    if not quotes:
        yield Small(words("evidence.nothing"))
    for one in quotes:
        on = date.fromisoformat(one.on)
        yield Small(words("evidence.source", source=one.source, on=on, note=one.note))
        yield Quote(one.text, fold_at=FOLD)
        yield Buttons((Button(f"{ATTACH}{one.id}", words.plain("evidence.attach"), subject),))
    yield Buttons((Button(SHOW, words.plain("evidence.again"), subject),))


def of_goal(title: Wording, words: Words) -> str:
    """Where progress that is quoted comes from."""
    named = say(title, words.locale)
    named = named if len(named) <= SHORT else named[: SHORT - 1] + "…"
    return words.plain("goal_progress.source", title=named)


def of_praise(value: Wording, words: Words) -> str:
    """What a praise that is quoted was given for."""
    return words.plain("evidence.praise", value=say(value, words.locale))


def note(quotes: Sequence[Quotable]) -> str:
    """What may be quoted, as an answer."""
    return json.dumps([asdict(one) for one in quotes], ensure_ascii=False)


def read(held: str) -> tuple[Quotable, ...]:
    """What `note` wrote."""
    return tuple(Quotable(**one) for one in json.loads(held))
