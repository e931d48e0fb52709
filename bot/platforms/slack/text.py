"""Neutral text into Slack's: mrkdwn where that shows it exactly, rich text where it would not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from bot.platforms.shorten import cut
from prompts.card import Span, Text, plain

__all__ = [
    "as_blocks",
    "as_quote",
    "as_small",
    "cut",
    "escaped",
    "is_exact",
    "mrkdwn",
    "split",
]

SECTION_LIMIT = 3000
"""Slack: characters of a section's or context's text."""

CONTEXT_ELEMENTS = 10
"""Slack: texts of one context block."""

_READ_AS_MARKUP = re.compile(
    r"[*_~`]|:[\w+'-]+:|(?:^|[\r\u2028\u2029])\s*>|https?://|mailto:", re.MULTILINE
)
_MAY_STAND_BEFORE = " \n\t(\"'"
_MAY_STAND_AFTER = " \n\t.,;:!?)\"'"
"""Slack reads a mark as a mark only beside these; Chinese words and signs are not among them."""
MARKS = 2
"""Characters that a style takes around its words."""


def escaped(words: str) -> str:
    """Words that mrkdwn can't take for a mention, a link or an entity."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def split(words: str, limit: int) -> Iterator[str]:
    """Pieces that are within the limit after escaping, broken at a line or word where it can be."""
    while words:
        end = _longest(words, limit)
        if end < len(words):
            broken = max(words.rfind("\n", 0, end), words.rfind(" ", 0, end)) + 1
            end = broken if broken > end // 2 else end
        yield words[:end]
        words = words[end:]


def _longest(words: str, limit: int) -> int:
    if len(words) <= limit and len(escaped(words)) <= limit:
        return len(words)
    lengths = range(min(len(words), limit) + 1)
    return bisect_right(lengths, limit, key=lambda end: len(escaped(words[:end]))) - 1


def as_blocks(text: Text) -> list[dict[str, Any]]:
    """A paragraph: sections of mrkdwn, or rich text where mrkdwn would not show it exactly."""
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn(piece), "verbatim": True}}
        if is_exact(piece)
        else _rich("rich_text_section", piece)
        for piece in _pieces(text)
    ]


def as_quote(words: str) -> list[dict[str, Any]]:
    """Somebody's own words, to the letter."""
    return [_rich("rich_text_quote", piece) for piece in _pieces((Span(words),))]


def as_small(text: Text) -> list[dict[str, Any]]:
    """A side remark: one context block, or more where the words are many."""
    elements = [
        {"type": "mrkdwn", "text": mrkdwn(piece), "verbatim": True}
        if is_exact(piece)
        else {"type": "plain_text", "text": plain(piece), "emoji": False}
        for piece in _pieces(text)
    ]
    return [
        {"type": "context", "elements": elements[start : start + CONTEXT_ELEMENTS]}
        for start in range(0, len(elements), CONTEXT_ELEMENTS)
    ]


def mrkdwn(text: Iterable[Span]) -> str:
    """Styled words as mrkdwn; the caller has made sure that they hold no markup of their own."""
    return "".join(_styled(span) for span in text)


def _styled(span: Span) -> str:
    mark = "*" if span.bold else "_" if span.italic else ""
    core = span.text.strip()
    if not mark or not core:
        return escaped(span.text)
    before, after = span.text.split(core, 1)
    return f"{before}{mark}{escaped(core)}{mark}{after}"


def is_exact(text: Text) -> bool:
    """Whether mrkdwn reads no markup into the words, and every mark of ours as a mark."""
    words = plain(text)
    if _READ_AS_MARKUP.search(words):
        return False
    around = "".join("*" * len(one.text) if one.bold or one.italic else one.text for one in text)
    start = 0
    for span in text:
        core = span.text.strip()
        if core and (span.bold or span.italic):
            begin = start + span.text.index(core)
            before, after = around[:begin][-1:], around[begin + len(core) :][:1]
            free = before in _MAY_STAND_BEFORE and after in _MAY_STAND_AFTER
            if not free or "\n" in core or (span.bold and span.italic):
                return False
        start += len(span.text)
    return True


def _pieces(text: Text) -> Iterator[Text]:
    """The text in pieces of a section's length; what would be blank is left out."""
    piece: list[Span] = []
    left = SECTION_LIMIT
    for span in text:
        for part in split(span.text, SECTION_LIMIT - MARKS):
            cost = len(escaped(part)) + MARKS
            if cost > left:
                yield from _unless_blank(piece)
                piece, left = [], SECTION_LIMIT
            piece.append(Span(part, span.bold, span.italic))
            left -= cost
    yield from _unless_blank(piece)


def _unless_blank(piece: list[Span]) -> Iterator[Text]:
    if plain(tuple(piece)).strip():
        yield tuple(piece)


def _rich(kind: str, text: Text) -> dict[str, Any]:
    elements = [_rich_span(span) for span in text]
    return {"type": "rich_text", "elements": [{"type": kind, "elements": elements}]}


def _rich_span(span: Span) -> dict[str, Any]:
    style = {name: True for name in ("bold", "italic") if getattr(span, name)}
    return {"type": "text", "text": span.text} | ({"style": style} if style else {})
