"""Everything that a database holds, every sealed text opened with the key."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from sqlalchemy import Row, Table, select

from storage.database import Database
from storage.errors import BrokenSealError
from storage.schema import METADATA


async def all_texts(database: Database) -> list[tuple[str, str]]:
    """Table and column, and the text, of every value in every table."""
    found: list[tuple[str, str]] = []
    async with database._reads.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in (await connection.execute(select(table))).all():
                for column in table.columns:
                    value = getattr(row, column.name)
                    if isinstance(value, bytes | memoryview):
                        value = _opened(database, table, column.name, row, bytes(value))
                    found.append((f"{table.name}.{column.name}", str(value)))
    return found


def _opened(database: Database, table: Table, column: str, row: Row[Any], sealed: bytes) -> str:
    """By whichever of the row's names it was sealed for."""
    if table.name == "key_check" or not sealed:
        return ""
    key = [str(getattr(row, one.name)) for one in table.primary_key]
    plain = json.dumps(key, ensure_ascii=False, separators=(",", ":"))
    texts = (getattr(row, one.name) for one in table.columns)
    for name in (*key, "/".join(key), plain, *(one for one in texts if isinstance(one, str))):
        with suppress(BrokenSealError):
            ring = database._keyring
            return ring.open(sealed, table=table.name, column=column, row=name).decode(
                errors="replace"
            )
    raise AssertionError(f"{table.name}.{column} can't be opened")


async def holds(database: Database, *words: str) -> dict[str, list[str]]:
    """Of each of those words, in which columns it stands."""
    texts = await all_texts(database)
    return {
        word: sorted({place for place, text in texts if word in text})
        for word in words
        if any(word in text for _, text in texts)
    }
