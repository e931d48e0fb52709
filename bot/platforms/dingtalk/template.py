"""The variables of the card template that is shipped (docs/dingtalk/card.json), and their limits.

A template that was published can't change any more: another variable is another template.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.platforms.dingtalk.draw import label_of
from prompts.card import Button

Values = dict[str, str]
"""What DingTalk calls a cardParamMap: each variable's value, which is a text."""
TITLE, PICTURE = "title", "picture"
TEXTS = tuple(f"text{number}" for number in range(1, 17))
"""Markdown, one below the other."""
FORM, STATUS, SUBMIT = "form", "form_status", "form_submit"
"""The form's questions, whether it stands open, and what its button says."""
CURRENT = "current_form"
"""The parameter in which a form that is sent bears its own questions."""
BUTTONS = "btns"
NOTES = tuple(f"note{number}" for number in range(1, 5))
"""Markdown below it all, which one person alone sees: the answer to their press."""
NOTE_BUTTONS = "note_btns"
MOST_BYTES = 1_000
"""Bytes of a value (DingTalk: about 1 KB)."""
FORM_BYTES = 3_000
"""Bytes of a form (ours: the one in DingTalk's own example has 3,246)."""
OPEN, CLOSED = "normal", "disabled"
NO_FORM: Values = {FORM: '{"fields":[]}', STATUS: CLOSED, SUBMIT: "–"}
NO_NOTE: Values = {**dict.fromkeys(NOTES, ""), NOTE_BUTTONS: "[]"}
EVERY = (TITLE, PICTURE, *TEXTS, FORM, STATUS, SUBMIT, BUTTONS, *NOTES, NOTE_BUTTONS)
COLOURS = {"primary": "blue", "danger": "red", None: "gray"}
ASK = "ask"
"""The parameter of a button that is asked about once more: its label."""


def compact(value: Any) -> str:
    """JSON inside a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def size(value: str) -> int:
    """Bytes, as DingTalk counts them."""
    return len(value.encode())


def buttons(listed: Sequence[Button]) -> str:
    """Buttons as the button group takes them."""
    return compact([_button(one) for one in listed])


def _button(button: Button) -> dict[str, Any]:
    given = {"value": button.value} if button.value else {}
    if button.confirm is not None:
        given[ASK] = label_of(button)
    asked: dict[str, Any] = {"actionId": button.action}
    if given:
        asked["params"] = given
    return {
        "text": label_of(button),
        "color": COLOURS[button.style],
        "status": "normal",
        "event": {"type": "sendCardRequest", "params": asked},
    }
