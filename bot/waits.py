"""How long to wait before something outside is tried again."""

from __future__ import annotations

from collections.abc import Iterator

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds between two tries at start; each wait is twice the one before (ours)."""


def waits(longest: float = LONGEST_WAIT) -> Iterator[float]:
    """Seconds until the next try."""
    wait = FIRST_WAIT
    while True:
        yield wait
        wait = min(wait * 2, longest)
