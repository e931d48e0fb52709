"""Cards and forms as Slack draws them, inside Slack's limits; knows no screen by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.platforms.slack import text
from prompts import card as neutral
from prompts.card import Ask, Card, Field, Form

Block = dict[str, Any]
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 11_000
"""Characters of all blocks together; Slack refuses a message somewhere above 11,300."""
ROW_OF_BUTTONS = 25
HEADER, TITLE, BUTTON, OPTION, LABEL = 150, 24, 75, 75, 2000


def message(card: Card, *, delivery: str, kind: str, picture: str | None = None) -> dict[str, Any]:
    """The body of chat.postMessage or chat.update, but for where it goes.

    `picture` is the id of the uploaded file that stands for the card's picture.
    """
    blocks = _within_message([block for part in card.parts for block in _draw(part, picture)])
    return {
        "text": text.escaped(text.cut(card.summary, 1000)),
        "blocks": blocks,
        "metadata": {
            "event_type": "nosurprise",
            "event_payload": {"delivery": delivery, "kind": kind},
        },
        "unfurl_links": False,
        "unfurl_media": False,
    }


def reply(card: Card) -> dict[str, Any]:
    """Words to one person alone, such as the answer to a slash command."""
    blocks = _within_message([block for part in card.parts for block in _draw(part, None)])
    return {
        "response_type": "ephemeral",
        "text": text.escaped(text.cut(card.summary, 1000)),
        "blocks": blocks,
    }


def view(form: Form) -> dict[str, Any]:
    """A form as a modal."""
    blocks = [block for part in form.parts for block in _draw(part, None)]
    if form.back is not None:
        blocks.append(_actions([_button(neutral.Button("form.back", form.back, form.subject))]))
    drawn: dict[str, Any] = {
        "type": "modal",
        "callback_id": form.key,
        "title": _plain(form.title, TITLE),
        "blocks": blocks[:VIEW_BLOCKS],
        "private_metadata": json.dumps([form.subject, form.step, form.base]),
    }
    if form.submit is not None:
        drawn["submit"] = _plain(form.submit, TITLE)
    if form.close:
        drawn["close"] = _plain(form.close, TITLE)
    return drawn


def block_id(field: Field) -> str:
    """The field's key, with "#n" where its value was changed elsewhere."""
    return f"{field.key}#{field.version}" if field.version else field.key


def problems(form: Form) -> dict[str, str]:
    """Block id to what is wrong there, as an answer to view_submission."""
    return {block_id(field): field.problem or "" for field in form.problems}


def _within_message(blocks: list[Block]) -> list[Block]:
    """As many blocks as a message can carry; what is left out is marked by an ellipsis."""
    kept: list[Block] = []
    room = MESSAGE_TEXT
    for block in blocks:
        room -= len(json.dumps(block.get("text", block), ensure_ascii=False))
        if room < 0 or len(kept) == MESSAGE_BLOCKS - 1:
            return [*kept, text.as_small((neutral.Span("…"),))]
        kept.append(block)
    return kept


def _draw(  # noqa: C901  one case a part
    part: neutral.CardPart | neutral.FormPart, picture: str | None
) -> Iterator[Block]:
    match part:
        case neutral.Heading(words):
            yield {"type": "header", "text": _plain(words, HEADER)}
        case neutral.Paragraph(words, button):
            yield from _paragraph(words, button)
        case neutral.Small(words):
            yield text.as_small(words)
        case neutral.Quote(words, fold_at):
            yield from text.as_quote(text.cut(words, fold_at) if fold_at else words)
        case neutral.Rule():
            yield {"type": "divider"}
        case neutral.Buttons(buttons):
            yield from (_actions([_button(button) for button in row]) for row in _rows(buttons))
        case neutral.Chart():
            yield _chart(part)
        case neutral.Picture(_, alt):
            if picture is not None:
                yield {
                    "type": "image",
                    "slack_file": {"id": picture},
                    "alt_text": text.cut(alt, LABEL),
                }
        case Field():
            yield from _field(part)


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
    return {"type": "plain_text", "text": text.cut(words, limit), "emoji": False}


def _actions(elements: Sequence[Block]) -> Block:
    return {"type": "actions", "elements": list(elements)}


def _button(button: neutral.Button) -> Block:
    drawn: Block = {
        "type": "button",
        "action_id": button.action,
        "text": _plain(button.label, BUTTON),
        "value": button.value,
    }
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


def _chart(chart: neutral.Chart) -> Block:
    labels = [text.cut(bar.label, 20) for bar in chart.bars]
    series = [
        {
            "name": text.cut(name, 20),
            "data": [
                {"label": label, "value": bar.figures[index]}
                for label, bar in zip(labels, chart.bars, strict=True)
            ],
        }
        for index, name in enumerate(chart.series)
    ]
    return {
        "type": "data_visualization",
        "title": text.cut(chart.title, 50),
        "chart": {"type": "bar", "series": series, "axis_config": {"categories": labels}},
    }


def _field(field: Field) -> Iterator[Block]:
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
        yield text.as_small((neutral.Span(f"⚠️ {field.problem}"),))


def _select(field: Field) -> Block:
    return {"type": "static_select"} | _choice(field) | _placeholder(field)


def _radio(field: Field) -> Block:
    return {"type": "radio_buttons"} | _choice(field)


def _choice(field: Field) -> Block:
    options = [
        {"text": _plain(option.label, OPTION), "value": option.value} for option in field.options
    ]
    chosen = [option for option in options if option["value"] == field.value]
    return {"options": options} | ({"initial_option": chosen[0]} if chosen else {})


def _text(field: Field) -> Block:
    drawn: Block = {"type": "plain_text_input", "multiline": True, "max_length": field.limit}
    return drawn | _initial("initial_value", field) | _placeholder(field)


def _number(field: Field) -> Block:
    return {"type": "number_input", "is_decimal_allowed": True} | _initial("initial_value", field)


def _date(field: Field) -> Block:
    return {"type": "datepicker"} | _initial("initial_date", field)


def _person(field: Field) -> Block:
    return {"type": "users_select"} | _initial("initial_user", field)


def _initial(name: str, field: Field) -> Block:
    return {name: field.value} if field.value else {}


def _placeholder(field: Field) -> Block:
    return {"placeholder": _plain(field.placeholder, 150)} if field.placeholder else {}


_ELEMENTS: dict[Ask, Callable[[Field], Block]] = {
    Ask.SCORE: _select,
    Ask.LEVEL: _radio,
    Ask.TEXT: _text,
    Ask.NUMBER: _number,
    Ask.DATE: _date,
    Ask.PERSON: _person,
}
