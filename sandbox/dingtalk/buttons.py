"""What can be pressed on a card: its template's own buttons, and those of its button groups."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.dingtalk import forms
from sandbox.dingtalk.model import Card, Json


@dataclass(frozen=True, slots=True)
class Button:
    """A label, what the app is told when it is pressed, and its colour."""

    label: str
    done: Json
    color: str = ""

    @property
    def action(self) -> str:
        """Its action id."""
        return str(self.done["actionIds"][0])


def buttons_of(card: Card, user: str) -> list[Button]:
    """Return all that this person can press, from the top down."""
    template = card.template
    own = [Button(label, _pressed(action, {})) for label, action in template.actions]
    return [*own, *group_of(card, user, template.buttons), *note_buttons(card, user)]


def note_buttons(card: Card, user: str) -> list[Button]:
    """Return the buttons below a card's notes."""
    return group_of(card, user, card.template.note_buttons)


def group_of(card: Card, user: str, variable: str) -> list[Button]:
    """Return the buttons of one group; those that the client would not draw are left out."""
    try:
        listed = json.loads(card.values(user).get(variable) or "[]")
    except ValueError:
        return []
    return list(_drawn(listed if isinstance(listed, list) else []))


def sent(card: Card, user: str, answers: Mapping[str, Any]) -> Json:
    """Return what the app is told of a filled form.

    Raises: PersonError, UnfilledError.
    """
    fields = forms.fields_of(card, user)
    params: Json = {"form": forms.filled(fields, answers)}
    if card.template.current:
        params[card.template.current] = {"fields": fields}
    return _pressed(card.template.submit, params)


def _drawn(listed: list[Any]) -> Iterator[Button]:
    for one in listed:
        try:
            event, usable = one["event"], one.get("status", "normal") == "normal"
            if usable and event["type"] == "sendCardRequest":
                params = event["params"]
                done = _pressed(params["actionId"], params.get("params") or {})
                yield Button(str(one["text"]), done, str(one.get("color") or ""))
        except (KeyError, TypeError, AttributeError):
            continue


def _pressed(action: str, params: Json) -> Json:
    return {"actionIds": [action], "params": params}
