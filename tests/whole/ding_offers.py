"""What somebody can press in a message or card of DingTalk, and what the bot takes it for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.platforms.dingtalk import press, template
from sandbox.dingtalk import buttons
from sandbox.dingtalk.model import Json, Message, said_by

_LINK = re.compile(r"(?<!\\)\]\(")


@dataclass(frozen=True)
class Offer:
    """A button: a link that makes whoever taps it send a text, or a card's own."""

    label: str
    action: str
    value: str
    asks: bool
    """It is asked about once more."""
    text: str = ""
    """What a tap sends; "": it is a card's."""
    done: Json | None = None
    """What the app is told when a card's is pressed."""
    message: Message | None = None
    """The message that the card is in."""

    @property
    def last(self) -> str:
        """Of a part of a form: the answer, or the button of the form, that it stands for."""
        return self.value.split(":", 2)[-1]


def offers(message: Message, user: str, near: str | None, names: Iterable[str]) -> list[Offer]:
    """What can be pressed there; `near`: named so, or in that person's line of a list.

    `names`: everybody's, to tell whose line it is.
    """
    cards = _cards(message, user)
    every = _sent(message.links("", user)) + cards
    if near is None:
        return every
    if named := [one for one in every if near in one.label]:
        return named
    if message.card is not None:
        text = "\n\n".join(message.card.reads(user))
    else:
        text = str(message.param.get("text", ""))
    if near not in text:
        return []
    below = text.partition(near)[2]
    links = message.links(near, user)
    others = [below.index(one) for one in names if one != near and one in below]
    if others:
        return _sent(links[: len(_LINK.findall(below[: min(others)]))])
    return _sent(links) + cards


def _sent(links: Iterable[tuple[str, str]]) -> list[Offer]:
    said = [text for _, link in links if (text := said_by(link))]
    read = [(text, press.read(text)) for text in said]
    return [
        Offer(means.label, means.action, means.value, means.asks, text=text)
        for text, means in read
        if means is not None
    ]


def _cards(message: Message, user: str) -> list[Offer]:
    if message.card is None:
        return []
    found = []
    for one in buttons.buttons_of(message.card, user):
        given = one.done["params"]
        value, asks = str(given.get("value") or ""), template.ASK in given
        found.append(Offer(one.label, one.action, value, asks, done=one.done, message=message))
    return found
