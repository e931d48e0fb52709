"""The forms of a one-on-one: the shared sheet, what was agreed, another time, and a rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Field,
    Form,
    FormPart,
    Heading,
    Paragraph,
    Quote,
    Small,
)
from prompts.render import Words
from prompts.screens import action_rows, scoring
from prompts.screens.action_rows import RowFacts
from prompts.screens.one_on_one import Facts, came_up
from prompts.screens.times import FIRST, TimesFacts, fields, moment
from review.interview import Promise
from review.one_on_one import Sheet
from review.policy import Policy

SHEET, LOG, TIME, PAUSE = "oneonone", "oneonone_log", "oneonone_time", "oneonone_pause"
TEXTS = ("topics", "notes")
UNDO = "oneonone.not_held"
UNTIL = "until"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What the forms are made of, answers aside."""

    talk: Facts
    policy: Policy
    theirs: Sheet
    """What the other wrote."""
    writes: bool = True
    """Whether the reader may still change their part."""
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFacts:
    """What the form after the talk is made of, answers aside."""

    talk: Facts
    held: bool
    rows: RowFacts
    """The reader's own list of what was agreed."""
    agreed: tuple[Promise, ...] = ()
    """What the other noted as agreed."""


def sheet(facts: SheetFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """The shared sheet: each writes their own part, and reads the other's."""
    return Form(
        key=SHEET,
        subject=facts.talk.talk,
        title=words.plain("one_on_one.form_title"),
        parts=tuple(_sheet(facts, answers, words, sent=sent)),
        submit=words.plain("one_on_one.keep") if facts.writes else None,
        close=words.plain("common.later" if facts.writes else "common.close"),
    )


def _sheet(facts: SheetFacts, answers: Answers, words: Words, *, sent: bool) -> Iterator[FormPart]:
    talk = facts.talk
    yield Heading(words.plain("one_on_one.with", other=talk.other))
    if talk.starts_at is not None:
        yield Small(words("one_on_one.when", when=moment(talk.starts_at, talk.zone, words)))
    yield from came_up(talk, words)
    for key in TEXTS:
        theirs = getattr(facts.theirs, key)
        if theirs:
            yield Small(words(f"one_on_one.their_{key}", other=talk.other))
            yield Quote(theirs)
        yield from _text(key, facts, answers, words, sent=sent)
    yield Small(words("one_on_one.who_sees"))


def _text(
    key: str, facts: SheetFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[FormPart]:
    value = answers.get(key, "")
    if not facts.writes:
        if value:
            yield Small(words(f"one_on_one.{key}"))
            yield Quote(value)
        return
    made = Field(
        key=key,
        ask=Ask.TEXT,
        label=words.plain(f"one_on_one.{key}"),
        hint=words.plain(f"one_on_one.{key}_hint"),
        value=value or None,
        required=False,
        limit=facts.policy.sheet.text_limit,
    )
    yield scoring.written(made, words, key="", required=False) if sent else made


def written(made: Sheet) -> dict[str, str]:
    """The answers that a part was made of, to open it again."""
    return {key: getattr(made, key) for key in TEXTS}


def log(facts: LogFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """After the talk: that it took place, and what each does until when."""
    return Form(
        key=LOG,
        subject=facts.talk.talk,
        title=words.plain("one_on_one.form_title"),
        parts=tuple(_log(facts, answers, words, sent=sent)),
        submit=words.plain("one_on_one.keep" if facts.held else "one_on_one.log"),
        close=words.plain("common.close"),
    )


def _log(facts: LogFacts, answers: Answers, words: Words, *, sent: bool) -> Iterator[FormPart]:
    talk = facts.talk
    yield Heading(words.plain("one_on_one.held" if facts.held else "one_on_one.not_held"))
    if facts.held:
        yield Buttons((Button(UNDO, words.plain("one_on_one.undo"), talk.talk),))
    if facts.agreed:
        yield Small(words("one_on_one.they_noted", other=talk.other))
        for one in facts.agreed:
            yield Paragraph(action_rows.line(one, facts.rows, words))
    yield from action_rows.parts(facts.rows, answers, words, sent=sent)
    yield Small(words("one_on_one.who_sees"))


def time(
    facts: TimesFacts, talk: Facts, answers: Answers, words: Words, *, sent: bool = False
) -> Form:
    """One day and one time, filled in with what suits both."""
    parts: list[FormPart] = [
        Paragraph(words("one_on_one.time_how", other=talk.other, suits=bool(facts.proposed)))
    ]
    if facts.agreed is not None:
        when = moment(facts.agreed, facts.zone, words)
        parts.append(Small(words("one_on_one.so_far", when=when)))
    if not facts.proposed:
        parts.append(Small(words("one_on_one.no_overlap", other=talk.other)))
    elif facts.zone.key != facts.person_zone.key:
        parts.append(Small(words("one_on_one.other_zone", other=talk.other)))
    parts += fields(FIRST, facts, answers, words, sent=sent)
    return Form(
        key=TIME,
        subject=talk.talk,
        title=words.plain("one_on_one.form_title"),
        parts=tuple(parts),
        submit=words.plain("one_on_one.set_it"),
        close=words.plain("common.later"),
    )


def pause(
    talk: Facts, answers: Answers, words: Words, *, problem: bool, sent: bool = False
) -> Form:
    """Until which day they rest; `problem`: the answer is none that can be."""
    when = Field(
        key=UNTIL,
        ask=Ask.DATE,
        label=words.plain("one_on_one.until"),
        value=answers.get(UNTIL) or None,
        problem=words.plain("one_on_one.no_such_day") if sent and problem else None,
    )
    return Form(
        key=PAUSE,
        subject=talk.person,
        title=words.plain("one_on_one.form_title"),
        parts=(Paragraph(words("one_on_one.pause_how", other=talk.other)), when),
        submit=words.plain("one_on_one.pause_it"),
        close=words.plain("common.later"),
    )
