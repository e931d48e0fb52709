"""Faults that the database's driver reports, each as the error that people can mend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as QueueTimeoutError

from storage.errors import (
    BusyError,
    DamagedError,
    DiskError,
    FullError,
    LockedError,
    NoDatabaseError,
    NoFileError,
    NoRightsError,
    ReadOnlyError,
    StandbyError,
    UnusableError,
)
from storage.server_faults import kind_of

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
def named(shown: str, file: Path | None, *, writes: bool = True) -> Iterator[None]:
    """Faults of the database itself as UnusableError; faults of a statement stay what they are.

    A write in a transaction that only reads is a mistake of the program, and stays one.
    `shown`: the database as people are told of it; `file` is SQLite's.
    """
    try:
        yield
    except IntegrityError:
        raise
    except QueueTimeoutError as error:
        raise BusyError(file=shown) from error
    except DBAPIError as error:
        kind = _kind(error, file)
        if kind is None or (kind in {ReadOnlyError, StandbyError} and not writes):
            raise
        raise kind(file=shown, fault=" ".join(str(error.orig).split())) from error


def _kind(error: DBAPIError, file: Path | None) -> type[UnusableError] | None:
    """The error for it; None: it is a mistake of the program."""
    if file is None:
        found = kind_of(error.orig)
        if isinstance(error, ProgrammingError):
            return found if found is NoRightsError else None
        return found or UnusableError
    if isinstance(error, ProgrammingError) or not isinstance(error, DatabaseError):
        return None
    words = getattr(error.orig, "sqlite_errorname", "").split("_")
    kind = KINDS.get("_".join(words[:2]), UnusableError)
    # Where there is no room for the files beside it, SQLite speaks of the disk.
    return FullError if kind is DiskError and _no_room(file) else kind


def _no_room(file: Path | None) -> bool:
    try:
        return file is not None and shutil.disk_usage(file.parent).free < ROOM
    except OSError:
        return False
