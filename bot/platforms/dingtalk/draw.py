"""Cards and forms as a robot's message in DingTalk, inside its limits; knows no screen by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any

from bot.platforms.dingtalk import markdown, press
from bot.platforms.shorten import CAPS, cut, shortened
from prompts import card as neutral
from prompts.card import Button, Card, Span


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that DingTalk has."""

    media: str
    alt: str

    @property
    def text(self) -> str:
        """As Markdown has it."""
        return f"![{markdown.line(self.alt)}]({self.media})"


Part = neutral.CardPart | neutral.FormPart | Image
MOST_BYTES = 15_000
"""DingTalk: bytes of a message's msgParam."""
TITLE, LABEL, ALT = 100, 40, 100
"""Characters of what a notification shows, of a button, and of what stands for a picture (ours:
DingTalk names no limit)."""
BUTTONS = 5
"""DingTalk: buttons of an action card; more stand as links in the text."""
_SAID = neutral.Heading | neutral.Paragraph | neutral.Quote
NOTHING = "–"
MORE = "…"
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the message's text."""

    text: str
    pressed: bool = False
    """Whether it can be pressed, and so may not be left out before others."""


def message(card: Card, media: Mapping[str, str | None] | None = None) -> dict[str, Any]:
    """The message's key and its parameters: `{"msgKey": …, "msgParam": {…}}`.

    `media`: by a picture's data its media id. Pictures without one, charts and attachments are
    not drawn: the words beside them say the same.
    """
    title = cut(" ".join(card.summary.split()), TITLE) or NOTHING
    given = [_with_media(part, media or {}) for part in card.parts]
    caps = ((None, LABEL), *((cap, min(LABEL, cap // 5)) for cap in CAPS))
    for below in dict.fromkeys((below_of(given), ())):
        for cap, label in caps:
            parts = given if cap is None else [shortened(part, cap) for part in given]
            blocks = [one for part in parts for one in blocks_of(part, below, label)]
            drawn = _message(title, blocks, below)
            if size(drawn["msgParam"]) <= MOST_BYTES:
                return drawn
    return _trimmed(title, blocks, below)


def _with_media(part: neutral.CardPart, media: Mapping[str, str | None]) -> Part:
    if isinstance(part, neutral.Picture) and (known := media.get(part.data)):
        return Image(known, cut(part.alt, ALT))
    return part


def webhook(drawn: Mapping[str, Any]) -> dict[str, Any]:
    """The same message as a conversation's webhook takes it."""
    given = drawn["msgParam"]
    if drawn["msgKey"] == "sampleMarkdown":
        return {"msgtype": "markdown", "markdown": given}
    said = {"title": given["title"], "text": given["text"], "btnOrientation": "0"}
    links = [{"title": label, "actionURL": url} for label, url in _links(given)]
    return {"msgtype": "actionCard", "actionCard": {**said, "btns": links}}


def size(given: Mapping[str, str]) -> int:
    """Bytes of the parameters, as they are sent."""
    return len(json.dumps(given, ensure_ascii=False).encode())


def _links(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "singleURL" in given:
        yield given["singleTitle"], given["singleURL"]
    for number in range(1, BUTTONS + 1):
        if f"actionURL{number}" in given:
            yield given[f"actionTitle{number}"], given[f"actionURL{number}"]


def below_of(parts: Iterable[Part]) -> tuple[Button, ...]:
    """The buttons that stand below the text: few, at its end, each with a label of its own.

    Of others it would not be seen there what they are about: they stay in their line.
    """
    listed = tuple(parts)
    said = _SAID | neutral.Small
    last = max((at for at, part in enumerate(listed) if isinstance(part, said)), default=-1)
    every = tuple(_buttons(listed))
    for found in (every, tuple(_buttons(listed[last + 1 :]))):
        labels = {label_of(button) for button in found}
        others = {label_of(button) for button in every[: len(every) - len(found)]}
        at_the_end = found != every or not _goes_on(listed)
        if at_the_end and len(labels) == len(found) <= BUTTONS and not labels & others:
            return found
    return ()


def _goes_on(parts: Sequence[Part]) -> bool:
    """Whether something else is said after buttons: then they belong to what stands before."""
    after = dropwhile(lambda part: not any(_buttons((part,))), parts)
    return any(isinstance(part, _SAID) for part in list(after)[1:])


def _buttons(parts: Iterable[Part]) -> Iterator[Button]:
    for part in parts:
        match part:
            case neutral.Buttons(buttons):
                yield from buttons
            case neutral.Paragraph(_, button) if button is not None:
                yield button


def _message(title: str, blocks: Sequence[Block], below: Sequence[Button]) -> dict[str, Any]:
    said = {"title": title, "text": "\n\n".join(one.text for one in blocks) or MORE}
    links = [(label_of(button), press.link(button)) for button in below]
    match links:
        case []:
            return {"msgKey": "sampleMarkdown", "msgParam": said}
        case [(label, url)]:
            one = {"singleTitle": label, "singleURL": url}
            return {"msgKey": "sampleActionCard", "msgParam": said | one}
    numbered: dict[str, str] = {}
    for number, (label, url) in enumerate(links, 1):
        numbered |= {f"actionTitle{number}": label, f"actionURL{number}": url}
    return {"msgKey": f"sampleActionCard{len(links)}", "msgParam": said | numbered}


def blocks_of(part: Part, below: Sequence[Button], label: int) -> Iterator[Block]:
    """A part as Markdown; buttons that don't stand below are links."""
    match part:
        case neutral.Heading(words) if words.strip():
            yield Block(f"### {markdown.line(words)}")
        case neutral.Paragraph(words, button):
            shown = markdown.lines(words)
            if shown.strip():
                yield Block(shown)
            if button is not None:
                yield from _row((button,), below, label)
        case neutral.Small(words):
            if shown := markdown.small(words):
                yield Block(shown)
        case neutral.Quote(words, fold_at) if words.strip():
            yield Block(markdown.quoted(cut(words, fold_at) if fold_at else words))
        case neutral.Rule() | Image():
            yield Block(part.text if isinstance(part, Image) else "---")
        case neutral.Buttons(buttons):
            yield from _row(buttons, below, label)
        case _:
            pass


def _row(buttons: Sequence[Button], below: Sequence[Button], label: int) -> Iterator[Block]:
    """The buttons as links, unless they stand below; and what each would ask before it counts.

    Where labels have to be short, what a link sends says none.
    """
    links = [
        f"[{markdown.line(label_of(one, label))}]({press.link(one, labelled=label == LABEL)})"
        for one in buttons
        if one not in below
    ]
    if links:
        yield Block(BETWEEN.join(links), pressed=True)
    for text in dict.fromkeys(one.confirm.text for one in buttons if one.confirm is not None):
        if shown := markdown.small((Span(text),)):
            yield Block(shown)


def label_of(button: Button, most: int = LABEL) -> str:
    """What a button says, on one line."""
    return cut(" ".join(button.label.split()), most) or NOTHING


def _trimmed(title: str, blocks: Sequence[Block], below: Sequence[Button]) -> dict[str, Any]:
    kept = list(blocks)
    while True:
        drawn = _message(title, [*kept, Block(MORE)], below)
        if size(drawn["msgParam"]) <= MOST_BYTES or not kept:
            return drawn
        shed(kept)


def shed(kept: list[Block]) -> None:
    """Leave out the last of what only says something; what can be pressed stays the longest."""
    said = [index for index, block in enumerate(kept) if not block.pressed]
    loose = [index for index in said if not any(one.pressed for one in kept[index + 1 :][:1])]
    kept.pop((loose or said or [-1])[-1])
