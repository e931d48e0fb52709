"""Rules for blocks. Source: Slack docs, reference/block-kit/blocks, the page of each block."""

from __future__ import annotations

from typing import Any

from sandbox.slack import charts, composition, elements, limits
from sandbox.slack.composition import ANY_TEXT
from sandbox.slack.elements import Check
from sandbox.slack.model import Json, texts_of
from sandbox.slack.problems import Problems, kind_of
from sandbox.slack.rich_text import rich_text
from sandbox.slack.values import elements as interactive

MESSAGE_ONLY = {"markdown", "table", "data_visualization"}


def message_problems(blocks: Any) -> list[str]:
    """Return what Slack would refuse in a message's blocks; empty when it takes them."""
    found = Problems()
    holder = {"blocks": blocks}
    _all(found, holder, "", limits.MESSAGE_BLOCKS, set(_CHECKS))
    if not found.found:
        _of_message(found, blocks or [])
    return found.found


def too_long(blocks: list[Json]) -> bool:
    """Say whether the blocks' text together is more than a message takes (msg_blocks_too_long).

    Undocumented: seen at 11,341 to 13,297 characters in bolt-js #2509 and #2867.
    """
    return sum(map(len, texts_of(blocks))) > limits.MESSAGE_BLOCK_TEXT


def view_blocks(found: Problems, view: Json, where: str) -> None:
    """Check the blocks of a modal or Home tab."""
    _all(found, view, where, limits.VIEW_BLOCKS, set(_CHECKS) - MESSAGE_ONLY)


def _all(found: Problems, holder: Json, where: str, most: int, allowed: set[str]) -> None:
    for index, block in enumerate(found.items(holder, "blocks", where, most, least=0)):
        spot = f"{where}/blocks/{index}"
        kind = kind_of(block)
        if kind is None:
            found.add("missing required field: type", spot)
        elif kind not in allowed:
            found.add(f"unsupported type: {kind}", spot)
        else:
            found.string(block, "block_id", spot, limits.ID, least=1)
            _CHECKS[kind](found, block, spot)
    if not found.found:
        _unique(found, holder.get("blocks") or [], where)


def _unique(found: Problems, blocks: list[Json], where: str) -> None:
    """Check that block_id is unique, and action_id within its block (the blocks' pages)."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        spot = f"{where}/blocks/{index}"
        block_id = block.get("block_id")
        if block_id in seen:
            found.add(f"`block_id` already exists: {block_id}", f"{spot}/block_id")
        seen |= {block_id} if block_id else set()
        actions: set[str] = set()
        for element in interactive(block):
            action = element.get("action_id")
            if action in actions:
                found.add(f'`action_id` "{action}" already exists in this block', spot)
            actions |= {action} if action else set()


def _of_message(found: Problems, blocks: list[Json]) -> None:
    """Check what is counted over a whole message."""
    kinds = [block["type"] for block in blocks]
    for kind, most in (("table", limits.TABLES), ("data_visualization", limits.CHARTS)):
        if kinds.count(kind) > most:
            found.add(f"no more than {most} {kind} blocks allowed", "/blocks")
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > limits.MARKDOWN:
        found.add(f"must be less than {limits.MARKDOWN + 1} characters", "/blocks")
    cells = sum(map(len, texts_of([block for block in blocks if block["type"] == "table"])))
    if cells > limits.TABLE_CHARACTERS:
        found.add(f"must be less than {limits.TABLE_CHARACTERS + 1} characters", "/blocks")


def _section(found: Problems, block: Json, where: str) -> None:
    found.shape(block, where, "type", "block_id text fields accessory expand")
    if "text" not in block and "fields" not in block:
        found.add("must define either `text` or `fields`", where)
    composition.text(found, block, "text", where, limits.SECTION_TEXT, kinds=ANY_TEXT)
    for index, field in enumerate(found.items(block, "fields", where, limits.SECTION_FIELDS)):
        spot = f"{where}/fields/{index}"
        composition.text_object(found, field, spot, limits.SECTION_FIELD, ANY_TEXT)
    if "accessory" in block:
        elements.element(found, block["accessory"], f"{where}/accessory", elements.IN_SECTION)
    found.flag(block, "expand", where=where)


def _header(found: Problems, block: Json, where: str) -> None:
    found.shape(block, where, "type text", "block_id")
    composition.text(found, block, "text", where, limits.HEADER)


def _context(found: Problems, block: Json, where: str) -> None:
    found.shape(block, where, "type elements", "block_id")
    parts = found.items(block, "elements", where, limits.CONTEXT_ELEMENTS)
    for index, part in enumerate(parts):
        spot = f"{where}/elements/{index}"
        if isinstance(part, dict) and part.get("type") == "image":
            elements.image(found, part, spot)
        else:
            composition.text_object(found, part, spot, limits.SECTION_TEXT, ANY_TEXT)


def _actions(found: Problems, block: Json, where: str) -> None:
    found.shape(block, where, "type elements", "block_id")
    parts = found.items(block, "elements", where, limits.ACTIONS_ELEMENTS)
    for index, part in enumerate(parts):
        elements.element(found, part, f"{where}/elements/{index}", elements.IN_ACTIONS)


def _divider(found: Problems, block: Json, where: str) -> None:
    found.shape(block, where, "type", "block_id")


def _image(found: Problems, block: Json, where: str) -> None:
    if found.shape(block, where, "type alt_text", "block_id title image_url slack_file"):
        composition.text(found, block, "title", where, limits.IMAGE_TEXT)
        elements.picture(found, block, where)


def _input(found: Problems, block: Json, where: str) -> None:
    known = "block_id dispatch_action hint optional"
    if not found.shape(block, where, "type label element", known):
        return
    composition.text(found, block, "label", where, limits.INPUT_LABEL)
    composition.text(found, block, "hint", where, limits.INPUT_LABEL)
    found.flag(block, "dispatch_action", "optional", where=where)
    elements.element(found, block["element"], f"{where}/element", elements.IN_INPUT)


def _markdown(found: Problems, block: Json, where: str) -> None:
    found.shape(block, where, "type text", "block_id")
    found.string(block, "text", where, limits.MARKDOWN, least=1)


_CHECKS: dict[str, Check] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "divider": _divider,
    "image": _image,
    "input": _input,
    "rich_text": rich_text,
    "markdown": _markdown,
    "table": charts.table,
    "data_visualization": charts.chart,
}
