"""Faults that the database's driver reports, each as the error that people can mend."""

from __future__ import annotations

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
        kind = _kind(error)
        if kind is ReadOnlyError and not writes:
            raise
        raise kind(file=str(file or "DATABASE_URL"), fault=str(error.orig)) from error


def _kind(error: DatabaseError) -> type[UnusableError]:
    words = getattr(error.orig, "sqlite_errorname", "").split("_")
    return KINDS.get("_".join(words[:2]), UnusableError)
