"""The database: opened once, used in transactions."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import engine, migrate, server
from storage.errors import (
    BusyError,
    KeyLostError,
    LockedError,
    NestedWriteError,
    NoFileError,
    WrongKeyError,
)
from storage.faults import named
from storage.seal import Keyring
from storage.store import Store
from storage.tables import KEY_CHECK
from storage.transaction import Transaction
from storage.turns import Places, Turns

KNOWN_TEXT = b"nosurprise"
"""Sealed with each key that was ever used."""
LEAST_BUSY_MS = 100
"""How long the database itself is waited for where those before took all of the time (ours)."""


SETTLES, A_MOMENT = 20, 0.1
"""How often, and after how many seconds, the log is tried to be emptied (ours)."""


def _checkpoint(file: Path) -> bool:
    """Whether the log could be emptied."""
    with closing(sqlite3.connect(file)) as connection:
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _untold(_seconds: float) -> None:
    """Nobody asks how long it took."""


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

    def __init__(
        self,
        reads: AsyncEngine,
        writes: AsyncEngine,
        keyring: Keyring,
        file: Path | None = None,
        shown: str = "DATABASE_URL",
    ) -> None:
        """Use those engines and those keys, which were checked; `file` is SQLite's.

        `shown`: the database as people are told of it.
        """
        self._reads = reads
        self._writes = writes
        self._file = file
        self._shown = shown
        self._keyring = keyring
        self._turns = Turns()
        self._places = {write: Places(server.CONNECTIONS) for write in (True, False)}
        self._writers: set[asyncio.Task[Any] | None] = set()
        self.waited: Callable[[float], None] = _untold
        """Is told for how many seconds each write waited for its turn."""

    @asynccontextmanager
    async def begin(
        self, *, write: bool = True, patience: float | None = None
    ) -> AsyncIterator[Transaction]:
        """One transaction: kept at the end, undone if an error leaves the block.

        On SQLite writers of this process come one after another; a transaction that only reads
        (`write=False`) waits for nobody, and a write in it is refused by the database.
        `patience`: so many seconds the database is waited for at most; on SQLite the writers
        before this one may take longer, and a read waits for nobody.
        Raises NestedWriteError if this task is writing already, and UnusableError.
        """
        if not write:
            async with self._transaction(self._reads, patience, write=False) as transaction:
                yield transaction
            return
        task = asyncio.current_task()
        if task in self._writers:
            raise NestedWriteError("this task is writing already; hand its transaction on")
        begun = time.monotonic()
        async with self._turn(patience) as made:
            self._writers.add(task)
            try:
                async with self._transaction(made, patience, write=True) as transaction:
                    self.waited(time.monotonic() - begun)
                    if self._file is not None:
                        self._turns.works()
                    yield transaction
            finally:
                self._writers.discard(task)

    @asynccontextmanager
    async def _turn(self, patience: float | None) -> AsyncIterator[AsyncEngine]:
        """The writer's place in this process, and an engine that waits for what time is left.

        A server takes many writers at once: it is their rows that it hands out in turn.
        """
        async with AsyncExitStack() as stack:
            left = patience
            try:
                if self._file is not None:
                    left = await stack.enter_async_context(self._turns.take(patience))
            except TimeoutError as error:
                raise LockedError(file=self._shown) from error
            made = self._writes
            if left is not None:
                busy = max(round(left * 10) * 100, LEAST_BUSY_MS)
                made = made.execution_options(**{engine.BUSY: busy})
            yield made

    async def check(self) -> None:
        """Reachable, and of the program's version: else the error that says so."""
        if self._file is not None and not self._file.exists():
            raise NoFileError(file=str(self._file))
        await self.check_version()

    async def check_version(self) -> None:
        """Raises SchemaNewerError or SchemaOutdatedError unless it is the program's."""
        with named(self._shown, self._file):
            async with self._reads.connect() as connection:
                migrate.check(await connection.run_sync(migrate.version))

    async def settle(self) -> None:
        """What was written stands in the database alone: SQLite's log of it is emptied.

        A reader who is at it may keep it from that for a while; it is tried a few times.
        """
        if self._file is None:
            return
        for _ in range(SETTLES):
            if await asyncio.to_thread(_checkpoint, self._file):
                return
            await asyncio.sleep(A_MOMENT)

    async def close(self) -> None:
        """Close every connection; safe to call twice."""
        await self._reads.dispose()
        await self._writes.dispose()

    @contextmanager
    def count_statements(self) -> Iterator[Statements]:
        """Count what is sent to the database meanwhile, for tests and measurements."""
        counted = Statements()

        def count(_connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "SET LOCAL")):
                counted.sent.append(statement)

        engines = [self._reads.sync_engine, self._writes.sync_engine]
        for one in engines:
            event.listen(one, "before_cursor_execute", count)
        try:
            yield counted
        finally:
            for one in engines:
                event.remove(one, "before_cursor_execute", count)

    @asynccontextmanager
    async def _transaction(
        self, made: AsyncEngine, patience: float | None, *, write: bool
    ) -> AsyncIterator[Transaction]:
        with named(self._shown, self._file, writes=write):
            async with AsyncExitStack() as stack:
                begun = await self._in_time(stack, made, patience, write=write)
                yield Transaction(begun, self._keyring)

    async def _in_time(
        self, stack: AsyncExitStack, made: AsyncEngine, patience: float | None, *, write: bool
    ) -> AsyncConnection:
        """A transaction begun: a server may not answer, and its connections may all be in use."""
        if self._file is not None:
            return await stack.enter_async_context(made.begin())
        try:
            await stack.enter_async_context(self._places[write].take(patience))
            async with asyncio.timeout(patience):
                return await stack.enter_async_context(made.begin())
        except TimeoutError as error:
            raise BusyError(file=self._shown) from error


