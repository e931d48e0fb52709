"""A full database of the first version is brought up to the program's, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from alembic import command
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    insert,
    inspect,
    select,
)
from storage_samples import opened

from storage import engine, migrate
from storage.notice import living

ROWS = 7
"""In each table."""
FIRST = "0001"
BORN = datetime(2026, 10, 1, 1, 2, 3, 456_789, tzinfo=UTC)


def _make(connection: Connection, version: str) -> None:
    settings = migrate.config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, version)


def _tables(connection: Connection) -> list[Table]:
    """Those that there are, but for the version's own; those pointed to come first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != migrate.VERSION]


def _value(column: Column[Any], number: int) -> Any:
    """One that the column takes, another for each number; where none may be, none at times."""
    if column.nullable and number % 3 == 0 and not column.foreign_keys:
        return None
    for kind, value in (
        (Boolean, number % 2 == 0),
        (BigInteger, 2**40 + number),
        (Integer, number),
        (DateTime, BORN + timedelta(days=number)),
        (Date, BORN.date() + timedelta(days=number)),
        (LargeBinary, bytes([0, 255, number])),
    ):
        if isinstance(column.type, kind):
            return value
    # What points to another table's text finds it there, for every text of a number is the same.
    return f"名{number}"


def _fill(connection: Connection) -> None:
    for table in _tables(connection):
        rows = [
            {column.name: _value(column, number) for column in table.columns}
            for number in range(1, ROWS + 1)
        ]
        connection.execute(insert(table), rows)


def _kept(
    connection: Connection, columns: dict[str, list[str]]
) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: sorted(
            map(
                tuple, connection.execute(select(*(table.c[name] for name in columns[table.name])))
            ),
            key=repr,
        )
        for table in _tables(connection)
        if table.name in columns
    }


def _columns(connection: Connection) -> dict[str, list[str]]:
    return {table.name: [column.name for column in table.columns] for table in _tables(connection)}


def _pointers(connection: Connection) -> set[tuple[str, str, str]]:
    """Table, column and the table that it points to."""
    looked = inspect(connection)
    return {
        (table, ",".join(key["constrained_columns"]), key["referred_table"])
        for table in looked.get_table_names()
        for key in looked.get_foreign_keys(table)
    }


async def test_a_full_database_of_the_first_version_keeps_every_row(empty_url: str) -> None:
    made = engine.create(empty_url)
    async with made.begin() as connection:
        await connection.run_sync(_make, FIRST)
        await connection.run_sync(_fill)
        columns = await connection.run_sync(_columns)
        before = await connection.run_sync(_kept, columns)
        pointers = await connection.run_sync(_pointers)
    assert {name: len(rows) for name, rows in before.items()} == dict.fromkeys(columns, ROWS)
    assert len(columns) >= 13
    assert pointers

    await migrate.upgrade(empty_url)

    async with made.begin() as connection:
        assert await connection.run_sync(_kept, columns) == before
        assert await connection.run_sync(_pointers) >= pointers
        await connection.run_sync(engine.check_foreign_keys)
    await made.dispose()
    assert await migrate.current(empty_url) == migrate.head()


async def test_what_was_written_before_is_read_after(empty_url: str) -> None:
    made = engine.create(empty_url)
    async with made.begin() as connection:
        await connection.run_sync(_make, FIRST)
        person = next(t for t in await connection.run_sync(_tables) if t.name == "person")
        facts = {column.name: _value(column, 4) for column in person.columns}
        await connection.execute(
            insert(person), [{**facts, "work_week": "01234", "track": "staff"}]
        )
    await made.dispose()
    async with opened(empty_url) as base, base.begin() as work:
        (found,) = await work.people.all()
        assert (found.name, found.hired_on) == ("名4", date(2026, 10, 5))
        await work.people.put_all([found])


async def test_what_the_hr_channel_got_bears_its_new_name(empty_url: str) -> None:
    board = "paint/board//hr/2026Q3"
    rows = [
        ("1", "board", board, None),
        ("2", "board_closed", "board_closed/2026Q3", board),
        ("3", "reminder", "reminder/hr/2026-10-12", None),
    ]
    made = engine.create(empty_url)
    async with made.begin() as connection:
        await connection.run_sync(_make, "0003")
        outbox = next(t for t in await connection.run_sync(_tables) if t.name == "outbox")
        usual = {column.name: _value(column, 1) for column in outbox.columns}
        for number, kind, once, thread in rows:
            facts = {"id": number, "kind": kind, "once": once, "thread_of": thread}
            await connection.execute(insert(outbox), [{**usual, **facts, "receiver": "hr"}])

    await migrate.upgrade(empty_url)

    wanted = (outbox.c.id, outbox.c.receiver, outbox.c.once, outbox.c.thread_of)
    async with made.begin() as connection:
        found = (await connection.execute(select(*wanted).order_by(outbox.c.id))).all()
    await made.dispose()
    renamed = "paint/board//#hr/2026Q3"
    assert [tuple(row) for row in found] == [
        ("1", "#hr", renamed, None),
        ("2", "#hr", "board_closed/2026Q3", renamed),
        ("3", "hr", "reminder/hr/2026-10-12", None),
    ]
    assert renamed == living("board", "#hr", "2026Q3")
