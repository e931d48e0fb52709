"""What a form puts into its own answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Answers that nobody typed."""

    answers: Mapping[str, str]
    """They are kept as if they were given; the fields show them."""
    step: int | None = None
    """Where the form goes; None: it stays."""
    subject: str | None = None
    """What the form is about from here on, with answers of its own; None: the same thing."""
