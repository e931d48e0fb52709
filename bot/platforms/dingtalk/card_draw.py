"""A message as the values of a card, and an answer as its note; knows no screen by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.platforms.dingtalk import draw, template
from bot.platforms.dingtalk.draw import Block, Image, Part
from bot.platforms.dingtalk.template import MOST_BYTES, NO_FORM, NO_NOTE, NOTES, TEXTS, Values
from bot.platforms.shorten import CAPS, cut, shortened
from prompts import card as neutral
from prompts.card import Button, Card, Span, plain

BETWEEN = "\n\n"
ENDS = ("\n", "。", "！", "？", "；", ". ", "! ", "? ", "，", ", ", " ")
"""Where a long text is best parted, in this order."""


def message(card: Card, media: Mapping[str, str | None] | None = None) -> Values:
    """Every variable of a card that says this. `media`: by a picture's data its media id.

    A card shows one picture; charts and attachments are not drawn: the words beside them say it.
    """
    pictures = [part for part in card.parts if isinstance(part, neutral.Picture)]
    known = [media_id for one in pictures if (media_id := (media or {}).get(one.data))]
    title = title_of(card.summary)
    texts, below = texts_of(_below_title(title, card.parts), TEXTS)
    return {
        template.TITLE: title,
        template.PICTURE: known[0] if known else "",
        **texts,
        template.BUTTONS: template.buttons(below),
        **NO_FORM,
        **NO_NOTE,
    }


def _below_title(title: str, parts: Sequence[Part]) -> Sequence[Part]:
    """The parts without what the card's head says already: a heading, and a line of words."""
    match parts:
        case [neutral.Heading(words), *others] if title.startswith(_line(words)):
            return _below_title(title.removeprefix(_line(words)) or title, others)
        case [neutral.Paragraph(words, button), *others] if title.endswith(_line(plain(words))):
            return others if button is None else [neutral.Buttons((button,)), *others]
        case _:
            return parts


def _line(words: str) -> str:
    return " ".join(words.split())


def note(card: Card) -> Values | None:
    """The answer to a press, below the card, for whoever pressed; None: it has no room there."""
    below = fitting(draw.below_of(card.parts))
    packed = _packed(_blocks(card.parts, below, draw.LABEL))
    if len(packed) > len(NOTES):
        return None
    return _values(packed, NOTES) | {template.NOTE_BUTTONS: template.buttons(below)}


def title_of(words: str) -> str:
    """The card's head, which the list of conversations shows as well."""
    return cut(" ".join(words.split()), draw.TITLE) or draw.NOTHING


def texts_of(parts: Sequence[Part], names: Sequence[str]) -> tuple[Values, Sequence[Button]]:
    """The parts as so many Markdown values, and the buttons that stand below them.

    What is too long is parted; what has no room at all is shortened, and at last left out.
    """
    below = fitting(draw.below_of(parts))
    for cap, label in ((None, draw.LABEL), *((cap, min(draw.LABEL, cap // 5)) for cap in CAPS)):
        given = parts if cap is None else [shortened(part, cap) for part in parts]
        if cap != CAPS[-1] and sum(map(_least, given)) > len(names) * MOST_BYTES:
            continue
        blocks = list(_blocks(given, below, label))
        packed = _packed(blocks)
        if len(packed) <= len(names):
            return _values(packed, names), below
    while len(packed := _packed([*blocks, Block(draw.MORE)])) > len(names):
        draw.shed(blocks)
    return _values(packed, names), below


def fitting(below: Sequence[Button]) -> Sequence[Button]:
    """These buttons, if the button group takes them all."""
    return below if template.size(template.buttons(below)) <= MOST_BYTES else ()


def _values(packed: Sequence[str], names: Sequence[str]) -> Values:
    return dict.fromkeys(names, "") | dict(zip(names, packed, strict=False))


def _packed(blocks: Iterable[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        longer = f"{found[-1]}{BETWEEN}{block.text}" if found else ""
        if found and template.size(longer) <= MOST_BYTES:
            found[-1] = longer
        else:
            found.append(block.text)
    return found


def _blocks(parts: Iterable[Part], below: Sequence[Button], label: int) -> Iterator[Block]:
    """Each of them fits into one value."""
    for part in parts:
        drawn = list(draw.blocks_of(part, below, label))
        if isinstance(part, Image):
            continue
        if all(template.size(one.text) <= MOST_BYTES for one in drawn):
            yield from drawn
        else:
            yield from _blocks(_halves(part), below, label)


def _least(part: Part) -> int:
    """Bytes that it takes at least: not worth drawing, where that is too much."""
    match part:
        case neutral.Paragraph(words) | neutral.Small(words):
            return template.size(plain(words))
        case neutral.Quote(words, fold_at):
            return template.size(words[:fold_at])
        case _:
            return 0


def _halves(part: Part) -> tuple[Part, ...]:
    match part:
        case neutral.Paragraph(words, button) if button is not None:
            return (neutral.Paragraph(words), neutral.Buttons((button,)))
        case neutral.Paragraph(words) | neutral.Small(words):
            first, rest = _parted(words)
            return (replace(part, text=first), replace(part, text=rest))
        case neutral.Quote(words, fold_at):
            shown = cut(words, fold_at) if fold_at else words
            at = _best(shown)
            return (neutral.Quote(shown[:at]), neutral.Quote(shown[at:]))
        case neutral.Buttons(buttons):
            return _fewer(buttons)
        case neutral.Heading(words):
            return (neutral.Heading(cut(words, max(len(words) // 2, 1))),)
        case _:
            return ()


def _fewer(buttons: tuple[Button, ...]) -> tuple[Part, ...]:
    """Half of them each; of one that is too long alone, what it asks first is shortened."""
    if len(buttons) > 1:
        half = len(buttons) // 2
        return (neutral.Buttons(buttons[:half]), neutral.Buttons(buttons[half:]))
    (button,) = buttons
    asked = button.confirm
    if asked is not None:
        asked = replace(asked, text=cut(asked.text, max(len(asked.text) // 2, 1)))
    label = cut(button.label, max(len(button.label) // 2, 1))
    return (neutral.Buttons((replace(button, label=label, confirm=asked),)),)


def _parted(text: neutral.Text) -> tuple[neutral.Text, neutral.Text]:
    at = _best(plain(text))
    first: list[Span] = []
    rest: list[Span] = []
    for span in text:
        if span.text[:at]:
            first.append(replace(span, text=span.text[:at]))
        if span.text[at:]:
            rest.append(replace(span, text=span.text[at:]))
        at = max(at - len(span.text), 0)
    return tuple(first), tuple(rest)


def _best(words: str) -> int:
    """Where to part the words: near their middle, behind a sentence if there is one."""
    half = len(words) // 2
    for end in ENDS:
        at = words.rfind(end, half // 2, half + half // 2)
        if at >= 0:
            return at + len(end)
    return max(half, 1)
