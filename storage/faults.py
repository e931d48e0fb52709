"""Faults that the database's driver reports, each as the error that people can mend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError

from storage.errors import (
    DamagedError,
    DiskError,
    FullError,
    LockedError,
    NoDatabaseError,
    NoFileError,
    ReadOnlyError,
    UnusableError,
)

KINDS: Mapping[str, type[UnusableError]] = {
    "SQLITE_AUTH": ReadOnlyError,
    "SQLITE_BUSY": LockedError,
    "SQLITE_CANTOPEN": NoFileError,
    "SQLITE_CORRUPT": DamagedError,
    "SQLITE_FULL": FullError,
    "SQLITE_IOERR": DiskError,
    "SQLITE_LOCKED": LockedError,
    "SQLITE_NOTADB": NoDatabaseError,
    "SQLITE_PERM": ReadOnlyError,
    "SQLITE_READONLY": ReadOnlyError,
}
"""By the first two words of SQLite's result code (https://sqlite.org/rescode.html)."""


ROOM = 65_536
"""Bytes that SQLite asks for at least beside an open database."""


@contextmanager
def named(file: Path | None, *, writes: bool = True) -> Iterator[None]:
    """Faults of the database itself as UnusableError; faults of a statement stay what they are.

    A write in a transaction that only reads is a mistake of the program, and stays one.
    """
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except DatabaseError as error:
        kind = _kind(error, file)
        if kind is ReadOnlyError and not writes:
            raise
        raise kind(file=str(file or "DATABASE_URL"), fault=str(error.orig)) from error


def _kind(error: DatabaseError, file: Path | None) -> type[UnusableError]:
    words = getattr(error.orig, "sqlite_errorname", "").split("_")
    kind = KINDS.get("_".join(words[:2]), UnusableError)
    # Where there is no room for the files beside it, SQLite speaks of the disk.
    return FullError if kind is DiskError and _no_room(file) else kind


def _no_room(file: Path | None) -> bool:
    try:
        return file is not None and shutil.disk_usage(file.parent).free < ROOM
    except OSError:
        return False
