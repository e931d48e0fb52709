"""A consistent copy of an SQLite database while it is used, and putting one back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import engine, migrate
from storage.backup_files import WAL, connected, copy_pages, copy_secret, half_of, move
from storage.errors import (
    DamagedError,
    FaultError,
    KeyLostError,
    LockedError,
    SchemaNewerError,
    UnusableError,
    WrongKeyError,
)
from storage.lock import running
from storage.migrate import Shape
from storage.notice import State
from storage.seal import OWNER_ONLY, Keyring, key_file
from storage.tables import AUDIT, KEY_CHECK, OUTBOX, PERSON, REVIEW


class BackupExistsError(FaultError):
    """Something stands where the backup is to go."""

    key = "backup.exists"


class DatabaseExistsError(FaultError):
    """A database stands where the backup is to be put."""

    key = "backup.database_exists"


class BadBackupError(FaultError):
    """The backup is damaged, cut short, or rows in it point to nothing."""

    key = "backup.damaged"


class NotOursError(FaultError):
    """The file is no backup of this program's."""

    key = "backup.not_ours"


class OnServerError(FaultError):
    """The database is a server's, which has tools of its own for this."""

    key = "backup.on_server"


@dataclass(frozen=True, slots=True)
class Copy:
    """What is in a copy that was looked at."""

    version: str
    people: int
    reviews: int
    audited: int
    """Lines of the audit trail."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that is the database now."""

    copy: Copy
    older: bool
    """The bot's next start brings it up to the program's version."""
    kept: Path | None
    """Where the database is that stood there before."""


def make(url: str, to: Path, *, force: bool = False) -> Copy:
    """Copy the database there, whole and as of one moment, whoever writes meanwhile.

    Raises BackupExistsError unless `force`, OnServerError, BadBackupError, UnusableError, OSError.
    """
    file = _file_of(url)
    if to.exists() and (not force or to.samefile(file)):
        raise BackupExistsError(file=str(to))
    with half_of(to) as half:
        # Not read-only: SQLite may have to make the files beside one that nobody has open.
        copy_pages(file, half, mode="rw")
        found = _looked_at(half, to)
        move(half, to)
    return found


def keep_key(url: str, to: Path) -> Path | None:
    """Copy the key file beside that backup, for its owner alone; None: there is no key file."""
    source = key_file(url)
    if source is None or not source.exists():
        return None
    beside = Path(f"{to}.key")
    copy_secret(source, beside)
    return beside


def restore(
    url: str, backup: Path, data_key: str | None, *, force: bool, now: datetime
) -> Restored:
    """Put the backup in the database's place, after everything about it was looked at.

    Its key is DATA_KEY, else the file that was kept with it, else the one that is there. The old
    database is kept beside. Nothing is changed where it raises: AlreadyRunningError, LockedError,
    DatabaseExistsError unless `force`, NotOursError, BadBackupError, SchemaNewerError,
    KeyLostError, WrongKeyError, BrokenSealError, OnServerError, UnusableError or OSError.
    """
    file = _file_of(url)
    with running(url):
        if file.exists() and not force:
            raise DatabaseExistsError(file=str(file))
        with half_of(file) as half:
            try:
                copy_pages(backup, half, mode="ro")
            except DamagedError as error:
                raise BadBackupError(**error.facts) from error
            found = _looked_at(half, backup)
            shape = migrate.shape(found.version)
            if shape is Shape.NEWER:
                raise SchemaNewerError(found=found.version, wanted=migrate.head())
            _look_before_sending(half)
            key = _fitting_key(half, data_key, (Path(f"{backup}.key"), Path(f"{file}.key")))
            kept = _set_aside(file, now) if file.exists() else None
            if key is not None and key != Path(f"{file}.key"):
                copy_secret(key, Path(f"{file}.key"))
            for name in WAL:  # a database that is gone leaves pages that are of another one
                Path(f"{file}{name}").unlink(missing_ok=True)
            move(half, file)
    return Restored(found, shape is Shape.OLDER, kept)


