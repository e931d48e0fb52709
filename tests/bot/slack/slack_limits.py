"""What Slack refuses in what leaves the bot: the SDK's models, the stand-in, and rules of our own.

Numbers are those of Slack's documentation (reference/block-kit and reference/views); test_limits
compares them with slackblocks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView
from slack_shapes import INPUTS, KEYS

from sandbox.slack.blocks import message_problems, too_long
from sandbox.slack.surfaces import view_problems

Json = dict[str, Any]
MESSAGE_BLOCKS, VIEW_BLOCKS, MESSAGE_TEXT = 50, 100, 12_000
VIEW_BYTES, PRIVATE_METADATA, VIEW_WORD = 250_000, 3000, 24
ID, TEXT, HEADER, LABEL, ALT = 255, 3000, 150, 2000, 2000
BUTTON, BUTTON_VALUE, OPTION, OPTION_VALUE, PLACEHOLDER = 75, 2000, 75, 150, 150
SELECT_OPTIONS, RADIO_OPTIONS, ACTIONS, CONTEXT, INPUT = 100, 10, 25, 10, 3000
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
CHARTS, CHART_TITLE, CHART_SERIES, CHART_POINTS, CHART_LABEL = 2, 50, 12, 20, 20
EDIT_TEXT = 4000
"""chat.update's text."""


def message_faults(payload: Json) -> list[str]:
    """What is wrong with the body of a message; empty when Slack takes it."""
    blocks = payload["blocks"]
    found = list(_blocks(blocks, MESSAGE_BLOCKS))
    found += [f"input in a message: {b['block_id']}" for b in blocks if b["type"] == "input"]
    if len(payload["text"]) > EDIT_TEXT:
        found.append(f"text of {len(payload['text'])} characters")
    if not payload["text"] and not blocks:
        found.append("no_text")
    if sum(map(len, texts_in(blocks))) > MESSAGE_TEXT or too_long(blocks):
        found.append("msg_blocks_too_long")
    charts = [block for block in blocks if block["type"] == "data_visualization"]
    if len(charts) > CHARTS:
        found.append(f"{len(charts)} charts")
    return found + [f"sdk: {fault}" for fault in _sdk(blocks)] + message_problems(blocks)


def view_faults(view: Json) -> list[str]:
    """What is wrong with a modal or a Home tab; empty when Slack takes it."""
    found = [*_shape(view, "view"), *_blocks(view["blocks"], VIEW_BLOCKS)]
    for name in ("title", "submit", "close"):
        if name in view:
            found += _plain(view[name], VIEW_WORD, name)
    if view["type"] == "modal":
        found += _length(view["callback_id"], ID, "callback_id", least=1)
        found += _length(view["private_metadata"], PRIVATE_METADATA, "private_metadata")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        found.append("view_too_large")
    if (
        view["type"] == "modal"
        and "submit" not in view
        and any(block["type"] == "input" for block in view["blocks"])
    ):
        found.append("input without submit")
    if any(block["type"] == "data_visualization" for block in view["blocks"]):
        found.append("chart in a view")
    try:  # its blocks are looked at, too
        SdkView(**view).to_dict()
    except SlackObjectFormationError as error:
        found.append(f"sdk: {error}")
    return found + view_problems(view)


