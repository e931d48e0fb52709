"""Cards and forms as Slack draws them, inside Slack's limits; knows no screen by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.platforms.slack import fit, text
from prompts import card as neutral
from prompts.card import Ask, Card, Field, Form

Block = dict[str, Any]
ROW_OF_BUTTONS = 25
HEADER, TITLE, BUTTON, OPTION, LABEL, INPUT = 150, 24, 75, 75, 2000, 3000
RADIO_OPTIONS = 10
LINE = 150
"""A text of so many characters at most is asked for on one line."""
NOTHING = "–"
"""Stands where Slack asks for words and there are none."""
CALENDAR = ".ics"
NO_LINKS: Mapping[str, str] = MappingProxyType({})
CHARTS, CHART_BARS, CHART_SERIES, CHART_LABEL = 2, 20, 12, 20


def message(
    card: Card,
    *,
    delivery: str,
    kind: str,
    picture: str | None = None,
    attached: Mapping[str, str] = NO_LINKS,
) -> dict[str, Any]:
    """The body of chat.postMessage or chat.update, but for where it goes.

    `picture` is the id of the uploaded file that stands for the card's picture, `attached` the
    links to those that stand for its files, by their keys: who reads a message with the link may
    open it.
    """
    return {
        "text": _summary(card),
        "blocks": _message_blocks(card, picture, attached),
        "metadata": {
            "event_type": "nosurprise",
            "event_payload": {"delivery": delivery, "kind": kind},
        },
        "unfurl_links": False,
        "unfurl_media": False,
    }


def reply(card: Card) -> dict[str, Any]:
    """Words to one person alone, such as the answer to a slash command."""
    return {
        "response_type": "ephemeral",
        "text": _summary(card),
        "blocks": _message_blocks(card, None, NO_LINKS),
    }


def view(form: Form) -> dict[str, Any]:
    """A form as a modal."""
    parts = form.parts
    if len(form.title) > TITLE:
        parts = (neutral.Paragraph((neutral.Span(form.title, bold=True),)), *parts)
    ways = (("form.keep", form.keep), ("form.back", form.back))
    below = [neutral.Button(one, label, form.subject) for one, label in ways if label is not None]
    if below:
        parts = (*parts, neutral.Buttons(tuple(below)))
    drawn: dict[str, Any] = {
        "type": "modal",
        "callback_id": form.key,
        "title": _plain(form.title, TITLE),
        "blocks": fit.in_view(parts, lambda part: _draw(part, None)),
        "private_metadata": json.dumps([form.subject, form.step, form.base]),
    }
    if form.submit is not None:
        drawn["submit"] = _plain(form.submit, TITLE)
    if form.close:
        drawn["close"] = _plain(form.close, TITLE)
    return drawn


def home(card: Card) -> dict[str, Any]:
    """A card as somebody's Home tab; there are no pictures on it."""
    return {"type": "home", "blocks": fit.in_view(card.parts, lambda part: _draw(part, None))}


def block_id(field: Field) -> str:
    """The field's key, with "#n" where its value was changed elsewhere, or it has a "#" itself."""
    numbered = field.version or "#" in field.key
    return f"{field.key}#{field.version}" if numbered else field.key


def problems(form: Form) -> dict[str, str]:
    """Block id to what is wrong there, as an answer to view_submission."""
    return {block_id(field): text.cut(field.problem or "", LABEL) for field in form.problems}


def _message_blocks(card: Card, picture: str | None, attached: Mapping[str, str]) -> list[Block]:
    """The card's blocks; of more charts than a message takes, the first ones."""
    charts = [id(part) for part in card.parts if isinstance(part, neutral.Chart)][CHARTS:]
    parts = [part for part in card.parts if id(part) not in charts]
    return fit.in_message(parts, lambda part: _draw(part, picture, attached))


def _summary(card: Card) -> str:
    """What a notification shows, as long as an edit's text may be after escaping."""
    return text.escaped(next(text.split(text.cut(card.summary, 1000), text.SECTION_LIMIT), ""))


def _draw(  # noqa: C901, PLR0912  one case a part
    part: neutral.CardPart | neutral.FormPart,
    picture: str | None,
    attached: Mapping[str, str] = NO_LINKS,
) -> Iterator[Block]:
    match part:
        case neutral.Heading(words) if len(words) > HEADER:
            yield from text.as_blocks((neutral.Span(words, bold=True),))
        case neutral.Heading(words):
            if words.strip():
                yield {"type": "header", "text": _plain(words, HEADER)}
        case neutral.Paragraph(words, button):
            yield from _paragraph(words, button)
        case neutral.Small(words):
            yield from text.as_small(words)
        case neutral.Quote(words, fold_at):
            yield from text.as_quote(text.cut(words, fold_at) if fold_at else words)
        case neutral.Rule():
            yield {"type": "divider"}
        case neutral.Buttons(buttons):
            yield from (_actions([_button(button) for button in row]) for row in _rows(buttons))
        case neutral.Chart():
            yield from _chart(part)
        case neutral.Picture(_, alt):
            if picture is not None:
                yield {
                    "type": "image",
                    "slack_file": {"id": picture},
                    "alt_text": _plain(alt, LABEL)["text"],
                }
        case neutral.Attachment() | neutral.Appointment():
            yield from _file(part, attached)
        case Field():
            yield from _field(part)


def _file(part: neutral.File, attached: Mapping[str, str]) -> Iterator[Block]:
    if part.key in attached:
        sign = "📅" if part.name.endswith(CALENDAR) else "📄"
        shown = f"{sign} {text.cut(part.label, BUTTON) or part.name}"
        link = {"type": "link", "url": attached[part.key], "text": shown}
        section = {"type": "rich_text_section", "elements": [link]}
        yield {"type": "rich_text", "elements": [section]}


