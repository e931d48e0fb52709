"""What a form puts into its own answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from prompts.answers import Answers
from prompts.card import Form


class Use(Protocol):
    """One open form; loading it has made sure that the actor may fill it in."""

    def last_step(self, answers: Answers) -> int:
        """The number of the step that sends the whole, with these answers."""

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:
        """The form at that step; once sent, with what is wrong at its fields."""

    async def press(self, button: str, step: int, answers: Answers) -> Form | Changes | None:
        """What a button in that step does: lays a form over it, or changes answers; or nothing."""

    async def send(self, answers: Answers) -> Changes | None:
        """Take the whole; or, to point something out first, go on to another step.

        Raises ReviewError.
        """


@dataclass(frozen=True, slots=True)
class Changes:
    """Answers that nobody typed."""

    answers: Mapping[str, str]
    """They are kept as if they were given; the fields show them."""
    step: int | None = None
    """Where the form goes; None: it stays."""
    subject: str | None = None
    """What the form is about from here on, with answers of its own; None: the same thing."""
    form: str | None = None
    """Another form that follows, about that subject; None: the same one."""
    use: Use | None = None
    """The form about that subject, where all of it is at hand; None: it is loaded afresh."""
