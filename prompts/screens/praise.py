"""Praise: the form, what stands in the channel, what both see of it, and the board of a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Card,
    CardPart,
    Confirm,
    Field,
    Form,
    Heading,
    Option,
    Paragraph,
    Quote,
    Small,
    Text,
    plain,
)
from prompts.render import Words
from review.praise import Praise
from review.wording import Wording, say

FORM = "praise"
WHO, VALUE, TEXT = "who", "value", "words"
TAKE_BACK = "praise.take_back"
FOLD = 200
"""Characters of the own words that a giver sees again."""
NAMES = 60
"""Names in each list of the board (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PraiseFacts:
    """What the form is made of, answers aside."""

    values: tuple[tuple[str, Wording], ...]
    """Key and name of each value of the company."""
    public: bool
    """Whether there is a channel for it."""
    limit: int


def form(
    facts: PraiseFacts,
    answers: Answers,
    words: Words,
    *,
    sent: bool = False,
    why: Text = (),
) -> Form:
    """The one step; once sent, with what is lacking said at its fields.

    `why`: why the words of a command could not be sent as they are.
    """
    parts: list[Paragraph | Small | Field] = [Paragraph(why)] if why else []
    parts += [_checked(one, words) if sent else one for one in _fields(facts, answers, words)]
    parts.append(Small(words("praise.who_sees", public=facts.public)))
    return Form(
        key=FORM,
        subject="",
        title=words.plain("praise.form_title"),
        parts=tuple(parts),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )


def _fields(facts: PraiseFacts, answers: Answers, words: Words) -> Iterator[Field]:
    yield Field(
        key=WHO,
        ask=Ask.PERSON,
        label=words.plain("praise.whom"),
        value=answers.get(WHO) or None,
    )
    yield Field(
        key=VALUE,
        ask=Ask.CHOICE,
        label=words.plain("praise.value"),
        options=tuple(Option(key, say(name, words.locale)) for key, name in facts.values),
        value=answers.get(VALUE) or None,
    )
    yield Field(
        key=TEXT,
        ask=Ask.TEXT,
        label=words.plain("praise.text"),
        hint=words.plain("praise.text_hint"),
        value=answers.get(TEXT) or None,
        limit=facts.limit,
    )


def _checked(field: Field, words: Words) -> Field:
    given = (field.value or "").strip()
    if field.ask is Ask.PERSON and not given:
        return replace(field, problem=words.plain("praise.choose"))
    if field.ask is Ask.CHOICE and given not in {one.value for one in field.options}:
        return replace(field, problem=words.plain("needs.level"))
    if field.ask is Ask.TEXT and not given:
        return replace(field, problem=words.plain("praise.write"))
    if field.ask is Ask.TEXT and len(given) > field.limit:
        facts = {"limit": field.limit, "length": len(given)}
        return replace(field, problem=words.plain("needs.shorter", **facts))
    return field


def done(person: str, words: Words, *, public: bool) -> Card:
    """The answer to whoever praised in one line."""
    text = words("praise.done", person=person, public=public)
    return Card(plain(text), (Paragraph(text),))


def in_channel(praise: Praise, giver: str, person: str, words: Words) -> Card:
    """What everybody reads."""
    text = words("praise.stands", giver=giver, person=person)
    return Card(plain(text), (Paragraph(text), *_said(praise, words)))


def told(praise: Praise, giver: str, words: Words, *, public: bool) -> Card:
    """What its receiver reads alone."""
    text = words("praise.told", giver=giver)
    counts = Small(words("praise.counts", public=public))
    return Card(plain(text), (Paragraph(text), *_said(praise, words), counts))


def _said(praise: Praise, words: Words) -> tuple[Quote, Small]:
    value = say(praise.said.value_name, words.locale)
    return Quote(praise.said.text), Small(words("praise.for_value", value=value))


def taken(words: Words) -> Card:
    """Instead of what it said, once its giver took it back."""
    text = words("praise.taken")
    return Card(plain(text), (Paragraph(text),), withdraws=True)


def given(praise: Praise, person: str, until: date, words: Words, *, public: bool) -> Card:
    """What its giver sees: the way back, until the month's board; then their words again."""
    if praise.taken_at is not None:
        text = words("praise.took", person=person)
        return Card(plain(text), (Paragraph(text), Quote(praise.said.text)))
    text = words("praise.given", person=person, public=public)
    confirm = Confirm(
        title=words.plain("praise.take_back"),
        text=words.plain("praise.sure", person=person),
        yes=words.plain("praise.take_back"),
        no=words.plain("praise.keep"),
    )
    back = Button(TAKE_BACK, words.plain("praise.take_back"), praise.id, confirm=confirm)
    parts: tuple[CardPart, ...] = (
        Paragraph(text),
        Quote(praise.said.text, fold_at=FOLD),
        Buttons((back,)),
        Small(words("praise.until", until=until)),
    )
    return Card(plain(text), parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFacts:
    """A month's praise; people by name, in no order of merit."""

    month: date
    """Its first day."""
    count: int
    values: tuple[tuple[Wording, int], ...]
    """Values that were named, with how often, as the company lists them."""
    receivers: tuple[str, ...]
    givers: tuple[str, ...]


def board(facts: BoardFacts, words: Words) -> Card:
    """What the channel reads once a month."""
    title = words.plain("praise.board_title", month=facts.month)
    values = [(say(name, words.locale), count) for name, count in facts.values]
    parts: list[CardPart] = [
        Heading(title),
        Paragraph(words("praise.board_count", count=facts.count)),
        Paragraph(words("praise.board_values", values=values)),
    ]
    for key, names in (("receivers", facts.receivers), ("givers", facts.givers)):
        more = max(len(names) - NAMES, 0)
        parts.append(Paragraph(words(f"praise.board_{key}", people=names[:NAMES], more=more)))
    return Card(title, tuple(parts))
