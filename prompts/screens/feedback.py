"""Feedback: the form, what its receiver reads, and what its giver sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

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
    Small,
    plain,
)
from prompts.render import Words
from review.feedback import OTHER, Feedback, Kind, Said
from review.wording import Wording, say

ASKED_FORM = "feedback_asked"
WHOM_FORM, WHOM = "feedback_whom", "whom"
REFUSED = "refused"
"""The answer that holds a choice of people that can't be, and below it why; no field shows it."""
KIND, ABOUT, TALK = "kind", "about", "talk"
BEHAVIOUR, EFFECT, EXPECTATION, ANSWER = "behaviour", "effect", "expectation", "answer"
TEXTS = (BEHAVIOUR, EFFECT, EXPECTATION)
YES, NO = "yes", "no"
FOLD = 200
"""Characters of the own words that a giver sees again."""
MOST_ABOUT = 99
"""Goals and values that one question offers, beside "something else"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackFacts:
    """What the form is made of, answers aside."""

    receiver: str
    """The receiver's id."""
    name: str
    subjects: tuple[tuple[str, Wording], ...]
    """What it can be about, with its name: goals that the giver may see, and values."""
    counts: bool
    """Whether the giver's word is their manager's."""
    limit: int
    request: str = ""
    """The request that it answers; "" for a word of one's own accord."""
    question: str = ""
    asked_about: str = ""
    """What the request is about, if it is anything in particular."""


