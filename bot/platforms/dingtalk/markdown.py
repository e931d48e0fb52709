"""Neutral text as DingTalk's Markdown: shown as it was written, whatever it looks like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from prompts.card import Span

BREAK = "  \n"
"""A new line within a paragraph."""
BLANK = "\N{NO-BREAK SPACE}"
"""Stands for a blank at the begin of a line, where Markdown would see code or nothing."""
_LINES = re.compile(r"\r\n?|\u2028|\u2029|\v|\f|\x85")
_UNSEEN = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
_ALWAYS = re.compile(r"[\\`*_\[\]<>~|]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ADDRESS = re.compile(r":(?=//)|(?<=mailto):")
"""What makes an address into a link; one in somebody's words might send a text in the reader's
name (dtmd:)."""
_NUMBER = re.compile(r"^(\d{1,9})([.)])", re.MULTILINE)
_INDENT = re.compile(r"^[^\S\n]+", re.MULTILINE)


def cleaned(words: str) -> str:
    """Words with one kind of line break, and no character that nobody can see."""
    return _UNSEEN.sub("", _LINES.sub("\n", words))


def escaped(words: str) -> str:
    """Words in which Markdown finds nothing of its own; they begin a line."""
    words = cleaned(words)
    words = _ALWAYS.sub(lambda found: "\\" + found[0], words)
    words = _ENTITY.sub(r"\\&", words)
    words = _ADDRESS.sub(r"\\:", words)
    words = _INDENT.sub(lambda found: BLANK * len(found[0]), words)
    words = _NUMBER.sub(r"\1\\\2", words)
    return re.sub(r"^([#+=-])", r"\\\1", words, flags=re.MULTILINE)


def line(words: str) -> str:
    """Words that stand on one line, perhaps as a heading."""
    return _no_end(escaped(" ".join(words.split())))


def _no_end(heading: str) -> str:
    """Signs at its end that would only close the heading are read."""
    return re.sub(r"(?<=\s)(#+)$", r"\\\1", heading)


def lines(text: Iterable[Span]) -> str:
    """Styled words; their line breaks stay, and a style that would not be read is left out."""
    spans = tuple(replace(span, text=cleaned(span.text)) for span in text)
    whole = "".join(span.text for span in spans)
    found, start = "", 0
    for span in spans:
        start += len(span.text)
        found += _styled(span, found, whole[start:])
    return BREAK.join(found.strip("\n").split("\n"))


def _styled(span: Span, before: str, after: str) -> str:
    at_begin = not before or before.endswith("\n")
    shown = escaped(span.text) if at_begin else escaped("x" + span.text)[1:]
    mark = "*" * (2 * span.bold + span.italic)
    core = shown.strip().strip(BLANK)
    if not mark or not core or "\n" in core:
        return shown
    left, right = shown.split(core, 1)
    outside = (left or before)[-1:], (right or after)[:1]
    if "*" in outside or not _is_read(core, *outside):
        return shown
    return f"{left}{mark}{core}{mark}{right}"


def _is_read(core: str, before: str, after: str) -> bool:
    """Whether marks around the words open and close (CommonMark's flanking runs)."""
    opens = not _is_sign(core[0]) or _is_apart(before)
    closes = not _is_sign(core[-1]) or _is_apart(after)
    return opens and closes


def _is_apart(char: str) -> bool:
    return not char or char in "\t\n" or unicodedata.category(char) == "Zs" or _is_sign(char)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def quoted(words: str) -> str:
    """Somebody's own words, to the letter."""
    shown = escaped(words).strip("\n").split("\n")
    return "\n".join(f"> {one}{'  ' if one else ''}".rstrip("\n") for one in shown)


def small(text: Iterable[Span]) -> str:
    """A side remark: the smallest heading is what DingTalk draws small."""
    shown = lines(text).split(BREAK)
    return "\n\n".join(f"###### {_no_end(one)}" for one in shown if one.strip())
