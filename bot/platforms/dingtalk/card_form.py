"""Questions as a card's form, and what was filled in as their answers; knows no screen by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.platforms.dingtalk import card_draw, template
from bot.platforms.dingtalk.template import FORM_BYTES, NO_NOTE, TEXTS, Values
from bot.platforms.shorten import cut
from handlers.answers import Asks
from prompts import card as neutral
from prompts.card import Ask, Button, Card, Field, Form, Span
from prompts.render import Words

Json = Mapping[str, Any]
MOST_FIELDS = 6
"""Questions of one card (ours): what is typed is lost with a card that was not sent."""
LYING_OPEN = 6
"""Options of a choice that lie open, and are no list that folds out (ours)."""
LABEL, HINT = 80, 40
"""Characters of a question and of what stands in its empty field (ours); the whole question
stands above the form."""
OPTION_CAPS = (60, 30, 16)
"""Characters that each option may keep, tried in this order (ours)."""
ASKED = "asked"
"""A hidden question: what is asked here, as `surface:turn`."""
KEPT = "kept__"
"""Before a question's name: its answer has no room in the form, and stays if nothing is typed."""
ANSWERS = frozenset(f"asking.{does}" for does in ("answer", "skip", "leave", "clear"))
"""Buttons of a question that is asked in the chat: here the form itself takes the answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent."""

    surface: str
    turn: str
    answers: Mapping[str, str]


def values(asks: Asks, words: Words) -> Values:
    """Every variable of a card that asks as many of the next questions as have room.

    Where there is none to ask it is the message for the chat.
    """
    asked = _asked(asks)
    if not asked:
        return card_draw.message(asks.card)
    fields = [_field(one, words) for one in asked]
    form = template.compact({"fields": [_hidden(asks), *fields]})
    beside = [one for one in _buttons(asks.card.parts) if one.action not in ANSWERS]
    before = asks.says.parts if asks.says and beside_it(asks) is None else ()
    kept_at_once = neutral.Small(words("common.typed_is_kept"))
    around = [one for one in _said(asks.form, asked) if one != kept_at_once]
    said = [*before, *around, neutral.Buttons(tuple(beside))]
    texts, below = card_draw.texts_of(said, TEXTS)
    return {
        template.TITLE: card_draw.title_of(asks.form.title),
        template.PICTURE: "",
        **texts,
        template.FORM: form,
        template.STATUS: template.OPEN,
        template.SUBMIT: words.plain("dingtalk.card_submit"),
        template.BUTTONS: template.buttons(below),
        **NO_NOTE,
    }


def beside_it(asks: Asks) -> Card | None:
    """What is said besides and is too long to stand on the card of the questions."""
    long = asks.says is not None and card_draw.note(asks.says) is None
    return asks.says if long and asks.next else None


def read(form: Json, current: Json) -> Sent | None:
    """What was sent; None: it is no form of ours. `current`: the questions as they stood."""
    fields = [one for one in current.get("fields") or () if isinstance(one, Mapping)]
    shown = {str(one.get("name")): one.get("defaultValue") for one in fields}
    surface, _, turn = _text(form.get(ASKED) or shown.get(ASKED)).rpartition(":")
    if not surface:
        return None
    answers: dict[str, str] = {}
    for name in dict.fromkeys((*shown, *form)):
        answer = _text(form.get(name))
        if name != ASKED and (answer or not name.startswith(KEPT)):
            answers[key_of(name)] = answer
    return Sent(surface, turn, answers)


def _name(key: str) -> str:
    """A question's key in letters and numbers: what else a name may have is not documented."""
    return re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}_", key)


def key_of(name: str) -> str:
    """The key of the question that a field of a card's form is."""
    given = name.removeprefix(KEPT)
    return re.sub(r"_([0-9a-f]+)_", lambda found: chr(int(found[1], 16)), given)


def _asked(asks: Asks) -> Sequence[Field]:
    """The next questions that have room together and are about one thing.

    After one that changes the form only words to it follow.
    """
    taken: list[Field] = []
    begin = _beginnings(asks.form)
    room = FORM_BYTES - template.size(template.compact({"fields": [_hidden(asks)]}))
    for field in asks.next[:MOST_FIELDS]:
        changed = bool(taken) and taken[-1].redraws
        if taken and (field.key in begin or (changed and field.ask is not Ask.TEXT)):
            break
        room -= template.size(template.compact(_field(field, None))) + 1
        if room < 0:
            break
        taken.append(field)
    return taken


def _beginnings(form: Form) -> frozenset[str]:
    """Questions before which the form says something: what it says is about them."""
    pairs = zip(form.parts, form.parts[1:], strict=False)
    return frozenset(
        part.key for said, part in pairs if isinstance(part, Field) and not isinstance(said, Field)
    )


def _hidden(asks: Asks) -> Json:
    asked = f"{asks.surface}:{asks.turn}"
    return {"name": ASKED, "type": "TEXT", "hidden": True, "defaultValue": asked}


