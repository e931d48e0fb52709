"""One running bot a database file: a second one would send everything a second time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storage import engine
from storage.errors import AlreadyRunningError

SUFFIX = ".lock"

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def running(url: str) -> Iterator[None]:
    """Hold the place of the one running bot; the system lets go of it if the process dies.

    Raises AlreadyRunningError if another process, or this one, holds it. A database server is
    made for many: nothing is held then.
    """
    file = engine.file_of(url)
    if file is None:
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    place = Path(f"{file}{SUFFIX}")
    with place.open("a+", encoding="ascii") as held:
        try:
            _take(held)
        except OSError as error:
            raise AlreadyRunningError(file=str(file), lock=str(place)) from error
        held.truncate(0)
        held.write(f"{os.getpid()}\n")
        held.flush()
        yield
