"""Plays histories by their seeds, and tells a bad one so that it can be played again."""

from __future__ import annotations

import logging
import random
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock
from uuid import UUID

import history
import virtual
from after import wrongs
from inline_sqlite import inline_sqlite
from start import Start, start

from handlers import cycles, notices
from handlers.work import Work
from prompts.card import Card, Heading
from review.people import Person
from scheduler import deliver
from storage import audit, one_on_ones, outbox
from storage.notice import Delivery

REPLAY = "PYTHONPATH=.:tests:tests/handlers .venv/bin/python tests/simulator/telling.py"
MEMORY = Path("/dev/shm")  # noqa: S108  only where it is there
LOOK = 30.0
"""In place of scheduler.deliver.LOOK: looks in vain cost most of the time that nobody is in."""


@dataclass(frozen=True)
class Bad:
    """A history that went wrong."""

    seed: int
    first: int
    """The first seed played before it: ids go on from one history to the next."""
    wrong: list[str]
    log: list[str]

    def __str__(self) -> str:
        lines = [
            f"seed {self.seed}; again: {REPLAY} {self.first}-{self.seed}",
            *self.wrong,
            "",
            *self.log,
        ]
        return "\n".join(lines)


def bad_ones(seeds: Iterable[int], most: int = 1) -> list[Bad]:
    """Play those histories one after another, until so many went wrong."""
    with prepared() as folder:
        return virtual.run(_play(seeds, most, folder))


async def _play(seeds: Iterable[int], most: int, folder: Path) -> list[Bad]:
    found: list[Bad] = []
    async with start(folder) as made:
        first: int | None = None
        for seed in seeds:
            first = seed if first is None else first
            bad = await one(made, seed, first)
            if bad is not None:
                found.append(bad)
            if len(found) == most:
                break
    return found


async def one(made: Start, seed: int, first: int) -> Bad | None:
    """Play it."""
    virtual.begin_again()
    played = history.History(made, seed)
    await played.play()
    found = await wrongs(played)
    await played.end()
    return Bad(seed, first, found, played.chat.log) if found else None


async def _note(delivery: Delivery, person: Person | None, work: Work) -> Card:
    text = str(delivery.facts["text"])
    return Card(text, (Heading(text),))


@contextmanager
def prepared() -> Iterator[Path]:
    """Ids come from a seed, a note is said as it is, and SQLite answers at once."""
    ids = random.Random(0)  # noqa: S311  the same ids again

    def uuid4() -> UUID:
        return UUID(int=ids.getrandbits(128), version=4)

    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    logging.disable(logging.CRITICAL)
    try:
        with (
            inline_sqlite(),
            mock.patch.object(outbox, "uuid4", uuid4),
            mock.patch.object(audit, "uuid4", uuid4),
            mock.patch.object(cycles, "uuid4", uuid4),
            mock.patch.object(one_on_ones, "uuid4", uuid4),
            mock.patch.object(deliver, "LOOK", LOOK),
            mock.patch.dict(notices.SAYINGS, {"note": _note}),
        ):
            yield folder
    finally:
        logging.disable(logging.NOTSET)
        shutil.rmtree(folder)


if __name__ == "__main__":
    low, _, high = sys.argv[1].partition("-")
    for bad in bad_ones(range(int(low), int(high or low) + 1), most=1):
        sys.stdout.write(f"{bad}\n")
