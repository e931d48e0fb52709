"""SQLite in one step a statement: its thread is asked once, and all rows come back with it.

SQLAlchemy's adapter asks the thread four times, for a cursor, to run it, for its rows and to
close it; each time costs more than the statement itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Self

import aiosqlite


class _Rows(list[Any]):
    """All rows of a statement, with what its cursor tells of them."""

    def __init__(self, rows: Iterable[Any], cursor: sqlite3.Cursor) -> None:
        super().__init__(rows)
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class _WholeCursor(sqlite3.Cursor):
    def fetchall(self) -> _Rows:
        return _Rows(super().fetchall(), self)


class WholeConnection(sqlite3.Connection):
    """SQLite's own connection, whose `fetchall` tells of its cursor, too (a `factory`)."""

    def execute(self, *statement: Any) -> sqlite3.Cursor:
        """Run a statement, and its parameters. Raises sqlite3.Error."""
        return self.cursor(_WholeCursor).execute(*statement)


class OneStepCursor:
    """What SQLAlchemy asks of an asynchronous cursor, in one step a statement."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        """Run statements on that connection, made with WholeConnection."""
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Nothing has to be opened."""
        return self

    async def execute(self, operation: str, parameters: Any = ()) -> Self:
        """Run it and take all its rows. Raises sqlite3.Error."""
        rows = await self._connection.execute_fetchall(operation, parameters)
        assert isinstance(rows, _Rows)  # noqa: S101  the connection's factory has seen to it
        self._rows = rows
        self.description, self.rowcount = rows.description, rows.rowcount
        self.lastrowid = rows.lastrowid
        return self

    async def executemany(self, operation: str, parameters: Iterable[Any]) -> Self:
        """Run it once for each. Raises sqlite3.Error."""
        done = await self._connection.executemany(operation, parameters)
        self._rows, self.description = (), None
        self.rowcount, self.lastrowid = done.rowcount, done.lastrowid
        return self

    async def fetchall(self) -> Sequence[Any]:
        """All rows of the last statement."""
        return self._rows

    async def close(self) -> None:
        """Nothing is left open."""


def in_one_step(connection: Any, _record: object) -> None:
    """Let a new connection of SQLAlchemy's pool (its `connect` event) use such cursors."""
    driver: aiosqlite.Connection = connection.driver_connection
    driver.cursor = lambda: OneStepCursor(driver)  # type: ignore[assignment,method-assign,return-value]
