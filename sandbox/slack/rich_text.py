"""Rules for rich text. Source: Slack docs, reference/block-kit/blocks/rich-text-block."""

from __future__ import annotations

from typing import Any

from sandbox.slack.model import Json
from sandbox.slack.problems import Problems, kind_of

_INLINE = {
    "text": ("text", "style"),
    "link": ("url", "text unsafe style"),
    "emoji": ("name", "unicode style skin_tone"),
    "user": ("user_id", "style"),
    "usergroup": ("usergroup_id", "style"),
    "channel": ("channel_id", "style"),
    "broadcast": ("range", "style"),
    "date": ("timestamp format", "url fallback style"),
    "color": ("value", "style"),
}
_STYLES = "bold italic strike code underline highlight client_highlight unlink"


def rich_text(found: Problems, block: Json, where: str) -> None:
    """Check a rich text block: sections, lists, quotes and preformatted text."""
    if not found.shape(block, where, "type elements", "block_id"):
        return
    for index, part in enumerate(found.items(block, "elements", where, 1_000)):
        _part(found, part, f"{where}/elements/{index}")


def _part(found: Problems, part: Any, where: str) -> None:
    kind = kind_of(part)
    extra = {
        "rich_text_section": "",
        "rich_text_list": "style indent offset border",
        "rich_text_quote": "border",
        "rich_text_preformatted": "border language",
    }
    if kind not in extra:
        found.add(f"unsupported type: {kind}", where)
        return
    if not found.shape(part, where, "type elements", extra[kind]):
        return
    for index, inner in enumerate(found.items(part, "elements", where, 1_000, least=0)):
        spot = f"{where}/elements/{index}"
        if kind == "rich_text_list":
            found.one_of(part, "style", where, {"bullet", "ordered"})
            _section_of_list(found, inner, spot)
        else:
            _inline(found, inner, spot)


def _section_of_list(found: Problems, inner: Any, where: str) -> None:
    if not isinstance(inner, dict) or inner.get("type") != "rich_text_section":
        found.add("a list holds rich_text_section elements only", where)
        return
    _part(found, inner, where)


def _inline(found: Problems, inner: Any, where: str) -> None:
    kind = kind_of(inner)
    if kind not in _INLINE:
        found.add(f"unsupported type: {kind}", where)
        return
    required, optional = _INLINE[kind]
    if not found.shape(inner, where, f"type {required}", optional):
        return
    if kind == "text":
        found.string(inner, "text", where, 1_000_000, least=1)
    if kind == "broadcast":
        found.one_of(inner, "range", where, {"here", "channel", "everyone"})
    if "style" in inner:
        found.shape(inner["style"], f"{where}/style", "", _STYLES)
