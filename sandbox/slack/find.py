"""Finds what a person means on their screen."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from sandbox.errors import PersonError
from sandbox.slack.model import Channel, Json, Message, OpenView, texts_of
from sandbox.slack.values import elements, holds_state


@dataclass(frozen=True, slots=True)
class Spot:
    """One control: where it stands, its block, and the text it belongs to."""

    place: Message | OpenView
    block: Json
    element: Json
    told: str


def visible(channel: Channel, user: str) -> list[Message]:
    """Return the messages that this person sees in a conversation."""
    return [m for m in channel.messages if m.ephemeral_to in (None, user)]


def spots(place: Message | OpenView, action_id: str, near: str | None, value: Any) -> list[Spot]:
    """Return the controls of that action_id (or pattern) that fit `near` and `value`."""
    found: list[Spot] = []
    before = ""
    for block in place.blocks:
        if block["type"] not in {"actions", "divider", "input"}:
            before = "\n".join(texts_of(block))
        for element in elements(block):
            name = element.get("action_id", "")
            if name != action_id and not fnmatchcase(name, action_id):
                continue
            is_near = near is None or near in before or near in "\n".join(texts_of(block))
            if is_near and _fits(element, value):
                found.append(Spot(place, block, element, before))
    return found


def matching_block(blocks: list[Json], wanted: str) -> str:
    """Return the block_id that is `wanted`, or the only one that fits it as a pattern.

    Raises: PersonError when none or several fit.
    """
    ids = [block["block_id"] for block in blocks if any(map(holds_state, elements(block)))]
    if wanted in ids:
        return wanted
    found = [block_id for block_id in ids if fnmatchcase(block_id, wanted)]
    if len(found) != 1:
        raise PersonError(f"{len(found)} fields fit {wanted!r}; there is {', '.join(ids)}")
    return str(found[0])


def _fits(element: Json, value: Any) -> bool:
    if element["type"] != "button" or value is None:
        return True
    return bool(element.get("value") == value)