async def reach(url: str) -> None:
    """Return if the database answers; what is in it is not looked at. Raises UnusableError."""
    with named(engine.shown(url), engine.file_of(url)):
        await migrate.current(url)


async def open(url: str, keyring: Keyring, *, upgrade: bool = True) -> Database:  # noqa: A001
    """Open it, bring it up to the program's version, and see that the keys fit.

    With `upgrade=False` it is left as it is: an older one is refused (SchemaOutdatedError), and
    no key is made or noted. Raises SchemaNewerError, MigrationError, KeyMissingError,
    WrongKeyError or UnusableError; no text is touched then.
    """
    file, shown = engine.file_of(url), engine.shown(url)
    with named(shown, file):
        if upgrade:
            await migrate.upgrade(url)
        writes = engine.create(url)
        database = Database(engine.create(url, write=False), writes, keyring, file, shown)
        try:
            await database.check_version()
            async with writes.begin() as connection:
                await _prove_writable(connection)
                await _check_keys(connection, keyring, note=upgrade)
        except BaseException:
            await database.close()
            raise
    return database


async def _prove_writable(connection: AsyncConnection) -> None:
    """A write that changes nothing: SQLite begins one on a file that must not be written, too."""
    await connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")


async def _check_keys(connection: AsyncConnection, keyring: Keyring, *, note: bool) -> None:
    used = {row.key_id: row.sealed for row in await connection.execute(select(KEY_CHECK))}
    if not keyring.load():
        if used:
            raise KeyLostError(file=str(keyring.file or "DATA_KEY"))
        if not note:
            return
        keyring.make()
    lost = sorted(used.keys() - set(keyring.ids))
    if lost:
        raise WrongKeyError(keys=", ".join(lost))
    for key_id, sealed in used.items():
        keyring.open(sealed, table=KEY_CHECK.name, column="sealed", row=key_id)
    seals = keyring.ids[0]
    if note and seals not in used:
        sealed = keyring.seal(KNOWN_TEXT, table=KEY_CHECK.name, column="sealed", row=seals)
        row = {"key_id": seals, "sealed": sealed}
        # Two processes may begin with the same key at once.
        await Store(connection, keyring).add_if_new(KEY_CHECK, row)
