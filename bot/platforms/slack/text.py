"""Neutral text into Slack's: mrkdwn where that shows it exactly, rich text where it would not."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from typing import Any

from prompts.card import Span, Text, plain

SECTION_LIMIT = 3000
"""Slack: characters of a section's or context's text."""

AROUND = ".,:;!?)"
"""What may follow a style's end."""
_READ_AS_MARKUP = re.compile(r"[*_~`]|:[\w+'-]+:|^\s*>|https?://|mailto:", re.MULTILINE)


def escaped(words: str) -> str:
    """Words that mrkdwn can't take for a mention, a link or an entity."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(words: str, limit: int) -> str:
    """The words, with "…" where they would be longer than the limit."""
    return words if len(words) <= limit else words[: limit - 1] + "…"


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
    length = 0
    for index, char in enumerate(words):
        length += len(escaped(char))
        if length > limit:
            return index
    return len(words)


def as_blocks(text: Text) -> list[dict[str, Any]]:
    """A paragraph: sections of mrkdwn, or rich text if mrkdwn would read markup into the words."""
    if not plain(text).strip():
        return []
    if not is_exact(text):
        return [_rich("rich_text_section", piece) for piece in _pieces(text)]
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn(piece), "verbatim": True}}
        for piece in _pieces(text)
    ]


def is_exact(text: Text) -> bool:
    """Whether mrkdwn would show it as it is: no markup in the words, room around the styles.

    Slack takes *bold* only between spaces or punctuation, so not beside Chinese characters.
    """
    words = plain(text)
    if _READ_AS_MARKUP.search(words):
        return False
    end = 0
    for span in text:
        start, end = end, end + len(span.text)
        if (span.bold or span.italic) and span.text.strip():
            before, after = words[start - 1 : start], words[end : end + 1]
            if before.strip() or after.strip(AROUND + string.whitespace):
                return False
    return True


def as_quote(words: str) -> list[dict[str, Any]]:
    """Somebody's own words, to the letter."""
    return [_rich("rich_text_quote", (Span(piece),)) for piece in split(words, SECTION_LIMIT)]


def as_small(text: Text) -> dict[str, Any]:
    """A side remark: one context block."""
    words = plain(text)
    if not is_exact(text):
        element = {"type": "plain_text", "text": cut(words, SECTION_LIMIT), "emoji": False}
    else:
        element = {"type": "mrkdwn", "text": _fitting(text), "verbatim": True}
    return {"type": "context", "elements": [element]}


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


def _fitting(text: Text) -> str:
    whole = mrkdwn(text)
    if len(whole) <= SECTION_LIMIT:
        return whole
    return escaped(next(split(plain(text), SECTION_LIMIT - 1))) + "…"


def _pieces(text: Text) -> Iterator[Text]:
    """The text in pieces of a section's length; two characters a span are kept for its marks."""
    room = SECTION_LIMIT - 4 * len(text)
    piece: list[Span] = []
    left = room
    for span in text:
        for part in split(span.text, room):
            if len(escaped(part)) > left:
                yield tuple(piece)
                piece, left = [], room
            piece.append(Span(part, span.bold, span.italic))
            left -= len(escaped(part))
    if piece:
        yield tuple(piece)


def _rich(kind: str, text: Text) -> dict[str, Any]:
    elements = [_rich_span(span) for span in text]
    return {"type": "rich_text", "elements": [{"type": kind, "elements": elements}]}


def _rich_span(span: Span) -> dict[str, Any]:
    style = {name: True for name in ("bold", "italic") if getattr(span, name)}
    return {"type": "text", "text": span.text} | ({"style": style} if style else {})
