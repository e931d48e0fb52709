"""SQLite's thread is asked once a statement, and tells as much as before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import engine


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    made = engine.create(f"sqlite:///{tmp_path / 'steps.db'}")
    async with made.begin() as opened:
        await opened.execute(text("CREATE TABLE fruit (name TEXT PRIMARY KEY, kilos INTEGER)"))
        yield opened
    await made.dispose()


async def test_a_statement_asks_the_thread_once(
    connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = aiosqlite.Connection._execute

    async def count(
        self: aiosqlite.Connection, fn: object, *args: object, **more: object
    ) -> object:
        asked.append(str(getattr(fn, "__name__", fn)))
        return await ask(self, fn, *args, **more)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(aiosqlite.Connection, "_execute", count)
    await connection.execute(text("INSERT INTO fruit VALUES ('fig', 2)"))
    assert (await connection.execute(text("SELECT * FROM fruit"))).all() == [("fig", 2)]
    assert len(asked) == 2


async def test_rows_counts_and_names_are_told(connection: AsyncConnection) -> None:
    three = [{"n": name, "k": kilos} for kilos, name in enumerate(("fig", "plum", "kiwi"))]
    added = await connection.execute(text("INSERT INTO fruit VALUES (:n, :k)"), three)
    assert added.rowcount == 3
    changed = await connection.execute(text("UPDATE fruit SET kilos = 9 WHERE kilos > 0"))
    assert changed.rowcount == 2
    gone = await connection.execute(text("DELETE FROM fruit WHERE kilos = 9 RETURNING name"))
    assert sorted(gone.scalars()) == ["kiwi", "plum"]
    left = await connection.execute(text("SELECT name, kilos FROM fruit"))
    assert list(left.keys()) == ["name", "kilos"]
    assert left.first() == ("fig", 0)
    nothing = await connection.execute(text("SELECT name FROM fruit WHERE kilos = 7"))
    assert (list(nothing.keys()), nothing.all()) == (["name"], [])


async def test_what_the_database_refuses_is_raised_and_the_next_statement_works(
    connection: AsyncConnection,
) -> None:
    await connection.execute(text("INSERT INTO fruit VALUES ('fig', 2)"))
    with pytest.raises(IntegrityError):
        await connection.execute(text("INSERT INTO fruit VALUES ('fig', 3)"))
    assert (await connection.execute(text("SELECT kilos FROM fruit"))).scalar() == 2