def texts_in(value: Any) -> Iterator[str]:
    """Every string under a "text" key, in reading order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def _sdk(blocks: list[Json]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "data_visualization":
            continue
        model = SdkBlock.parse(block)
        if model is None:
            yield f"unknown block {block['type']}"
            continue
        try:
            model.to_dict()
        except SlackObjectFormationError as error:
            yield str(error)


def _blocks(blocks: list[Json], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "a block_id stands twice"
    for index, block in enumerate(blocks):
        for fault in _block(block):
            yield f"block {index}: {fault}"


def _block(block: Json) -> Iterator[str]:
    yield from _shape(block, "block", "block_id")
    yield from _length(block.get("block_id", "–"), ID, "block_id", least=1)
    yield from _RULES.get(block["type"], _unknown)(block)
    elements = [*block.get("elements", ()), block.get("element"), block.get("accessory")]
    actions = [one["action_id"] for one in elements if one and "action_id" in one]
    if len(actions) != len(set(actions)):
        yield "an action_id stands twice"


def _unknown(block: Json) -> Iterator[str]:
    yield f"unknown block {block['type']}"


def _shape(thing: Json, where: str, *more: str) -> Iterator[str]:
    if thing.get("type") not in KEYS:
        yield f"{where}: unknown type {thing.get('type')}"
        return
    must, may = (set(words.split()) for words in KEYS[thing["type"]])
    if missing := must - thing.keys():
        yield f"{where}: lacks {sorted(missing)}"
    if strange := thing.keys() - must - may - {"type", *more}:
        yield f"{where}: has {sorted(strange)}"


def _length(words: Any, most: int, where: str, *, least: int = 0) -> Iterator[str]:
    if not isinstance(words, str):
        yield f"{where}: no string"
    elif not least <= len(words) <= most:
        yield f"{where}: {len(words)} characters"


def _plain(thing: Json, most: int, where: str) -> Iterator[str]:
    yield from _shape(thing, where)
    if thing["type"] != "plain_text" or not thing["text"].strip():
        yield f"{where}: blank, or not plain"
    yield from _length(thing["text"], most, where, least=1)


def _text(thing: Json, where: str) -> Iterator[str]:
    yield from _shape(thing, where)
    if thing["type"] not in {"plain_text", "mrkdwn"} or not thing["text"].strip():
        yield f"{where}: blank, or no text"
    yield from _length(thing["text"], TEXT, where, least=1)


def _section(block: Json) -> Iterator[str]:
    yield from _text(block["text"], "section")
    if "accessory" in block:
        yield from _element(block["accessory"], {"button"})


def _context(block: Json) -> Iterator[str]:
    yield from _count(block["elements"], CONTEXT, "context")
    for element in block["elements"]:
        yield from _text(element, "context")


def _actions(block: Json) -> Iterator[str]:
    yield from _count(block["elements"], ACTIONS, "actions")
    for element in block["elements"]:
        yield from _element(element, {"button"})


def _input(block: Json) -> Iterator[str]:
    yield from _plain(block["label"], LABEL, "label")
    if "hint" in block:
        yield from _plain(block["hint"], LABEL, "hint")
    yield from _element(block["element"], INPUTS)


def _image(block: Json) -> Iterator[str]:
    yield from _length(block["alt_text"], ALT, "alt_text", least=1)


def _rich(block: Json) -> Iterator[str]:
    yield from _count(block["elements"], 1, "rich_text")
    for part in block["elements"]:
        yield from _shape(part, "rich_text")
        yield from _count(part["elements"], 1000, "rich_text")
        for inner in part["elements"]:
            yield from _shape(inner, "rich_text")
            if inner["type"] not in {"text", "link"}:
                yield f"rich_text: {inner['type']}"
            yield from _length(inner["text"], TEXT, "rich_text", least=1)
            if not inner.get("style", {"bold": True}).keys() <= {"bold", "italic"}:
                yield "rich_text: style"


def _chart(block: Json) -> Iterator[str]:
    yield from _length(block["title"], CHART_TITLE, "chart", least=1)
    chart = block["chart"]
    labels = chart["axis_config"]["categories"]
    names = [series["name"] for series in chart["series"]]
    for words, most in ((labels, CHART_POINTS), (names, CHART_SERIES)):
        yield from _count(words, most, "chart")
        if len(set(words)) != len(words):
            yield "chart: a label stands twice"
        for one in words:
            yield from _length(one, CHART_LABEL, "chart label", least=1)
    for series in chart["series"]:
        if [point["label"] for point in series["data"]] != labels:
            yield "chart: points and categories differ"
        if not all(isinstance(point["value"], int | float) for point in series["data"]):
            yield "chart: no number"


def _count(things: list[Any], most: int, where: str) -> Iterator[str]:
    if not 1 <= len(things) <= most:
        yield f"{where}: {len(things)} elements"


def _element(element: Json, allowed: set[str]) -> Iterator[str]:
    kind = element["type"]
    if kind not in allowed:
        yield f"{kind} may not stand here"
    yield from _shape(element, kind)
    yield from _length(element.get("action_id"), ID, "action_id", least=1)
    if "placeholder" in element:
        yield from _plain(element["placeholder"], PLACEHOLDER, "placeholder")
    if kind == "button":
        yield from _button(element)
    elif "options" in element:
        most = RADIO_OPTIONS if kind == "radio_buttons" else SELECT_OPTIONS
        yield from _options(element, most)
    elif kind == "plain_text_input":
        most = element["max_length"]
        if not 1 <= most <= INPUT:
            yield f"max_length of {most}"
        yield from _length(element.get("initial_value", ""), most, "initial_value")


def _button(button: Json) -> Iterator[str]:
    yield from _plain(button["text"], BUTTON, "button")
    yield from _length(button.get("value", "–"), BUTTON_VALUE, "value", least=1)
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield "style"
    for name, most in CONFIRM.items() if "confirm" in button else ():
        yield from _plain(button["confirm"][name], most, f"confirm {name}")


def _options(element: Json, most: int) -> Iterator[str]:
    options = element["options"]
    yield from _count(options, most, "options")
    for option in options:
        if option.keys() != {"text", "value"}:
            yield "option: other fields"
        yield from _plain(option["text"], OPTION, "option")
        yield from _length(option["value"], OPTION_VALUE, "option value", least=1)
    if "initial_option" in element and element["initial_option"] not in options:
        yield "initial_option is not offered"


_RULES: dict[str, Callable[[Json], Iterator[str]]] = {
    "section": _section,
    "header": lambda block: _plain(block["text"], HEADER, "header"),
    "context": _context,
    "actions": _actions,
    "divider": lambda _: iter(()),
    "input": _input,
    "image": _image,
    "rich_text": _rich,
    "data_visualization": _chart,
}
