"""Buttons that say the same to everybody: "your own review of that cycle" instead of its id.

Where a platform counts its calls, a message with nothing personal in it can go to many in one.
Whose review is meant is settled by who presses, so nobody can press for another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from handlers.events import Pressed
from handlers.work import Act, Work
from prompts.card import Button, Buttons, Card, CardPart, Paragraph
from review.people import EmployeeId
from storage.notice import is_channel, members

OWN = "own."
"""Before a cycle's id: the record that whoever presses has in it."""
_CYCLE = r"[\w-]+"
_OWN = re.compile(rf"(?<!\w){re.escape(OWN)}({_CYCLE})")


async def alike(card: Card, receiver: EmployeeId, work: Work) -> Card:
    """The same message, with the ids of its receiver's own reviews left out of its buttons."""
    if is_channel(receiver) or members(receiver):
        return card
    own = {
        review: cycle
        for review, cycle in (await work.tx.reviews.cycles_of(receiver)).items()
        if re.fullmatch(_CYCLE, cycle)
    }
    return replace(card, parts=tuple(_part(one, own) for one in card.parts)) if own else card


async def resolved(press: Pressed, act: Act) -> Pressed:
    """The same press, with what is meant by "own" as the actor's record of that cycle."""
    if not _OWN.search(press.value):
        return press
    records = await act.tx.reviews.cycles_of(act.by)
    own = {cycle: review for review, cycle in records.items()}
    value = _OWN.sub(lambda found: own.get(found[1], found[0]), press.value)
    return replace(press, value=value)


def _part(part: CardPart, own: Mapping[str, str]) -> CardPart:
    match part:
        case Buttons(buttons):
            return Buttons(tuple(_button(one, own) for one in buttons))
        case Paragraph(_, Button() as button):
            return replace(part, button=_button(button, own))
        case _:
            return part


def _button(button: Button, own: Mapping[str, str]) -> Button:
    value = button.value
    for review, cycle in own.items():
        value = value.replace(review, f"{OWN}{cycle}")
    return replace(button, value=value)
