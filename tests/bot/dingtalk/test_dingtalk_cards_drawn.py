"""Every screen as a card: inside DingTalk's limits, no button lost, each question answerable."""

from __future__ import annotations

import json
import re
from functools import cache
from urllib.parse import unquote

import pytest
from ding_chat import OURS
from ding_reader import READER
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neutral_cards import cards

from bot.platforms.dingtalk import card_draw, card_form, press, template
from bot.platforms.dingtalk.draw import below_of
from bot.platforms.dingtalk.template import Values
from handlers.answers import Asks
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Card,
    Field,
    Form,
    FormPart,
    Heading,
    Paragraph,
    Quote,
    Small,
    Span,
    plain,
)
from prompts.render import LOCALES, Words
from prompts.samples import sizes as samples
from prompts.samples.every import screens
from sandbox.dingtalk import forms
from sandbox.dingtalk.values import FORM_BYTES, VALUE_BYTES

SIZES = {
    "usual": samples.USUAL,
    "worst": samples.WORST,
    "worst in Chinese": samples.WORST_IN_CHINESE,
}
EN = Words("en")
LATER = Card("Question", (Buttons((Button("asking.later", "Later", "s:1:"),)),))


@cache
def all_of(size: str, locale: str) -> dict[str, Card | Form]:
    """Every screen; of those that differ by a number alone, one."""
    found = screens(SIZES[size], Words(locale))
    kinds = {re.sub(r"\d+", "", name): name for name in found}
    return {name: found[name] for name in kinds.values()}


def faults(values: Values) -> list[str]:
    """What DingTalk would refuse, or what the template has no variable for."""
    found = [] if set(values) == set(template.EVERY) else [f"{set(values) ^ set(template.EVERY)}"]
    for name, value in values.items():
        most = FORM_BYTES if name == OURS.form else VALUE_BYTES
        length = len(value.encode())
        found += [f"{name}: {length} bytes"] if length > most else []
    return found


def pressed(values: Values) -> list[tuple[str, str, bool]]:
    """What can be pressed: action, value, and whether it is asked about once more."""
    found = []
    for name in template.TEXTS:
        for block in READER.parse(values[name]):
            for one in block.children or ():
                if one.type == "link_open":
                    sent = unquote(str(one.attrGet("href")).removeprefix(press.SENDS))
                    meant = press.read(sent)
                    assert meant is not None, sent
                    found.append((meant.action, meant.value, meant.asks))
    for one in json.loads(values[template.BUTTONS]):
        asked = one["event"]["params"]
        params = asked.get("params", {})
        found.append((asked["actionId"], params.get("value", ""), template.ASK in params))
    return found


def offered(card: Card) -> list[tuple[str, str, bool]]:
    found: list[Button] = []
    for part in card.parts:
        if isinstance(part, Buttons):
            found += part.buttons
        if isinstance(part, Paragraph) and part.button is not None:
            found.append(part.button)
    return [(one.action, one.value, one.confirm is not None) for one in found]


@pytest.mark.parametrize(
    ("size", "locale"),
    [("usual", "zh-CN"), ("worst", "en"), ("worst in Chinese", "zh-CN")],
)
def test_every_message_fits_on_a_card_and_no_button_is_lost(size: str, locale: str) -> None:
    for name, screen in all_of(size, locale).items():
        if isinstance(screen, Card):
            values = card_draw.message(screen)
            assert faults(values) == [], name
            assert sorted(pressed(values)) == sorted(offered(screen)), name


@pytest.mark.parametrize("locale", LOCALES)
def test_usual_messages_are_not_shortened(locale: str) -> None:
    for name, screen in all_of("usual", locale).items():
        if isinstance(screen, Card):
            values = card_draw.message(screen)
            shown = "".join("".join(values[one].split()) for one in template.TEXTS)
            for part in screen.parts:
                if isinstance(part, Quote) and part.fold_at is None:
                    assert "…" in part.words or "…" not in shown, name


@pytest.mark.parametrize(
    ("size", "locale"), [("usual", "en"), ("worst", "zh-CN"), ("worst in Chinese", "en")]
)
def test_every_question_of_every_form_can_be_answered_on_a_card(size: str, locale: str) -> None:
    for name, form in all_of(size, locale).items():
        if not isinstance(form, Form) or not form.fields:
            continue
        left = form.fields
        while left:
            values = card_form.values(Asks("s" * 32, 12, form, left, LATER), Words(locale))
            assert faults(values) == [], name
            assert values[template.STATUS] == template.OPEN, (name, left[0].key)
            asked, *shown = json.loads(values[template.FORM])["fields"]
            assert asked["defaultValue"] == f"{'s' * 32}:12"
            keys = [one.key for one in left[: len(shown)]]
            sent = card_form.read(
                {card_form.ASKED: "s:1"} | {one["name"]: "x" for one in shown},
                {"fields": [asked, *shown]},
            )
            assert sent is not None
            assert list(sent.answers) == keys, name
            left = left[len(shown) :]


