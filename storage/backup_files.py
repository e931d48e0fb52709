"""Files of an SQLite database: copied page by page, whole before they bear their name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from storage.errors import FullError, ReadOnlyError, UnusableError
from storage.faults import KINDS
from storage.seal import OWNER_ONLY

WAIT = 2.0
"""Seconds that others may take to let go of a file (ours)."""
WAL = ("-wal", "-shm")
"""What SQLite keeps beside a file in use."""


@contextmanager
def half_of(file: Path) -> Iterator[Path]:
    """A new file beside it, for its owner alone; gone in the end unless it was moved."""
    half = file.with_name(f".{file.name}.half")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    try:
        yield half
    finally:
        for name in ("", *WAL, "-journal"):
            Path(f"{half}{name}").unlink(missing_ok=True)


def _connect(file: Path, mode: str) -> closing[sqlite3.Connection]:
    address = f"file:{quote(str(file.absolute()))}?mode={mode}"
    return closing(sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None))


@contextmanager
def connected(file: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """SQLite's faults come out named after that file."""
    try:
        with _connect(file, mode) as connection:
            yield connection
    except sqlite3.Error as error:
        raise _fault(error)(file=str(file), fault=str(error)) from error


def copy_pages(source: Path, to: Path, *, mode: str) -> None:
    """Page by page, as of one moment. Raises UnusableError."""
    try:
        with _connect(source, mode) as reads, _connect(to, "rw") as writes:
            reads.backup(writes)
    except sqlite3.Error as error:
        kind = _fault(error)
        file = to.parent if kind in {FullError, ReadOnlyError} else source
        raise kind(file=str(file), fault=str(error)) from error


def _fault(error: sqlite3.Error) -> type[UnusableError]:
    words = getattr(error, "sqlite_errorname", "").split("_")
    return KINDS.get("_".join(words[:2]), UnusableError)


def copy_secret(source: Path, to: Path) -> None:
    """Copy a key file, for its owner alone. Raises OSError."""
    half = to.with_name(f".{to.name}.half")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as out:
        out.write(source.read_bytes())
    move(half, to)


def move(half: Path, to: Path) -> None:
    """Give it its name, once it is on the disk."""
    with half.open("rb") as written:
        os.fsync(written.fileno())
    half.replace(to)
    if os.name == "posix":
        folder = os.open(to.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
