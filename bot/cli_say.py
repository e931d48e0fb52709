"""How the command line speaks: one line a fault, colours and progress on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NoReturn, TypeVar

from rich.console import Console
from rich.progress import Progress

LARGE = 500
"""From more things than this on, a terminal shows how far the work is."""
T = TypeVar("T")


def fail(words: str) -> NoReturn:
    """Say what is wrong in one line and end with 2: nothing was written."""
    complain(words)
    sys.exit(2)


def complain(words: str) -> None:
    """Say in one line what is wrong."""
    _errors().print(" ".join(words.split()), style="red", markup=False, soft_wrap=True)


def print_out(words: str) -> None:
    """One line of an answer."""
    sys.stdout.write(f"{words}\n")


def watched(things: Sequence[T]) -> Iterator[T]:
    """The things one by one, with a bar that counts them if they are many."""
    errors = _errors()
    if len(things) <= LARGE or not errors.is_terminal:
        yield from things
        return
    with Progress(console=errors, transient=True) as progress:
        yield from progress.track(things, description="")


def _errors() -> Console:
    return Console(stderr=True, highlight=False)
