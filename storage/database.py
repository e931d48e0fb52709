"""The database: opened once, used in transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import engine, migrate
from storage.errors import KeyMissingError, NestedWriteError, UnusableError, WrongKeyError
from storage.seal import Keyring
from storage.tables import KEY_CHECK
from storage.transaction import Transaction

KNOWN_TEXT = b"nosurprise"
"""Sealed with each key that was ever used."""


@dataclass(slots=True)
class Statements:
    """The statements sent while they were counted, BEGIN and settings aside."""

    sent: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self.sent)


class Database:
    """An open database; made by `open`."""

    def __init__(self, made: AsyncEngine, keyring: Keyring) -> None:
        """Use that engine and those keys, which were checked."""
        self._engine = made
        self._by_kind = {
            write: made.execution_options(**{engine.WRITE: write}) for write in (True, False)
        }
        self._keyring = keyring
        self._writing = asyncio.Lock()
        self._writer: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def begin(self, *, write: bool = True) -> AsyncIterator[Transaction]:
        """One transaction: kept at the end, undone if an error leaves the block.

        Writers of this process come one after another; a transaction that only reads
        (`write=False`) waits for nobody, and a write in it is refused by the database.
        Raises NestedWriteError if this task is writing already.
        """
        if not write:
            async with self._transaction(write=False) as transaction:
                yield transaction
            return
        if self._writer is not None and self._writer is asyncio.current_task():
            raise NestedWriteError("this task is writing already; hand its transaction on")
        async with self._writing:
            self._writer = asyncio.current_task()
            try:
                async with self._transaction(write=True) as transaction:
                    yield transaction
            finally:
                self._writer = None

    async def check(self) -> None:
        """Reachable, and of the program's version: else the error that says so."""
        async with self._engine.connect() as connection:
            migrate.check(await connection.run_sync(migrate.version))

    async def close(self) -> None:
        """Close every connection; safe to call twice."""
        await self._engine.dispose()

    @contextmanager
    def count_statements(self) -> Iterator[Statements]:
        """Count what is sent to the database meanwhile, for tests and measurements."""
        counted = Statements()

        def count(_connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                counted.sent.append(statement)

        event.listen(self._engine.sync_engine, "before_cursor_execute", count)
        try:
            yield counted
        finally:
            event.remove(self._engine.sync_engine, "before_cursor_execute", count)

    @asynccontextmanager
    async def _transaction(self, *, write: bool) -> AsyncIterator[Transaction]:
        # A write in a transaction that only reads is a mistake of the program, and stays one.
        with _named() if write else nullcontext():
            async with self._by_kind[write].begin() as connection:
                yield Transaction(connection, self._keyring)


async def open(url: str, keyring: Keyring, *, upgrade: bool = True) -> Database:  # noqa: A001
    """Open it, bring it up to the program's version, and see that the keys fit.

    With `upgrade=False` an older database is refused (SchemaOutdatedError). Raises
    SchemaNewerError, MigrationError, KeyMissingError, WrongKeyError or UnusableError; no text is
    touched then.
    """
    with _named():
        if upgrade:
            await migrate.upgrade(url)
        made = engine.create(url)
        database = Database(made, keyring)
        try:
            await database.check()
            async with made.execution_options(**{engine.WRITE: True}).begin() as connection:
                await _check_keys(connection, keyring)
        except BaseException:
            await database.close()
            raise
    return database


@contextmanager
def _named() -> Iterator[None]:
    """Faults of the database itself as UnusableError; faults of a statement stay what they are."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except DatabaseError as error:
        raise UnusableError(f"the database can't be used: {error.orig}") from error


async def _check_keys(connection: AsyncConnection, keyring: Keyring) -> None:
    used = {row.key_id: row.sealed for row in await connection.execute(select(KEY_CHECK))}
    if not keyring.load():
        if used:
            raise KeyMissingError(
                "the texts in this database are sealed, and their key is gone: "
                "put the key file back, or set DATA_KEY"
            )
        keyring.make()
    lost = sorted(used.keys() - set(keyring.ids))
    if lost:
        raise WrongKeyError(
            f"texts in this database were sealed with other keys ({', '.join(lost)}): "
            "add them to DATA_KEY, behind the new one"
        )
    for key_id, sealed in used.items():
        keyring.open(sealed, table=KEY_CHECK.name, column="sealed", row=key_id)
    seals = keyring.ids[0]
    if seals not in used:
        sealed = keyring.seal(KNOWN_TEXT, table=KEY_CHECK.name, column="sealed", row=seals)
        await connection.execute(insert(KEY_CHECK).values(key_id=seals, sealed=sealed))
