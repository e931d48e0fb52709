"""What to do with more than a message or a view takes: shorter texts first, controls last."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from bot.platforms.shorten import CAPS, shortened
from bot.platforms.slack import text
from prompts import card as neutral

Block = dict[str, Any]
Part = TypeVar("Part", bound="neutral.CardPart | neutral.FormPart")
MESSAGE_BLOCKS, MESSAGE_SIZE = 50, 11_000
"""Slack refuses a message somewhere above 11,300 characters of text (undocumented; seen)."""
VIEW_BLOCKS, VIEW_SIZE = 100, 240_000
"""Slack: 250 KB a view; the rest is for what stands around the blocks."""
AROUND = 30
"""Characters counted for each block and element around its texts (ours)."""
READ = {"text", "title", "alt_text", "name", "label"}
CONTROLS = {"actions", "input"}
MORE: tuple[Block, ...] = tuple(text.as_small((neutral.Span("…"),)))
"""Stands for what was left out, or where there is nothing at all; Slack wants a block."""


def in_message(parts: Iterable[Part], draw: Callable[[Part], Iterable[Block]]) -> list[Block]:
    """The parts as blocks of one message."""
    return _fitted(tuple(parts), draw, _fits_message)


def in_view(parts: Iterable[Part], draw: Callable[[Part], Iterable[Block]]) -> list[Block]:
    """The parts as blocks of one view."""
    return _fitted(tuple(parts), draw, _fits_view)


def size(blocks: Iterable[Block]) -> int:
    """Characters that people read in a message, with something for each block and element."""
    return sum(
        AROUND * (1 + len(block.get("elements", ()))) + sum(_lengths(block)) for block in blocks
    )


def _lengths(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                yield len(inner) if key in READ else 0
            else:
                yield from _lengths(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _lengths(inner)


def _fits_message(blocks: list[Block]) -> bool:
    return len(blocks) <= MESSAGE_BLOCKS and size(blocks) <= MESSAGE_SIZE


def _fits_view(blocks: list[Block]) -> bool:
    whole = json.dumps(blocks, ensure_ascii=False).encode()
    return len(blocks) <= VIEW_BLOCKS and len(whole) <= VIEW_SIZE


def _fitted(
    parts: tuple[Part, ...],
    draw: Callable[[Part], Iterable[Block]],
    fits: Callable[[list[Block]], bool],
) -> list[Block]:
    for cap in (None, *CAPS):
        shown = parts if cap is None else [shortened(part, cap) for part in parts]
        blocks = [block for part in shown for block in draw(part)]
        if fits(blocks):
            return blocks or list(MORE)
    return _trimmed(blocks, fits)


def _trimmed(blocks: list[Block], fits: Callable[[list[Block]], bool]) -> list[Block]:
    """Without the last of what only says something; a control and the block before it stay."""
    kept = list(blocks)
    while not fits([*kept, *MORE]):
        loose = [
            index
            for index, block in enumerate(kept)
            if not _control(block) and not any(map(_control, kept[index + 1 : index + 2]))
        ]
        kept.pop(loose[-1] if loose else -1)
    return [*kept, *MORE]


def _control(block: Block) -> bool:
    return block["type"] in CONTROLS or "accessory" in block