def _field(field: Field, words: Words | None) -> Json:
    """A question as the form has it. Without words its room is measured."""
    marked = f"⚠ {field.label}" if field.problem else field.label
    name, options = _name(field.key), _options(field)
    drawn: dict[str, Any] = {
        "name": name,
        "label": cut(" ".join(marked.split()), LABEL),
        "type": _type(field),
        "required": field.required,
    }
    if hint := cut(" ".join(field.placeholder.split()), HINT):
        drawn["placeholder"] = hint
    if options:
        drawn["options"] = [{"value": value, "text": text} for value, text in options]
    if not field.value:
        return drawn
    if _has_room(field):
        return {**drawn, "defaultValue": _default(field, drawn["type"])}
    hint = "…" * HINT if words is None else words.plain("dingtalk.card_kept")
    return {**drawn, "name": KEPT + name, "required": False, "placeholder": hint}


def _has_room(field: Field) -> bool:
    """Whether the answer as it stands is shown in the form; a person's account is no words."""
    short = template.size(field.value or "") <= FORM_BYTES // 3
    return short and field.ask not in {Ask.PERSON, Ask.PEOPLE}


def _type(field: Field) -> str:
    match field.ask:
        case Ask.SCORE | Ask.LEVEL | Ask.CHOICE if _options(field):
            few = len(field.options) <= LYING_OPEN and not field.folded
            return "CHECKBOX_GROUP" if few else "SELECT"
        case Ask.NUMBER if _is_number(field.value or "0"):
            return "NUMBER"
        case Ask.DATE if _is_date(field.value or "2000-01-01"):
            return "DATE"
        case Ask.TEXT:
            return "TEXT_AREA"
        case _:
            return "TEXT"


def _default(field: Field, kind: str) -> Any:
    listed = [one.value for one in field.options]
    if kind == "SELECT" and field.value in listed:
        return {"index": listed.index(field.value), "value": field.value}
    return field.value


def _options(field: Field) -> Sequence[tuple[str, str]]:
    """Each option with words of its own, as long as they have room.

    Without room there are none: the answer is typed, and they stand numbered above the form.
    """
    for cap in OPTION_CAPS:
        found = [(one.value, cut(" ".join(one.label.split()), cap)) for one in field.options]
        if len({text for _, text in found}) < len(found):
            return ()
        if template.size(template.compact(found)) <= FORM_BYTES // 2:
            return found
    return ()


def _said(form: Form, asked: Sequence[Field]) -> Iterator[neutral.CardPart]:
    """What the form says to these questions: from behind the one before to the last of them.

    What it says behind the last question of all is said with that.
    """
    keys = [one.key for one in form.fields]
    known = [keys.index(one.key) for one in asked if one.key in keys]
    first, last = (min(known), max(known)) if known else (0, len(keys) - 1)
    end = last + 1 if last == len(keys) - 1 else last
    at = -1
    for part in form.parts:
        if isinstance(part, Field):
            at += 1
            if first <= at <= last:
                yield from _question(part)
        elif first - 1 <= at < end and not isinstance(part, neutral.Buttons):
            yield neutral.Paragraph(part.text) if isinstance(part, neutral.Paragraph) else part


def _question(field: Field) -> Iterator[neutral.CardPart]:
    """What of a question has no room in the form, and what is wrong with its answer."""
    options = [text for _, text in _options(field)]
    whole = [" ".join(one.label.split()) for one in field.options]
    cut_short = options != whole
    hidden = bool(field.value) and not _has_room(field)
    long = len(field.label) > LABEL or cut_short
    if field.hint or field.problem or long or hidden:
        yield neutral.Paragraph((Span(field.label, bold=True),))
    if field.problem:
        yield neutral.Paragraph((Span(f"⚠ {field.problem}"),))
    if field.hint:
        yield neutral.Small((Span(field.hint),))
    if cut_short:
        for number, label in enumerate(whole, 1):
            yield neutral.Small((Span(label if options else f"{number}. {label}"),))
    if hidden and field.ask is Ask.TEXT:
        yield neutral.Quote(field.value or "")


def _buttons(parts: Sequence[neutral.CardPart]) -> Iterator[Button]:
    for part in parts:
        match part:
            case neutral.Buttons(listed):
                yield from listed
            case neutral.Paragraph(_, button) if button is not None:
                yield button


def _is_number(words: str) -> bool:
    try:
        float(words)
    except ValueError:
        return False
    return True


def _is_date(words: str) -> bool:
    year, month, day = (*words.split("-"), "", "")[:3]
    return len(words) == len("2000-01-01") and (year + month + day).isdecimal()


def _text(given: Any) -> str:
    """An answer as our options have it: DingTalk sends a choice with its place in the list."""
    match given:
        case {"value": value}:
            return _text(value)
        case list():
            return ",".join(_text(one) for one in given)
        case None | bool():
            return ""
        case float() if given.is_integer():
            return str(int(given))
        case _:
            return str(given)
