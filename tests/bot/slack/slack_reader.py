"""What a reader sees of what was drawn: Slack's markup undone, and whether it pings anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

Json = dict[str, Any]
Seen = tuple[str, bool, bool]
"""A character, whether it is bold and whether it is italic."""

_TAG = re.compile(r"<([^>]*)>")
_EMOJI = re.compile(r":[a-z0-9_+'-]+:", re.IGNORECASE)
_FILE = re.compile(r"https://\w+\.slack\.com/files/")
"""The one kind of link that the bot draws: to a file of its own."""
_QUOTED = re.compile(r"^\s*&gt;", re.MULTILINE)
_STYLED = re.compile(
    r"(?:(?<=[\s(\"'])|^)([*_])(?=\S)([^\n*_]+?)(?<=\S)\1(?=[\s.,;:!?)\"']|$)", re.MULTILINE
)


class MarkupError(AssertionError):
    """The words do something in Slack beside being read."""


def mrkdwn(words: str) -> list[Seen]:
    """What mrkdwn looks like (Slack's page on formatting text). Raises MarkupError.

    Marks count only between spaces and simple punctuation; anything else that Slack would read
    as markup (mentions, links, emoji names, quotes, code, strike) is refused here.
    """
    for what, pattern in (("tag", _TAG), ("emoji", _EMOJI), ("quote", _QUOTED)):
        if pattern.search(words):
            raise MarkupError(f"{what}: {words!r}")
    seen: list[Seen] = []
    at = 0
    for found in _STYLED.finditer(words):
        seen += _as_seen(words[at : found.start()])
        bold = found.group(1) == "*"
        seen += [(char, bold, not bold) for char in _unescaped(found.group(2))]
        at = found.end()
    return seen + list(_as_seen(words[at:]))


def _as_seen(words: str) -> Iterator[Seen]:
    if set(words) & set("*_~`"):
        raise MarkupError(f"a mark that marks nothing: {words!r}")
    for char in _unescaped(words):
        yield (char, False, False)


def _unescaped(words: str) -> str:
    if re.search(r"&(?!amp;|lt;|gt;)", words) or "<" in words or ">" in words:
        raise MarkupError(f"not escaped: {words!r}")
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def text_object(thing: Json) -> list[Seen]:
    """What a text object looks like."""
    if thing["type"] == "mrkdwn":
        assert thing["verbatim"] is True
        return mrkdwn(thing["text"])
    assert thing["emoji"] is False
    return [(char, False, False) for char in thing["text"]]


def block(drawn: Json) -> list[Seen]:
    """The words of one block of text; empty for any other block."""
    match drawn["type"]:
        case "section" | "header":
            return text_object(drawn["text"])
        case "context":
            return [one for element in drawn["elements"] for one in text_object(element)]
        case "rich_text":
            return [one for part in drawn["elements"] for one in _rich(part)]
        case _:
            return []


def _rich(part: Json) -> Iterator[Seen]:
    for inner in part["elements"]:
        _known(inner)
        style = inner.get("style", {})
        for char in inner["text"]:
            yield (char, style.get("bold", False), style.get("italic", False))


def _known(inner: Json) -> None:
    assert inner["type"] == "text" or _FILE.match(inner["url"]), inner


def read(blocks: list[Json]) -> str:
    """The words of blocks, one after the other."""
    return "".join(_words(text) for drawn in blocks for text in texts_of(drawn))


def texts_of(drawn: Json) -> Iterator[Json]:
    """The text objects and elements of one block of text; none for any other block."""
    match drawn["type"]:
        case "section" | "header":
            yield drawn["text"]
        case "context":
            yield from drawn["elements"]
        case "rich_text":
            for part in drawn["elements"]:
                yield from part["elements"]


def _words(thing: Json) -> str:
    if thing["type"] == "mrkdwn":
        assert thing["verbatim"] is True
        return _read(thing["text"])
    if thing["type"] == "plain_text":
        assert thing["emoji"] is False
    else:
        _known(thing)
    return str(thing["text"])


@cache
def _read(words: str) -> str:
    return "".join(char for char, _, _ in mrkdwn(words))
