"""What a reader sees of DingTalk's Markdown (markdown-it reads it), and what DingTalk takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.platforms.dingtalk import press

Json = dict[str, Any]
MOST = 15_000
KEYS = {
    "sampleMarkdown": {"title", "text"},
    "sampleActionCard": {"title", "text", "singleTitle", "singleURL"},
    **{
        f"sampleActionCard{count}": {"title", "text"}
        | {f"action{kind}{n}" for kind in ("Title", "URL") for n in range(1, count + 1)}
        for count in range(2, 6)
    },
}
OURS = {"paragraph", "heading", "blockquote", "hr", "inline"}
"""The kinds of blocks that we draw; words that made another would be read as markup."""
READER = MarkdownIt("commonmark", {"linkify": False}).enable(["strikethrough", "table"])


def faults(drawn: Json) -> list[str]:
    """What DingTalk would refuse; empty when it takes it."""
    key, given = drawn["msgKey"], drawn["msgParam"]
    found = [] if given.keys() == KEYS.get(key, set()) else [f"{key}: {sorted(given)}"]
    found += [f"{name} is blank" for name, value in given.items() if not value.strip()]
    length = len(json.dumps(given, ensure_ascii=False).encode())
    return found + ([f"{length} bytes"] if length > MOST else [])


def links(drawn: Json) -> list[str]:
    """The text that each thing to press sends, those in the text first."""
    given = drawn["msgParam"]
    urls = [str(one.attrGet("href")) for one in _inline(given["text"]) if one.type == "link_open"]
    urls += [value for name, value in given.items() if "URL" in name]
    assert all(url.startswith(press.SENDS) for url in urls), urls
    return [unquote(url.removeprefix(press.SENDS)) for url in urls]


def seen(markdown: str) -> str:
    """The words that are read."""
    return "".join(char for char, _, _ in styled(markdown))


def styled(markdown: str) -> list[tuple[str, bool, bool]]:
    """Each character that is read, and whether it is bold or italic."""
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in _blocks(markdown)}
    assert kinds <= OURS, kinds
    found, bold, italic = [], 0, 0
    for token in _inline(markdown):
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "softbreak" | "hardbreak":
                found.append(("\n", False, False))
            case "text" | "text_special":
                found += [(char, bold > 0, italic > 0) for char in token.content]
            case "link_open" | "link_close":
                pass
            case other:
                raise AssertionError(other)
    return found


def squeezed(words: str) -> str:
    """Without blanks, of which some are drawn otherwise."""
    return "".join(words.split())


def _blocks(markdown: str) -> list[Token]:
    return READER.parse(markdown)


def _inline(markdown: str) -> Iterator[Token]:
    for block in _blocks(markdown):
        yield from block.children or ()