def test_a_form_says_what_stands_around_its_questions_and_no_more() -> None:
    fields = [
        Field(key=f"q{n}", ask=Ask.TEXT, label=f"Question {n}", hint=f"Hint {n}") for n in "123"
    ]
    parts = (
        Heading("Begin"),
        fields[0],
        Quote("Between"),
        fields[1],
        Paragraph((Span("Behind"),)),
        fields[2],
        Paragraph((Span("End"),)),
    )
    form = Form(key="f", subject="s", title="Form", parts=parts)
    values = card_form.values(Asks("s", 1, form, (fields[1],), LATER), EN)
    said = values["text1"]
    assert "Between" in said
    assert "**Question 2**" in said
    assert "Hint 2" in said
    assert not any(word in said for word in ("Begin", "Behind", "End", "Hint 1", "Hint 3"))
    assert [one["text"] for one in json.loads(values["btns"])] == ["Later"]
    last = card_form.values(Asks("s", 1, form, (fields[2],), LATER), EN)["text1"]
    assert "Behind" in last
    assert "End" in last


@pytest.mark.parametrize("locale", LOCALES)
def test_a_card_does_not_promise_that_what_is_typed_is_kept_at_once(locale: str) -> None:
    promise = "".join(plain(Words(locale)("common.typed_is_kept")).split())
    promised = 0
    for form in all_of("usual", locale).values():
        if isinstance(form, Form) and form.fields:
            promised += any(
                isinstance(one, Small) and promise == squeezed(one) for one in form.parts
            )
            values = card_form.values(Asks("s", 1, form, form.fields, LATER), Words(locale))
            assert promise not in "".join("".join(values[one].split()) for one in template.TEXTS)
    assert promised


def squeezed(small: Small) -> str:
    return "".join(plain(small.text).split())


def test_a_long_answer_that_stands_is_shown_and_stays_unless_it_is_replaced() -> None:
    field = Field(key="why", ask=Ask.TEXT, label="Why?", value="长" * 900, problem="Too long.")
    form = Form(key="f", subject="s", title="Form", parts=(field,))
    values = card_form.values(Asks("s", 1, form, (field,), LATER), EN)
    said = "".join(values[name] for name in template.TEXTS)
    assert said.count("长") == 900
    assert "Too long." in said
    _, shown = json.loads(values["form"])["fields"]
    assert not shown["required"]
    assert "defaultValue" not in shown
    kept = card_form.read({card_form.ASKED: "s:1"}, {"fields": [{"name": shown["name"]}]})
    assert kept is not None
    assert kept.answers == {}


def asked_on_a_card(*parts: FormPart) -> list[str]:
    """The questions of the first card of that form."""
    form = Form(key="f", subject="s", title="Form", parts=parts)
    values = card_form.values(Asks("s", 1, form, form.fields, LATER), EN)
    return [one["name"] for one in json.loads(values["form"])["fields"]][1:]


def question(key: str, ask: Ask = Ask.TEXT, *, redraws: bool = False) -> Field:
    return Field(key=key, ask=ask, label=f"Question {key}", redraws=redraws)


def test_after_a_question_that_changes_the_form_only_words_to_it_follow() -> None:
    score = question("score", Ask.NUMBER, redraws=True)
    assert asked_on_a_card(question("q"), score, question("why"), question("more")) == [
        *("q", "score", "why", "more")
    ]
    assert asked_on_a_card(score, question("next", Ask.NUMBER)) == ["score"]


def test_what_is_asked_under_another_heading_comes_on_another_card() -> None:
    first, second = question("q1"), question("q2")
    assert asked_on_a_card(Heading("A"), first, Heading("B"), second) == ["q1"]
    assert asked_on_a_card(Heading("A"), first, second) == ["q1", "q2"]


def test_a_card_asks_six_questions_at_most() -> None:
    fields = tuple(Field(key=f"q{n}", ask=Ask.TEXT, label=f"Question {n}") for n in range(1, 9))
    form = Form(key="f", subject="s", title="Form", parts=fields)
    values = card_form.values(Asks("s", 1, form, fields, LATER), EN)
    asked = [one["name"] for one in json.loads(values["form"])["fields"]]
    assert asked == ["asked", "q1", "q2", "q3", "q4", "q5", "q6"]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(cards)
def test_any_card_fits(card: Card) -> None:
    values = card_draw.message(card)
    assert faults(values) == []
    assert sorted(pressed(values)) == sorted(offered(card))
    note = card_draw.note(card)
    assert note is None or all(len(one.encode()) <= VALUE_BYTES for one in note.values())


@given(st.text(max_size=30))
def test_a_questions_name_is_read_back(key: str) -> None:
    name = card_form._name(key)
    assert card_form.key_of(name) == key
    assert name.replace("_", "").isalnum() or not name
    assert name.isascii()


def test_buttons_that_have_no_room_in_the_group_are_links() -> None:
    buttons = tuple(Button("a" * 30, f"B{n}" * 10, "v" * 64) for n in range(5))
    card = Card("x", (Buttons(buttons),))
    assert below_of(card.parts) == buttons
    values = card_draw.message(card)
    assert values["btns"] == "[]"
    assert len(pressed(values)) == 5


def test_the_client_takes_the_forms_kinds() -> None:
    assert {"TEXT", "TEXT_AREA", "NUMBER", "DATE", "SELECT", "CHECKBOX_GROUP"} <= set(forms._TAKES)