def _file_of(url: str) -> Path:
    file = engine.file_of(url)
    if file is None:
        raise OnServerError
    return file


def _looked_at(copy: Path, named: Path) -> Copy:
    """That every page, reference and table is there, and one file holds it all."""
    with connected(copy, "rw") as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            (said, *_) = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            lost = connection.execute("PRAGMA foreign_key_check").fetchall()
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        except sqlite3.DatabaseError as error:
            raise BadBackupError(file=str(named), fault=str(error)) from error
        if said != "ok":
            raise BadBackupError(file=str(named), fault=str(said).splitlines()[0])
        if lost:
            raise BadBackupError(file=str(named), fault=f"{len(lost)} × foreign key")
        if not {"alembic_version", KEY_CHECK.name, AUDIT.name} <= tables:
            raise NotOursError(file=str(named))
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if version is None:
            raise NotOursError(file=str(named))
        people, reviews, audited = (
            int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
            for table in (PERSON.name, REVIEW.name, AUDIT.name)
        )
    return Copy(str(version[0]), people, reviews, audited, copy.stat().st_size)


def _look_before_sending(copy: Path) -> None:
    """What waited when the backup was made may have been sent since: it is looked for first."""
    with connected(copy, "rw") as connection:
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({OUTBOX.name})")}
        since = "since, due" if "since" in columns else "due"
        connection.execute(
            f"UPDATE {OUTBOX.name} SET intent_at = coalesce(intent_at, {since}) "  # noqa: S608
            "WHERE state = ? AND ts IS NULL",
            (State.PENDING.value,),
        )


def _fitting_key(copy: Path, data_key: str | None, files: Sequence[Path]) -> Path | None:
    """The key file that opens what the copy holds; None: it is DATA_KEY, or nothing is sealed."""
    if data_key is not None:
        _open_all(copy, Keyring.of(data_key))
        return None
    wrong: WrongKeyError | None = None
    for file in files:
        if file.exists():
            keyring = Keyring(file=file)
            keyring.load()
            try:
                _open_all(copy, keyring)
            except WrongKeyError as error:
                wrong = wrong or error
            else:
                return file
    if wrong is not None:
        raise wrong
    with connected(copy, "ro") as connection:
        if connection.execute(f"SELECT 1 FROM {KEY_CHECK.name}").fetchone():  # noqa: S608
            raise KeyLostError(file=str(files[-1]))
    return None


def _open_all(copy: Path, keyring: Keyring) -> None:
    """Open the known texts and the whole audit trail. Raises WrongKeyError or BrokenSealError."""
    sealed = (
        (KEY_CHECK.name, "sealed", f"SELECT key_id, sealed FROM {KEY_CHECK.name}"),  # noqa: S608
        (AUDIT.name, "details", f"SELECT id, details FROM {AUDIT.name}"),  # noqa: S608
    )
    with connected(copy, "ro") as connection:
        connection.text_factory = bytes  # whatever was put there: it is only looked at
        for table, column, statement in sealed:
            for row, text in connection.execute(statement):
                keyring.open(text, table=table, column=column, row=row.decode())


def _set_aside(file: Path, now: datetime) -> Path:
    """Keep the old database and its key under names of their own; its place is free of leftovers.

    Raises LockedError where somebody has it open: their writes would go nowhere.
    """
    stamp = f".old-{now:%Y%m%dT%H%M%SZ}"
    kept = Path(f"{file}{stamp}")
    try:
        with connected(file, "rw") as connection:
            # SQLite leaves WAL only for whoever has the file alone, and puts all into one file.
            connection.execute("PRAGMA journal_mode=DELETE")
    except LockedError:
        raise
    except UnusableError:  # damaged: what stands beside it is kept as it is
        for name in WAL:
            if Path(f"{file}{name}").exists():
                Path(f"{file}{name}").rename(f"{kept}{name}")
    key = Path(f"{file}.key")
    if key.exists():
        copy_secret(key, Path(f"{kept}.key"))
    shutil.copyfile(file, kept)
    kept.chmod(OWNER_ONLY)
    return kept
