"""The database's shape: which version it has, and bringing it up to the program's.

Alembic is loaded only where there is something to migrate, for it takes 11 MB of memory.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from storage import engine, migrations, server
from storage.errors import SchemaNewerError, SchemaOutdatedError

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = "storage:migrations"
VERSION = "alembic_version"


class Shape(StrEnum):
    """How a database's version stands to the program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def config() -> Config:
    """Alembic's settings, out of the installed package: no file of the project is needed."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", SCRIPTS)
    return made


def head() -> str:
    """The version of the program."""
    return migrations.HEAD


def version(connection: Connection) -> str | None:
    """The version of the database; None: it is empty."""
    if not inspect(connection).has_table(VERSION):
        return None
    row = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION}").first()  # noqa: S608
    return None if row is None else str(row[0])


def shape(found: str | None) -> Shape:
    """How that version stands to the program's; one the program does not know is newer."""
    if found is None:
        return Shape.EMPTY
    if found == head():
        return Shape.CURRENT
    from alembic.script import ScriptDirectory

    known = {one.revision for one in ScriptDirectory.from_config(config()).walk_revisions()}
    return Shape.OLDER if found in known else Shape.NEWER


def check(found: str | None) -> None:
    """Raises SchemaNewerError or SchemaOutdatedError unless it is the program's."""
    stands = shape(found)
    if stands is Shape.NEWER:
        raise SchemaNewerError(found=str(found), wanted=head())
    if stands is not Shape.CURRENT:
        raise SchemaOutdatedError(found=found or "-", wanted=head())


async def current(url: str) -> str | None:
    """The version of that database; None: it is empty."""
    made = engine.create(url, write=False)
    try:
        async with made.connect() as connection:
            return await connection.run_sync(version)
    finally:
        await made.dispose()


async def upgrade(url: str) -> None:
    """Bring it up to the program's version, wholly or not at all; two at once do it once.

    Raises SchemaNewerError if it is newer, MigrationError if rows would point to nothing.
    """
    made = engine.create(url)
    try:
        async with made.execution_options(**{engine.MIGRATING: True}).begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await made.dispose()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == server.POSTGRESQL:
        server.take_turn_to_migrate(connection)
    found = version(connection)
    stands = shape(found)
    if stands is Shape.CURRENT:
        return
    if stands is Shape.NEWER:
        check(found)
    from alembic import command

    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
    engine.check_foreign_keys(connection)
