"""Everything that only a PostgreSQL server needs: how a connection is set up, and what is held."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

POSTGRESQL = "postgresql"
CONNECTIONS = 8
"""Transactions at once that write, and as many that only read; more wait their turn (ours)."""
QUEUE = 30.0
"""Seconds that a transaction waits for its turn among those of this process (ours)."""
REACH = 5
"""Seconds that a server may take to be reached (ours); the address may say connect_timeout."""
LOCK_MS = 10_000
"""How long a statement waits for another transaction's row (ours)."""
STATEMENT_MS = 60_000
"""How long a statement may take at most (ours)."""
IDLE_MS = 30_000
"""How long a transaction may rest before the server ends it: its process hangs (ours)."""
TRANSACTION_MS = 90_000
"""How long a transaction may take at most (ours), where the server is of version 17 or newer.

A process that stops between two parts of one message neither rests nor executes anything by the
server's count, and would hold its rows for as long as it sleeps.
"""
UNPLUGGED_MS = 20_000
"""How long a server that says nothing any more is waited for (ours)."""
MIGRATION = "nosurprise/migration"
"""Held by the process that brings the database up to date."""
VERSION_17 = 170_000
SETTINGS = {
    "TimeZone": "UTC",
    "lock_timeout": str(LOCK_MS),
    "statement_timeout": str(STATEMENT_MS),
    "idle_in_transaction_session_timeout": str(IDLE_MS),
}
READING = {
    "default_transaction_read_only": "on",
    "default_transaction_isolation": "repeatable read",
}
WRITING = {"default_transaction_isolation": "read committed"}


def create(url: URL, *, write: bool) -> AsyncEngine:
    """An engine for that server.

    Transactions that write see what others committed, and wait for each other's rows; those that
    read see one moment, and a write in them is refused.
    """
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=QUEUE,
        pool_pre_ping=True,
        connect_args={
            name: value
            for name, value in {
                "connect_timeout": REACH,
                "tcp_user_timeout": UNPLUGGED_MS,
                "application_name": "nosurprise",
            }.items()
            if name not in url.query
        },
    )
    settings = SETTINGS | (WRITING if write else READING)
    calls = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in settings.items())
    most = f"set_config('transaction_timeout', '{TRANSACTION_MS}', false)"

    def set_up(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SELECT {calls}")
        if connection.info.server_version >= VERSION_17:
            cursor.execute(f"SELECT {most}")
        cursor.close()
        connection.commit()

    event.listen(engine.sync_engine, "connect", set_up)
    return engine


def be_patient(connection: Connection, milliseconds: int) -> None:
    """This transaction waits that long for the rows of another; 0: without an end."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")


def take_turn_to_migrate(connection: Connection) -> None:
    """Wait until no other process migrates; the place is kept until the transaction ends."""
    be_patient(connection, 0)
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    if (connection.dialect.server_version_info or ()) >= (17,):
        connection.exec_driver_sql("SET LOCAL transaction_timeout = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_number(MIGRATION)})")


async def hold(connection: AsyncConnection, *words: str) -> None:
    """Whoever holds the same words waits until this transaction ends.

    For what is not there yet: a row that is can be held itself. Two that differ may share a number
    once in 2^64; they wait for each other then, and nothing worse.
    """
    number = _number("\x00".join(words))
    await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({number})")


def _number(words: str) -> int:
    digest = hashlib.blake2b(words.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
