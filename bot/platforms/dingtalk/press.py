"""A button as a link that makes whoever taps it send a text, and that text as a press again.

DingTalk tells a robot of no tap on its own messages, but of every text that somebody sends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from bot.platforms.shorten import cut
from prompts.card import Button

SENDS = "dtmd://dingtalkclient/sendMessage?content="
LABEL = 30
"""Characters of the button's label that the text shows (ours)."""
_NOT_IN_URL = re.compile(r"[^\w:/.-]")
"""Letters of any script may stand in such an address as they are, and are shorter so."""
_NOT_IN_NAME = re.compile(r"[\s%\[\]?]")
_PRESS = re.compile(r"(?P<label>.*)\[(?P<asks>\??)(?P<action>[^\s\[\]?]+)(?: (?P<value>\S*))?\]\s*")


@dataclass(frozen=True, slots=True)
class Press:
    """What a text that a button sent means."""

    label: str
    action: str
    value: str
    asks: bool = False
    """To be confirmed before it counts."""


def link(button: Button, *, labelled: bool = True) -> str:
    """The address behind a button; without its label it is shorter."""
    said = text(button, labelled=labelled)
    return SENDS + _NOT_IN_URL.sub(_encoded, said)


def text(button: Button, *, labelled: bool = True) -> str:
    """What a tap sends: for people the label, for us what stands in brackets behind it."""
    label = " ".join(button.label.replace("[", " ").replace("]", " ").split())
    asks = "?" if button.confirm is not None else ""
    given = (button.action, button.value)
    names = " ".join(_NOT_IN_NAME.sub(_encoded, one) for one in given if one)
    return f"{cut(label, LABEL)} [{asks}{names}]" if labelled and label else f"[{asks}{names}]"


def _encoded(found: re.Match[str]) -> str:
    return quote(found[0], safe="")


def read(words: str) -> Press | None:
    """The press that the words are; None: they are none."""
    found = _PRESS.fullmatch(words)
    if found is None:
        return None
    return Press(
        label=found["label"].strip(),
        action=unquote(found["action"]),
        value=unquote(found["value"] or ""),
        asks=bool(found["asks"]),
    )