def _paragraph(words: neutral.Text, button: neutral.Button | None) -> Iterator[Block]:
    blocks = text.as_blocks(words)
    yield from blocks[:-1]
    if button is None:
        yield from blocks[-1:]
    elif blocks and blocks[-1]["type"] == "section":
        yield blocks[-1] | {"accessory": _button(button)}
    else:
        yield from (*blocks[-1:], _actions([_button(button)]))


def _rows(buttons: Sequence[neutral.Button]) -> Iterator[list[neutral.Button]]:
    """Rows that Slack takes: not too long, and each action once."""
    row: list[neutral.Button] = []
    for button in buttons:
        taken = button.action in {other.action for other in row}
        if taken or len(row) == ROW_OF_BUTTONS:
            yield row
            row = []
        row.append(button)
    if row:
        yield row


def _plain(words: str, limit: int) -> dict[str, Any]:
    shown = text.cut(words, limit) if words.strip() else NOTHING
    return {"type": "plain_text", "text": shown, "emoji": False}


def _actions(elements: Sequence[Block]) -> Block:
    return {"type": "actions", "elements": list(elements)}


def _button(button: neutral.Button) -> Block:
    drawn: Block = {
        "type": "button",
        "action_id": button.action,
        "text": _plain(button.label, BUTTON),
    }
    if button.value:
        drawn["value"] = button.value
    if button.style is not None:
        drawn["style"] = button.style
    if button.confirm is not None:
        drawn["confirm"] = {
            "title": _plain(button.confirm.title, 100),
            "text": _plain(button.confirm.text, 300),
            "confirm": _plain(button.confirm.yes, 30),
            "deny": _plain(button.confirm.no, 30),
        }
    return drawn


def _chart(chart: neutral.Chart) -> Iterator[Block]:
    """The chart, or nothing where Slack can't draw it: the text beside it says the same."""
    labels = [text.cut(bar.label, CHART_LABEL) for bar in chart.bars]
    names = [text.cut(name, CHART_LABEL) for name in chart.series]
    if not (_are_names(labels, CHART_BARS) and _are_names(names, CHART_SERIES)):
        return
    series = [
        {
            "name": name,
            "data": [
                {"label": label, "value": bar.figures[index]}
                for label, bar in zip(labels, chart.bars, strict=True)
            ],
        }
        for index, name in enumerate(names)
    ]
    yield {
        "type": "data_visualization",
        "title": _plain(chart.title, 50)["text"],
        "chart": {"type": "bar", "series": series, "axis_config": {"categories": labels}},
    }


def _are_names(words: Sequence[str], most: int) -> bool:
    """Whether there are some, not too many, all different and none blank."""
    return 0 < len(words) <= most and len(set(words)) == len(words) and all(map(str.strip, words))


def _field(field: Field) -> Iterator[Block]:
    if len(field.label) > LABEL:
        yield from text.as_blocks((neutral.Span(field.label),))
    drawn: Block = {
        "type": "input",
        "block_id": block_id(field),
        "label": _plain(field.label, LABEL),
        "element": _ELEMENTS[field.ask](field) | {"action_id": str(field.ask)},
        "optional": not field.required,
        "dispatch_action": field.redraws,
    }
    if field.hint:
        drawn["hint"] = _plain(field.hint, LABEL)
    yield drawn
    if field.problem:
        yield from text.as_small((neutral.Span(f"⚠️ {field.problem}"),))


def _select(field: Field) -> Block:
    return {"type": "static_select"} | _choice(field) | _placeholder(field)


def _radio(field: Field) -> Block:
    if field.folded or len(field.options) > RADIO_OPTIONS:
        return _select(field)
    return {"type": "radio_buttons"} | _choice(field)


def _choice(field: Field) -> Block:
    options = [
        {"text": _plain(option.label, OPTION), "value": option.value} for option in field.options
    ]
    chosen = [option for option in options if option["value"] == field.value]
    return {"options": options} | ({"initial_option": chosen[0]} if chosen else {})


def _text(field: Field) -> Block:
    """Words kept from elsewhere may be longer than the limit: they stay, and the rule says so."""
    most = min(max(field.limit, len(field.value or "")), INPUT)
    drawn: Block = {"type": "plain_text_input", "multiline": field.limit > LINE, "max_length": most}
    return drawn | _initial("initial_value", field) | _placeholder(field)


def _number(field: Field) -> Block:
    return {"type": "number_input", "is_decimal_allowed": True} | _initial("initial_value", field)


def _date(field: Field) -> Block:
    return {"type": "datepicker"} | _initial("initial_date", field)


def _person(field: Field) -> Block:
    return {"type": "users_select"} | _initial("initial_user", field)


def _people(field: Field) -> Block:
    drawn: Block = {"type": "multi_users_select", "max_selected_items": field.limit}
    return drawn | ({"initial_users": field.value.split(",")} if field.value else {})


def _initial(name: str, field: Field) -> Block:
    return {name: field.value} if field.value else {}


def _placeholder(field: Field) -> Block:
    return {"placeholder": _plain(field.placeholder, 150)} if field.placeholder else {}


_ELEMENTS: dict[Ask, Callable[[Field], Block]] = {
    Ask.SCORE: _select,
    Ask.LEVEL: _radio,
    Ask.CHOICE: _radio,
    Ask.TEXT: _text,
    Ask.NUMBER: _number,
    Ask.DATE: _date,
    Ask.PERSON: _person,
    Ask.PEOPLE: _people,
}
