"""Blanks around what is put into a Chinese text, however its template was written.

Between Chinese characters and Latin letters or digits stands one; between two Chinese characters,
and beside full-width punctuation, stands none (docs/style.zh-CN.md). So "由 {{ name }} 评分" reads
well with a Chinese name and with an English one. What people wrote is not touched inside, and
beside a styled word all stays as it was written: Slack shows *bold* only between blanks.
"""

from __future__ import annotations

import re

from markupsafe import Markup

BEGINS, ENDS = "<v>", "</v>"
"""Stand around what is put in; what people wrote is escaped, so it never holds them."""
_MARKED = Markup("<v>%s</v>")
_HAN = "\u3400-\u9fff"
_FULL = "\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
_BEFORE = re.compile(f"([^\\s<>])( ?){BEGINS}(?=([^\\s<>]))")
_AFTER = re.compile(f"([^\\s<>]){ENDS}( ?)(?=([^\\s<>]))")
_WORD = f"[{_HAN}{_FULL}A-Za-z0-9]"
_CLOSE = re.compile(f"[{_HAN}]{{2}}|[{_FULL}]{_WORD}|{_WORD}[{_FULL}]")
_APART = re.compile(f"[{_HAN}][A-Za-z0-9]|[A-Za-z0-9][{_HAN}]")


def marked(value: object) -> Markup:
    """What a template puts in, escaped, with its ends marked."""
    return _MARKED % (value,)


def spaced(markup: str) -> str:
    """The text with the blanks that belong around each of those, and without the marks."""
    found = _BEFORE.sub(lambda edge: f"{edge[1]}{_blank(edge)}{BEGINS}", markup)
    found = _AFTER.sub(lambda edge: f"{edge[1]}{_blank(edge)}", found)
    return found.replace(BEGINS, "").replace(ENDS, "")


def _blank(edge: re.Match[str]) -> str:
    left, blank, right = edge.groups()
    if _CLOSE.fullmatch(left + right):
        return ""
    return " " if _APART.fullmatch(left + right) else blank
