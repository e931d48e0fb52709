from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from storage_samples import KEY, NOW, fill, notice, opened, person, review, url_in

from storage import database, engine, lock
from storage.errors import AlreadyRunningError, BadAddressError, NestedWriteError
from storage.seal import Keyring


async def test_an_error_undoes_all_of_the_transaction(url: str) -> None:
    async with opened(url) as base:
        with pytest.raises(RuntimeError):
            await _write_and_fail(base)
        async with base.begin(write=False) as work:
            assert await work.people.all() == ()
            assert await work.outbox.ledger() == ()


async def _write_and_fail(base: database.Database) -> None:
    async with base.begin() as work:
        await work.people.put_all([person("e1")])
        await work.outbox.put(notice("n1"))
        raise RuntimeError


async def test_a_reader_sees_one_moment_and_waits_for_no_writer(url: str) -> None:
    async with opened(url) as base, base.begin(write=False) as reader:
        assert await reader.people.all() == ()
        async with base.begin() as writer:
            await writer.people.put_all([person("e1")])
            assert await reader.people.all() == ()
        assert await reader.people.all() == ()
        async with base.begin(write=False) as later:
            assert await later.people.all() == (person("e1"),)


async def test_a_write_while_only_reading_is_refused(url: str) -> None:
    async with opened(url) as base:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            async with base.begin(write=False) as work:
                await work.people.put_all([person("e1")])
        async with base.begin() as work:
            await work.people.put_all([person("e1")])
        async with base.begin(write=False) as work:
            assert await work.people.all() == (person("e1"),)


async def test_writing_within_writing_is_refused(url: str) -> None:
    async with opened(url) as base:
        async with base.begin():
            with pytest.raises(NestedWriteError):
                async with base.begin():
                    pass
        async with base.begin() as work:
            await work.people.put_all([person("e1")])


async def test_two_hundred_writers_all_write(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The database itself waits for nobody here, so it is the queue of writers that does.
    monkeypatch.setattr(engine, "BUSY_MS", 0)
    async with opened(url) as base:

        async def write(number: int) -> None:
            async with base.begin() as work:
                for turn in range(3):
                    await work.outbox.put(notice(f"{number}/{turn}"))
                mark = await work.occurrences.happens("count", "all", NOW.date(), str(number))
                assert mark

        await asyncio.gather(*(write(number) for number in range(200)))
        async with base.begin(write=False) as work:
            assert len(await work.outbox.ledger()) == 600


async def test_of_two_writers_with_one_reading_the_second_is_stale(url: str) -> None:
    async with opened(url) as base:
        async with base.begin() as work:
            await fill(work, "e1")
            await work.reviews.add_all([review("e1")])

        async def save() -> str:
            try:
                async with base.begin() as work:
                    await work.reviews.save(review("e1"))
            except Exception as error:  # noqa: BLE001  its name is compared
                return type(error).__name__
            return "saved"

        assert sorted(await asyncio.gather(save(), save())) == ["StaleReview", "saved"]


async def test_a_cancelled_writer_leaves_nothing_and_frees_the_place(url: str) -> None:
    async with opened(url) as base:
        started = asyncio.Event()

        async def write() -> None:
            async with base.begin() as work:
                await work.people.put_all([person("e1")])
                started.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(write())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with base.begin() as work:
            assert await work.people.all() == ()


async def test_another_process_waits_for_its_turn(tmp_path: Path) -> None:
    async with opened(url_in(tmp_path)) as base:
        async with base.begin():
            other = sqlite3.connect(tmp_path / "nosurprise.db", timeout=0, isolation_level=None)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()


async def test_a_review_without_its_person_is_refused(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        with pytest.raises(IntegrityError):
            await work.people.link("slack", "U1", "nobody")


@pytest.mark.parametrize("write", [True, False])
async def test_connections_are_set_up_as_decided(tmp_path: Path, *, write: bool) -> None:
    async with opened(url_in(tmp_path)) as base:
        async with (base._writes if write else base._reads).connect() as connection:
            asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only")
            found = {
                name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
                for name in asked
            }
        assert found == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": engine.BUSY_MS,
            "query_only": 0 if write else 1,
        }


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "sqlite://", "sqlite:///:memory:", "", "data/x.db"]
)
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(BadAddressError):
        engine.parsed(url)


def test_an_address_gets_the_driver_that_is_used() -> None:
    assert engine.parsed("postgresql://host/db").drivername == "postgresql+psycopg"
    assert engine.file_of("sqlite:///data/x.db") == Path("data/x.db")
    assert engine.file_of("postgresql://host/db") is None


async def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    url = url_in(tmp_path / "data" / "deep")
    made = await database.open(url, Keyring.of(KEY))
    await made.check()
    await made.close()
    await made.close()


HOLD = """
import sys
from storage import lock
with lock.running(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_run_on_one_file_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    url = url_in(tmp_path)
    with subprocess.Popen(  # noqa: S603  our own interpreter and text
        [sys.executable, "-c", HOLD, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunningError), lock.running(url):
            pass
        first.kill()
        first.wait()
        with lock.running(url), pytest.raises(AlreadyRunningError), lock.running(url):
            pass


def test_a_database_server_takes_many() -> None:
    with lock.running("postgresql://host/db"), lock.running("postgresql://host/db"):
        pass