def form(facts: FeedbackFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """The one step; once sent, with what is lacking said at its fields."""
    parts = [_checked(part, words) if sent else part for part in _parts(facts, answers, words)]
    return Form(
        key=ASKED_FORM if facts.request else "feedback",
        subject=facts.request or facts.receiver,
        title=words.plain("feedback.form_title", person=facts.name),
        parts=tuple(parts),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )


def _parts(facts: FeedbackFacts, answers: Answers, words: Words) -> Iterator[FormPart]:
    yield Paragraph(words("feedback.how", person=facts.name))
    if facts.question:
        yield Paragraph(words("feedback.they_ask", person=facts.name))
        yield Quote(facts.question)
    yield _choice(KIND, [(kind, f"feedback.kind_{kind}") for kind in Kind], answers, words)
    subjects = [Option(key, say(name, words.locale)) for key, name in facts.subjects[:MOST_ABOUT]]
    yield Field(
        key=ABOUT,
        ask=Ask.CHOICE,
        label=words.plain("feedback.about"),
        hint=words.plain("feedback.about_hint") if facts.counts else "",
        options=(*subjects, Option(OTHER, words.plain("feedback.other"))),
        value=answers.get(ABOUT) or facts.asked_about or None,
    )
    for key in TEXTS:
        yield Field(
            key=key,
            ask=Ask.TEXT,
            label=words.plain(f"feedback.{key}"),
            hint=words.plain(f"feedback.{key}_hint"),
            value=answers.get(key) or None,
            required=key == BEHAVIOUR,
            limit=facts.limit,
        )
    talk = {**answers, TALK: answers.get(TALK) or NO}
    yield _choice(TALK, [(NO, "feedback.talk_no"), (YES, "feedback.talk_yes")], talk, words)
    yield Small(words("feedback.who_sees", person=facts.name))


def _choice(key: str, options: list[tuple[str, str]], answers: Answers, words: Words) -> Field:
    return Field(
        key=key,
        ask=Ask.CHOICE,
        label=words.plain(f"feedback.{key}"),
        options=tuple(Option(str(value), words.plain(label)) for value, label in options),
        value=answers.get(key) or None,
    )


def _checked(part: FormPart, words: Words) -> FormPart:
    if not isinstance(part, Field):
        return part
    given = (part.value or "").strip()
    if part.ask is Ask.CHOICE and given not in {one.value for one in part.options}:
        return replace(part, problem=words.plain("needs.level"))
    if part.ask is Ask.TEXT and part.required and not given:
        return replace(part, problem=words.plain("feedback.write"))
    if part.ask is Ask.TEXT and len(given) > part.limit:
        facts = {"limit": part.limit, "length": len(given)}
        return replace(part, problem=words.plain("needs.shorter", **facts))
    return part


def answer_form(feedback: Feedback, giver: str, answers: Answers, words: Words, limit: int) -> Form:
    """The receiver's answer, below what was said."""
    return Form(
        key="feedback_answer",
        subject=feedback.id,
        title=words.plain("feedback.answer_title", person=giver),
        parts=(
            *_said(feedback.said, words),
            Field(
                key=ANSWER,
                ask=Ask.TEXT,
                label=words.plain("feedback.answer", person=giver),
                value=answers.get(ANSWER) or None,
                limit=limit,
            ),
            Small(words("feedback.who_sees", person=giver)),
        ),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )


def checked(form_: Form, words: Words) -> Form:
    """The answer's form once it is sent, with what is lacking."""
    parts = (_checked(one, words) if isinstance(one, Field) else one for one in form_.parts)
    return replace(form_, parts=tuple(parts))


def received(feedback: Feedback, giver: str, words: Words) -> Card:
    """What its receiver reads: first the fact, then whose word it is."""
    about = say(feedback.said.about_name, words.locale)
    facts = {"person": giver, "kind": str(feedback.kind), "about": about}
    parts: list[CardPart] = [
        Quote(feedback.said.behaviour),
        Paragraph(words("feedback.from", **facts)),
        *_more(feedback.said, words),
    ]
    if feedback.wants_talk:
        parts.append(Paragraph(words("feedback.wants_talk", person=giver)))
    parts.append(
        Buttons(
            tuple(
                Button(f"feedback.{what}", words.plain(f"feedback.button_{what}"), feedback.id)
                for what in ("thank", "answer", "talk")
            )
        )
    )
    parts.append(Small(words("feedback.who_sees", person=giver)))
    return Card(words.plain("feedback.from", **facts), tuple(parts))


def _said(said: Said, words: Words) -> Iterator[Paragraph | Quote]:
    yield Quote(said.behaviour)
    yield from _more(said, words)


def _more(said: Said, words: Words) -> Iterator[Paragraph | Quote]:
    for key, text in ((EFFECT, said.effect), (EXPECTATION, said.expectation)):
        if text:
            yield Paragraph(words(f"feedback.{key}"))
            yield Quote(text)


def given(feedback: Feedback, receiver: str, reached: datetime | None, words: Words) -> Card:
    """What its giver sees, edited in place: on its way, or arrived (by the giver's clock)."""
    key = "feedback.given" if reached is None else "feedback.arrived"
    facts: dict[str, object] = {"person": receiver}
    if reached is not None:
        facts |= {"on": reached.date(), "time": f"{reached:%H:%M}"}
    text = words(key, **facts)
    return Card(plain(text), (Paragraph(text), Quote(feedback.said.behaviour, fold_at=FOLD)))


def replied(feedback: Feedback, receiver: str, what: str, words: Words) -> Card:
    """What the giver hears back: "thanked", "talk" or "answered"."""
    text = words("feedback.talk_asked" if what == "talk" else f"feedback.{what}", person=receiver)
    parts: list[CardPart] = [Paragraph(text)]
    if what == "answered":
        parts.append(Quote(feedback.answer))
    parts += [Small(words("feedback.on_your_word")), Quote(feedback.said.behaviour, fold_at=FOLD)]
    return Card(plain(text), tuple(parts))


def whom_form(answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """Whom it is for, by a picker; the form itself follows."""
    who = answers.get(WHOM) or None
    return Form(
        key=WHOM_FORM,
        subject="",
        title=words.plain("feedback.whom_title"),
        parts=(
            Field(
                key=WHOM,
                ask=Ask.PERSON,
                label=words.plain("feedback.whom_label"),
                value=who,
                problem=why_not(WHOM, answers, words, sent=sent),
            ),
        ),
        submit=words.plain("common.next"),
        close=words.plain("common.close"),
    )


def why_not(key: str, answers: Answers, words: Words, *, sent: bool) -> str | None:
    """What is wrong with who was picked: nobody, or somebody refused, until it is changed."""
    whom = answers.get(key) or ""
    refused, _, why = answers.get(REFUSED, "").partition("\n")
    if whom and refused == whom and not sent:
        return why
    return words.plain("feedback.pick") if sent and not whom else None


def whom(people: tuple[tuple[str, str], ...], words: Words) -> Card:
    """Whom it is for: how to say it, and the nearest people as buttons (id and name)."""
    title = words.plain("feedback.whom_title")
    parts: list[CardPart] = [Heading(title), Paragraph(words("feedback.whom"))]
    if people:
        parts.append(Buttons(tuple(Button("feedback.open", name, who) for who, name in people)))
    return Card(title, tuple(parts))
