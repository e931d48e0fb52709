"""Somebody may look on while many things are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
BATCH = 200
"""Things written at a time (ours)."""


class Watch(Protocol):
    """Hands the things on one by one, and may show how far it has come."""

    def __call__(self, things: Sequence[T], /) -> Iterable[T]:
        """The same things in the same order."""


def unwatched(things: Sequence[T], /) -> Iterable[T]:
    """Nobody looks on."""
    return things


def in_batches(things: Sequence[T], watch: Watch) -> Iterator[list[T]]:
    """The things in lists of BATCH at most; each is counted once its list was taken."""
    batch: list[T] = []
    for thing in watch(things):
        batch.append(thing)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
