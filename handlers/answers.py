"""What a handler answers, free of any platform; each platform says it in its own way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from prompts.card import Card, CardPart, Field, Form, FormPart


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more to say: close the form, or leave the message as it is."""


@dataclass(frozen=True, slots=True)
class Says:
    """Words to the one who acted, and to nobody else."""

    card: Card


@dataclass(frozen=True, slots=True)
class Opens:
    """Open this form."""

    form: Form


@dataclass(frozen=True, slots=True)
class Redraws:
    """The open form asks or says other things now."""

    form: Form


@dataclass(frozen=True, slots=True)
class Stacks:
    """Lay this over the open form; closing it leads back."""

    form: Form


@dataclass(frozen=True, slots=True)
class Continues:
    """The step was kept; this is the next one."""

    form: Form


@dataclass(frozen=True, slots=True)
class Refuses:
    """The step can't be taken as it is; the form says why, at its fields."""

    form: Form


@dataclass(frozen=True, slots=True)
class Asks:
    """A form asked part by part, on a platform that has no form of its own."""

    surface: str
    """Names this form on this platform until it is sent or left."""
    turn: int
    """Counted up with each part that is asked: an answer to an earlier one is over."""
    form: Form
    """The step as it stands: what it says, its questions with their answers so far."""
    next: tuple[Field, ...]
    """The questions of this step still to be asked, in order; (): all is answered, to be sent."""
    card: Card
    """The first of them as a message in the chat; where there is none, all answers to look over."""
    says: Card | None = None
    """What is said besides, for a platform that draws the questions itself; `card` has it, too."""
    typed: bool = True
    """Whether what they type is taken for an answer to it (handlers.events.Posed)."""
    spare: bool = True
    """Whether the platform has calls to spare for it (handlers.quota)."""


Answer = Done | Says | Opens | Redraws | Stacks | Continues | Refuses | Asks


@cache
def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    for union in (CardPart, FormPart, Answer):
        configure_tagged_union(union, converter, tag_name="_is")
    return converter


def dump(answer: Answer) -> bytes:
    """An answer as JSON, to be given again to a repeat of its event."""
    return json.dumps(_converter().unstructure(answer, unstructure_as=Answer)).encode()


def load(kept: bytes) -> Answer:
    """The answer that `dump` wrote."""
    answer: Answer = _converter().structure(json.loads(kept), Answer)  # type: ignore[arg-type]
    return answer
