"""Asking colleagues for feedback: the form, what they read, and what the asker sees of it."""

from __future__ import annotations

from collections.abc import Iterable
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
    Option,
    Paragraph,
    Quote,
    Small,
    plain,
)
from prompts.render import Words
from prompts.screens.feedback import ABOUT, FOLD, MOST_ABOUT, WHOM, why_not
from review.feedback import OTHER
from review.feedback_request import MOST, Question, Request
from review.wording import Wording, say

FORM = "feedback_ask"
QUESTION = "question"
SHORT = 80
"""Characters of a name in a line."""
GIVE, NOT_NOW = "feedback.give", "feedback.not_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFacts:
    """What the form is made of, answers aside."""

    subjects: tuple[tuple[str, Wording], ...]
    """What it can be about, with its name: own goals, and values."""
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One who was asked."""

    name: str
    on: date | None
    """When they answered, by the asker's calendar; None: they have not."""


def form(facts: AskFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """Whom, about what, and a question if there is one."""
    question = answers.get(QUESTION) or ""
    too_long = {"limit": facts.limit, "length": len(question)}
    subjects = [Option(key, say(name, words.locale)) for key, name in facts.subjects[:MOST_ABOUT]]
    about = answers.get(ABOUT) or OTHER
    known = about in {OTHER, *(one.value for one in subjects)}
    return Form(
        key=FORM,
        subject="",
        title=words.plain("feedback_request.form_title"),
        parts=(
            Paragraph(words("feedback_request.how")),
            Field(
                key=WHOM,
                ask=Ask.PEOPLE,
                label=words.plain("feedback_request.whom"),
                hint=words.plain("feedback_request.whom_hint", most=MOST),
                value=answers.get(WHOM) or None,
                limit=MOST,
                problem=_whom_problem(answers, words, sent=sent),
            ),
            Field(
                key=ABOUT,
                ask=Ask.CHOICE,
                label=words.plain("feedback_request.about"),
                options=(Option(OTHER, words.plain("feedback_request.anything")), *subjects),
                value=about if known else None,
                problem=words.plain("needs.level") if sent and not known else None,
            ),
            Field(
                key=QUESTION,
                ask=Ask.TEXT,
                label=words.plain("feedback_request.question"),
                hint=words.plain("feedback_request.question_hint"),
                value=question or None,
                required=False,
                limit=facts.limit,
                problem=words.plain("needs.shorter", **too_long)
                if sent and len(question) > facts.limit
                else None,
            ),
            Small(words("feedback_request.who_sees")),
        ),
        submit=words.plain("feedback_request.ask"),
        close=words.plain("common.later"),
    )


def _whom_problem(answers: Answers, words: Words, *, sent: bool) -> str | None:
    if sent and len((answers.get(WHOM) or "").split(",")) > MOST:
        return words.plain("feedback_request.whom_hint", most=MOST)
    return why_not(WHOM, answers, words, sent=sent)


def asked(request: Request, asker: str, answered: date | None, words: Words) -> Card:
    """What one who is asked reads, edited in place: the wish, then what became of it."""
    facts = {"person": asker, "about": _about(request.said, words)}
    if answered is not None:
        said = words("feedback_request.you_answered", on=answered, person=asker)
        return Card(plain(said), (Paragraph(said),))
    give = Button(GIVE, words.plain("feedback_request.give"), request.id, style="primary")
    if request.declined_at is not None:
        said = words("feedback_request.not_now_said", **facts)
        return Card(plain(said), (Paragraph(said), Buttons((give,))))
    not_now = Button(NOT_NOW, words.plain("feedback_request.not_now"), request.id)
    said = words("feedback_request.asks", **facts)
    return Card(
        plain(said),
        (
            Paragraph(said),
            *_question(request.said),
            Buttons((give, not_now)),
            Small(words("feedback_request.asked_who_sees", person=asker)),
        ),
    )


def wish(request: Request, asker: str, words: Words) -> Paragraph:
    """That somebody would like some, in a line with its button."""
    facts = {"person": asker[:SHORT], "about": _about(request.said, words)}
    give = Button(GIVE, words.plain("feedback_request.answer"), request.id)
    return Paragraph(words("feedback_request.asks", **facts), give)


def listed(request: Request, people: Iterable[Answered], words: Words) -> Card:
    """What the asker sees, edited in place: who answered, and from whom nothing came yet."""
    said = words("feedback_request.you_asked", about=_about(request.said, words))
    parts: list[CardPart] = [Paragraph(said), *_question(request.said, fold_at=FOLD)]
    everybody = tuple(people)
    there = [(one.name, one.on) for one in everybody if one.on is not None]
    ahead = [one.name for one in everybody if one.on is None]
    if there:
        parts.append(Paragraph(words("feedback_request.answered", people=there)))
    if ahead:
        parts.append(Paragraph(words("feedback_request.ahead", people=ahead)))
        parts.append(Small(words("feedback_request.nobody_has_to")))
    return Card(plain(said), tuple(parts))


def _question(said: Question, fold_at: int | None = None) -> tuple[Quote, ...]:
    return (Quote(said.text, fold_at=fold_at),) if said.text else ()


def _about(said: Question, words: Words) -> str:
    return say(said.about_name, words.locale)
