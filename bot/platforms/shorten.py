"""Shorter words, where a platform takes no more of them; a control is never shortened away."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from prompts import card as neutral

Part = TypeVar("Part")
CAPS = (3000, 2000, 1500, 1000, 700, 500, 300, 200, 150, 100, 70, 40)
"""Characters that each text may keep, tried in this order."""


def cut(words: str, limit: int) -> str:
    """The words, with "…" where they would be longer than the limit."""
    return words if len(words) <= limit else words[: limit - 1] + "…"


def shortened(part: Part, cap: int) -> Part:
    """The part with so many characters of text at most."""
    match part:
        case neutral.Paragraph(words) | neutral.Small(words):
            return replace(part, text=_cut(words, cap))
        case neutral.Quote(_, fold_at):
            return replace(part, fold_at=min(fold_at or cap, cap))
        case _:
            return part


def _cut(words: neutral.Text, cap: int) -> neutral.Text:
    kept: list[neutral.Span] = []
    for span in words:
        if len(span.text) > cap:
            return (*kept, replace(span, text=cut(span.text, max(cap, 1))))
        kept.append(span)
        cap -= len(span.text)
    return tuple(kept)
