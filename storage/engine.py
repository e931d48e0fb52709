"""Connections to either database, and everything that only SQLite needs (server.py: PostgreSQL)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import server
from storage.errors import BadAddressError, FolderError, MigrationError
from storage.sqlite import WholeConnection, in_one_step

SQLITE = "sqlite"
BUSY_MS = 10_000
"""How long a write waits for another process's write (ours)."""
DRIVERS = {SQLITE: "sqlite+aiosqlite", server.POSTGRESQL: "postgresql+psycopg"}
READERS = 8
"""Transactions that read at the same time; more wait their turn (ours)."""
BUSY = "busy"
"""Execution option: the transaction waits so many milliseconds for another process's write."""
MIGRATING = "migrating"
"""Execution option: foreign keys are looked at in the end, not at each step."""
_BUSY_MS = "busy_ms"
_WRITES = "writes"


def parsed(url: str) -> URL:
    """The address with its asynchronous driver. Raises BadAddressError for another database."""
    try:
        given = make_url(url)
    except ArgumentError:
        raise BadAddressError from None
    if given.get_backend_name() not in DRIVERS:
        raise BadAddressError
    if given.get_backend_name() == SQLITE and given.database in (None, "", ":memory:"):
        raise BadAddressError
    if given.get_backend_name() == server.POSTGRESQL and not given.database:
        raise BadAddressError
    return given.set(drivername=DRIVERS[given.get_backend_name()])


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for a server's."""
    given = parsed(url)
    return Path(str(given.database)) if given.get_backend_name() == SQLITE else None


def shown(url: str) -> str:
    """The database for people: a file, or a server and its database; never who, nor a password."""
    file, given = file_of(url), parsed(url)
    if file is not None:
        return str(file)
    where = given.host or given.query.get("host") or "localhost"
    port = f":{given.port}" if given.port else ""
    return f"{server.POSTGRESQL}://{where}{port}/{given.database}"


def create(url: str, *, write: bool = True) -> AsyncEngine:
    """An engine whose transactions begin as this room needs them.

    SQLite: with `write` it has one connection, and a transaction takes the writer's place from
    its first moment on. PostgreSQL: many write at once, each seeing what the others kept
    (READ COMMITTED), and wait for each other where they change the same row.
    Without `write` the database refuses a write, and readers never keep a writer waiting.
    """
    file = file_of(url)
    if file is None:
        engine = server.create(parsed(url), write=write)
        engine = engine.execution_options(**{_WRITES: write})
        event.listen(engine.sync_engine, "begin", _on_server)
        return engine
    if file.is_dir():
        raise FolderError(file=str(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        parsed(url),
        hide_parameters=True,
        pool_size=1 if write else READERS,
        max_overflow=0,
        connect_args={"factory": WholeConnection},
    )
    event.listen(engine.sync_engine, "connect", in_one_step)
    event.listen(engine.sync_engine, "connect", _on_connect)
    if not write:
        event.listen(engine.sync_engine, "connect", _refuse_writes)
    event.listen(engine.sync_engine, "begin", _write if write else _read)
    return engine


def writes(connection: Connection) -> bool:
    """Whether that transaction may write; one that may not can't lock what it reads either."""
    return bool(connection.get_execution_options().get(_WRITES))


def _on_server(connection: Connection) -> None:
    options = connection.get_execution_options()
    if BUSY in options:
        server.be_patient(connection, int(options[BUSY]))


def _on_connect(connection: Any, _record: object) -> None:
    # Python 3.11 would begin transactions by itself, and too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=FAST",  # what is replaced or deleted is overwritten where that costs nothing
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_writes(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _read(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _write(connection: Connection) -> None:
    options = connection.get_execution_options()
    busy = int(options.get(BUSY, BUSY_MS))
    if connection.info.get(_BUSY_MS, BUSY_MS) != busy:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={busy}")
        connection.info[_BUSY_MS] = busy
    if options.get(MIGRATING):
        # Within a transaction it would be ignored, and replacing a table would delete the
        # rows that point to it.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def check_foreign_keys(connection: Connection) -> None:
    """Before a migration's COMMIT. Raises MigrationError if a row points to nothing."""
    if connection.dialect.name != SQLITE:
        return
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        tables = sorted({str(row[0]) for row in lost})
        raise MigrationError(rows=str(len(lost)), tables=", ".join(tables))
