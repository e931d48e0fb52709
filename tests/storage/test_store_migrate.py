from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from storage_samples import KEY, opened, person, url_in

from storage import database, engine, migrate, migrations
from storage.errors import MigrationError, SchemaNewerError, SchemaOutdatedError
from storage.migrate import Shape
from storage.schema import METADATA
from storage.seal import Keyring

OPEN = """
import asyncio, os, sys
from pathlib import Path
from storage import database
from storage.seal import Keyring, key_file
async def go():
    url = sys.argv[1]
    keyring = Keyring.of(os.environ.get("KEY"), file=key_file(url))
    await (await database.open(url, keyring)).close()
asyncio.run(go())
"""
LOADED = """
print("alembic" in sys.modules)
"""
NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "next"
down_revision = "HEAD"
def upgrade():
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("nickname", sa.String()))
        batch.alter_column("name", new_column_name="full_name")
"""
LOSES = """
from alembic import op
revision = "next"
down_revision = "HEAD"
def upgrade():
    op.execute("DELETE FROM person")
"""


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, METADATA))


async def test_an_empty_database_becomes_what_the_tables_say(empty_url: str) -> None:
    assert await migrate.current(empty_url) is None
    async with opened(empty_url) as base, base._reads.connect() as connection:
        assert await connection.run_sync(_differences) == []
    assert await migrate.current(empty_url) == migrate.head()


async def test_a_second_start_changes_nothing(empty_url: str) -> None:
    async with opened(empty_url) as base, base.begin() as work:
        await work.people.put_all([person("e1")])
    async with opened(empty_url) as base, base.begin(write=False) as work:
        assert await work.people.all() == (person("e1"),)


async def test_processes_may_start_at_once(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", KEY)
    started = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", OPEN, empty_url)
        for _ in range(3)
    ]
    assert [await process.wait() for process in started] == [0, 0, 0]
    assert await migrate.current(empty_url) == migrate.head()


async def test_a_newer_database_is_refused_and_left_alone(url: str) -> None:
    async with opened(url) as base, base._writes.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for upgrade in (True, False):
        with pytest.raises(SchemaNewerError, match="9999"):
            await database.open(url, Keyring.of(KEY), upgrade=upgrade)
    assert await migrate.current(url) == "9999"


async def test_an_older_database_is_refused_where_it_may_not_be_changed(empty_url: str) -> None:
    with pytest.raises(SchemaOutdatedError, match=migrate.head()):
        await database.open(empty_url, Keyring.of(KEY), upgrade=False)


def test_head_is_the_last_of_the_migrations() -> None:
    assert migrate.head() == ScriptDirectory.from_config(migrate.config()).get_current_head()


async def test_a_database_of_this_version_is_opened_without_alembic(tmp_path: Path) -> None:
    url = url_in(tmp_path)
    for loaded in ("True", "False"):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", OPEN + LOADED, url, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await process.communicate()
        assert said.decode().strip() == loaded


def test_shapes_are_told_apart() -> None:
    found = [migrate.shape(version) for version in (None, migrate.head(), "9999")]
    assert found == [Shape.EMPTY, Shape.CURRENT, Shape.NEWER]


def _with_next(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with one more migration, as it will be one day."""
    (folder / "next.py").write_text(script.replace("HEAD", migrate.head()))
    versions = Path(migrate.__file__).parent / "migrations" / "versions"

    def longer() -> Config:
        made = Config()
        made.set_main_option("script_location", migrate.SCRIPTS)
        made.set_main_option("path_separator", "newline")
        made.set_main_option("version_locations", f"{versions}\n{folder}")
        return made

    monkeypatch.setattr(migrate, "config", longer)
    monkeypatch.setattr(migrations, "HEAD", "next")


async def _filled(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await work.people.put_all([person("e1")])
        await work.people.link("slack", "U1", "e1")


async def test_a_table_that_others_point_to_is_replaced_and_they_stay(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _filled(url)
    _with_next(tmp_path, NEXT, monkeypatch)
    assert migrate.shape("0001") is Shape.OLDER
    await migrate.upgrade(url)
    assert await migrate.current(url) == "next"
    made = engine.create(url)
    async with made.connect() as connection:
        rows = await connection.exec_driver_sql(
            "SELECT full_name, nickname, account_id FROM person JOIN account USING (employee_id)"
        )
        assert [tuple(row) for row in rows] == [("Name of e1", None, "U1")]
    await made.dispose()


async def test_a_migration_that_loses_rows_is_undone(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _filled(url)
    _with_next(tmp_path, LOSES, monkeypatch)
    # A server looks at each statement, a file is looked at in the end.
    with pytest.raises((MigrationError, IntegrityError), match="account"):
        await migrate.upgrade(url)
    monkeypatch.undo()
    async with opened(url) as base, base.begin(write=False) as work:
        assert await work.people.all() == (person("e1"),)
