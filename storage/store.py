"""What every store stands on: one connection in one transaction, and the keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Executable, Row, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import engine, server
from storage.seal import Keyring

CHUNK = 30_000
"""Values in one IN list; SQLite takes 32,766 in one statement, PostgreSQL twice that."""

COUNTED = {"preserve_rowcount": True}
"""SQLAlchemy does not keep the count of an INSERT on PostgreSQL without it (-1)."""

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Upsert = sqlite.Insert | postgresql.Insert


def chunks(values: Collection[str]) -> Iterator[list[str]]:
    """All values, each once and in order, in lists that one statement takes."""
    distinct = sorted(set(values))
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]


class Store:
    """One subject within one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        """Work on that transaction's connection."""
        self._connection = connection
        self._keyring = keyring

    async def _all(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        """All rows; `values` are those of its named parameters."""
        return (await self._connection.execute(statement, values)).all()

    async def _first(self, statement: Executable, **values: Any) -> Row[Any] | None:
        """The first row; `values` are those of its named parameters."""
        return (await self._connection.execute(statement, values)).first()

    async def _changes(
        self,
        statement: Executable,
        row: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> int:
        """How many rows it changed; `row` gives its columns and named parameters."""
        kept = await self._connection.execute(statement, row, execution_options=COUNTED)
        return kept.rowcount

    async def _many(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """The same statement for each row, in one round; nothing for no rows."""
        if rows:
            await self._connection.execute(statement, rows)

    async def add_if_new(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Add the row. False: one with its key, or with what may be there once, is there."""
        return bool(await self._changes(self._insert_new(table), row))

    async def _hold(self, table: Table, *key: str) -> None:
        """What has that key, there or not, is this transaction's until it ends, if it may write.

        Others that hold it wait. SQLite has one writer at a time anyhow.
        """
        if self._locks:
            await server.hold(self._connection, table.name, *key)

    @property
    def _locks(self) -> bool:
        """Whether rows that are read can be held, and need be: on a server, in a write."""
        connection = self._connection.sync_connection
        return not self._is_alone and connection is not None and engine.writes(connection)

    @property
    def _is_alone(self) -> bool:
        """Whether a transaction that writes has the whole database to itself."""
        return self._connection.dialect.name == engine.SQLITE

    def _insert(self, table: Table) -> Upsert:
        """An insert that knows ON CONFLICT, in the database's own dialect."""
        return _insert_into(table, self._connection.dialect.name)

    def _insert_new(self, table: Table) -> Executable:
        """Insert, but for what is there already."""
        return _insert_new_into(table, self._connection.dialect.name)

    def _upsert(self, table: Table) -> Executable:
        """Insert, or replace every column that is not of the key."""
        return _upsert_into(table, self._connection.dialect.name)

    def _seal(self, table: Table, column: str, row: str, text: bytes) -> bytes:
        return self._keyring.seal(text, table=table.name, column=column, row=row)

    def _open(self, table: Table, column: str, row: str, sealed: bytes) -> bytes:
        return self._keyring.open(sealed, table=table.name, column=column, row=row)


def _insert_into(table: Table, dialect: str) -> Upsert:
    if dialect == engine.SQLITE:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # 2 MB, and nothing to SQLite

    return postgresql.insert(table)


@cache
def _insert_new_into(table: Table, dialect: str) -> Executable:
    return _insert_into(table, dialect).on_conflict_do_nothing()


@cache
def _upsert_into(table: Table, dialect: str) -> Executable:
    """Built once: building it costs more than running it does."""
    insert = _insert_into(table, dialect)
    key = [column.name for column in table.primary_key]
    rest: dict[str, ColumnElement[Any]] = {
        column.name: insert.excluded[column.name]
        for column in table.columns
        if column.name not in key
    }
    return insert.on_conflict_do_update(index_elements=key, set_=rest)
