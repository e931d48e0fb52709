"""The database's shape: which version it has, and bringing it up to the program's."""

from __future__ import annotations

from enum import StrEnum

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage import engine
from storage.errors import SchemaNewerError, SchemaOutdatedError

SCRIPTS = "storage:migrations"


class Shape(StrEnum):
    """How a database's version stands to the program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def config() -> Config:
    """Alembic's settings, out of the installed package: no file of the project is needed."""
    made = Config()
    made.set_main_option("script_location", SCRIPTS)
    return made


def head() -> str:
    """The version of the program."""
    found = ScriptDirectory.from_config(config()).get_current_head()
    if found is None:
        raise RuntimeError("there are no migrations")
    return found


def version(connection: Connection) -> str | None:
    """The version of the database; None: it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def shape(found: str | None) -> Shape:
    """How that version stands to the program's; one the program does not know is newer."""
    scripts = ScriptDirectory.from_config(config())
    if found is None:
        return Shape.EMPTY
    if found == scripts.get_current_head():
        return Shape.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
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
    found = version(connection)
    stands = shape(found)
    if stands is Shape.CURRENT:
        return
    if stands is Shape.NEWER:
        check(found)
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
    engine.check_foreign_keys(connection)
