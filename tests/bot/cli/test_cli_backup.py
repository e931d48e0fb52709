"""`backup` and `restore`: whole or not at all, and nothing is overwritten unasked."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from commands import Shell
from sqlalchemy import create_engine
from test_cli_outbox import claim, kept, put, within

from storage import migrate
from storage.lock import running
from storage.notice import State
from storage.seal import new_key
from storage.transaction import Transaction

DATABASE = "data/nosurprise.db"
MADE = re.compile(r"b\.db holds it all: 3 people, 0 reviews, 1 lines of the audit trail; version ")


def sql(file: Path, *statements: str) -> list[tuple[Any, ...]]:
    """The last one's rows."""
    with closing(sqlite3.connect(file)) as connection, connection:
        return [connection.execute(one).fetchall() for one in statements][-1]


def everything(folder: Path) -> dict[str, bytes]:
    """All files, with what is in them."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix not in {".lock", ".db-shm"}
    }


@pytest.fixture
def backed(shell: Shell) -> Path:
    """A database of three people and its backup, with the key beside."""
    assert shell("import", "r.csv").code == 0
    assert shell("backup", "b.db", "--with-key").code == 0
    return shell.folder / "b.db"


def test_a_backup_says_what_is_in_it_and_where_the_key_is(shell: Shell) -> None:
    assert shell("import", "r.csv").code == 0
    first, second = shell("backup", "b.db").out.splitlines()
    assert MADE.match(first), first
    assert "keep data/nosurprise.db.key as well, in another place" in second
    backup = shell.folder / "b.db"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in shell.folder.glob("*b.db*")] == ["b.db"]
    second = shell("backup", "c.db", "--with-key").out.splitlines()[1]
    assert "in c.db.key: whoever has both can read everything" in second
    key = shell.folder / "c.db.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_bytes() == (shell.folder / f"{DATABASE}.key").read_bytes()
    shell.set(DATA_KEY=key.read_text().strip(), LOCALE="zh-CN")
    said = shell("backup", "d.db", "--with-key").out
    assert "请把设置 DATA_KEY 另存一处" in said
    assert not (shell.folder / "d.db.key").exists()


def test_a_backup_replaces_another_only_when_told_and_the_database_never(
    shell: Shell, backed: Path
) -> None:
    before = everything(shell.folder)
    assert shell.refused(["backup", "b.db"]).startswith("b.db is there already.")
    assert shell.refused(["backup", DATABASE, "--force"]).startswith(f"{DATABASE} is there")
    assert everything(shell.folder) == before
    assert shell("backup", "b.db", "--force").code == 0


def test_a_backup_while_somebody_writes_is_of_one_moment(shell: Shell) -> None:
    assert shell("import", "r.csv").code == 0
    stop, written = threading.Event(), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(shell.folder / DATABASE, timeout=30)) as connection:
            for number in range(100_000):
                with connection:
                    for slot in ("a", "b"):
                        connection.execute(
                            "INSERT INTO occurrence VALUES (?, 'p', '2026-10-12', ?)",
                            (f"r{number}", slot),
                        )
                if number > 20:
                    written.set()
                if stop.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.wait(20)
        for number in range(3):
            assert shell("backup", f"b{number}.db").code == 0
    finally:
        stop.set()
        writer.join()
    counted = "SELECT slot, count(*) FROM occurrence GROUP BY slot"
    counts = [sql(shell.folder / f"b{number}.db", counted) for number in range(3)]
    for slots in counts:
        (_, first), (_, second) = slots
        assert first == second > 20
    assert counts[0] < counts[2]


def test_a_restored_database_is_the_one_that_was_backed_up(shell: Shell, backed: Path) -> None:
    before = shell("person", "export", "a").out
    for file in (shell.folder / "data").iterdir():
        file.unlink()
    said = shell("restore", "b.db")
    assert said.code == 0, said.err
    first, last = said.out.splitlines()
    assert first.startswith(f"{DATABASE} is the backup now: 3 people, 0 reviews, 1 lines")
    assert last.startswith("What waited when the backup was made is looked for in the chat")
    assert shell("person", "export", "a").out == before
    for name in (DATABASE, f"{DATABASE}.key"):
        assert (shell.folder / name).stat().st_mode & 0o777 == 0o600


def test_a_database_that_is_there_is_replaced_only_when_told_and_kept(
    shell: Shell, backed: Path
) -> None:
    shell.file("r.csv", "employee_id,name,email\nz,Zoe,z@x.test\n")
    assert shell("import", "r.csv").code == 0
    before = everything(shell.folder)
    assert shell.refused(["restore", "b.db"]).startswith(f"There is a database at {DATABASE}")
    assert everything(shell.folder) == before
    said = shell("restore", "b.db", "--force")
    assert said.code == 0, said.err
    old = re.search(r"is kept as (\S+)\.$", said.out, re.MULTILINE)
    assert old is not None
    assert "“z”" in shell.refused(["person", "export", "z"])
    shell.set(DATABASE_URL=f"sqlite:///{old[1]}")
    assert '"Zoe"' in shell("person", "export", "z").out


def test_a_running_bots_database_is_never_replaced(shell: Shell, backed: Path) -> None:
    before = everything(shell.folder)
    with running(f"sqlite:///{DATABASE}"):
        line = shell.refused(["restore", "b.db", "--force"])
    assert line.startswith(f"The bot runs on {DATABASE} already")
    assert everything(shell.folder) == before


def test_a_database_that_another_command_has_open_is_not_replaced(
    shell: Shell, backed: Path
) -> None:
    with closing(sqlite3.connect(shell.folder / DATABASE)) as other:
        other.execute("SELECT count(*) FROM person").fetchall()
        assert shell.refused(["restore", "b.db", "--force"]).startswith("Another program")
        assert other.execute("SELECT count(*) FROM person").fetchall() == [(3,)]
    assert shell("restore", "b.db", "--force").code == 0


def _flip(file: Path) -> None:
    held = bytearray(file.read_bytes())
    held[4096 * 3 : 4096 * 5] = bytes(4096 * 2)
    file.write_bytes(held)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 4096 * 9])


def _no_database(file: Path) -> None:
    file.write_text("Not the bytes of a database. " * 200)


def _anothers(file: Path) -> None:
    file.unlink()
    sql(file, "CREATE TABLE person (name)")


def _pointing_to_nothing(file: Path) -> None:
    sql(file, "INSERT INTO account VALUES ('slack', 'U1', 'nobody', NULL)")


def _newer(file: Path) -> None:
    sql(file, "UPDATE alembic_version SET version_num = '9999'")


def _audit_altered(file: Path) -> None:
    sql(
        file,
        "DROP TRIGGER audit_refuses_update",
        "UPDATE audit SET details = substr(details, 1, length(details) - 1) || x'00'",
    )


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_flip, "The backup b.db is damaged ("),
        (_cut, "The backup b.db is damaged ("),
        (_no_database, "b.db is not a database."),
        (_anothers, "b.db is no backup of this program."),
        (_pointing_to_nothing, "The backup b.db is damaged (1 × foreign key)"),
        (_newer, "The database is of version 9999, newer than this program"),
        (_audit_altered, "A sealed text was altered or moved (audit.details, "),
        (Path.unlink, "There is no file b.db"),
    ],
)
def test_a_bad_backup_is_refused_and_nothing_is_changed(
    shell: Shell, backed: Path, harm: Callable[[Path], None], words: str
) -> None:
    harm(backed)
    before = everything(shell.folder / "data")
    assert shell.refused(["restore", "b.db", "--force"]).startswith(words)
    assert everything(shell.folder / "data") == before
    assert [file.name for file in (shell.folder / "data").glob(".*")] == []


def test_a_backup_without_its_key_is_refused_and_one_with_it_brings_it_along(
    shell: Shell, backed: Path
) -> None:
    beside, own = shell.folder / "b.db.key", shell.folder / f"{DATABASE}.key"
    kept_key = beside.read_text()
    beside.unlink()
    own.unlink()
    line = shell.refused(["restore", "b.db", "--force"])
    assert line.startswith(f"The texts in this database are sealed, and their key {DATABASE}.key")
    beside.write_text(new_key())
    assert "sealed with other keys" in shell.refused(["restore", "b.db", "--force"])
    shell.set(DATA_KEY=new_key())
    assert "sealed with other keys" in shell.refused(["restore", "b.db", "--force"])
    shell.patch.delenv("DATA_KEY")
    beside.write_text(kept_key)
    assert shell("restore", "b.db", "--force").code == 0
    assert own.read_text() == kept_key
    assert shell("person", "export", "a").code == 0


def test_another_databases_key_is_kept_beside_it(shell: Shell, backed: Path) -> None:
    for file in (shell.folder / "data").iterdir():
        file.unlink()
    assert shell("import", "r.csv").code == 0
    other = (shell.folder / f"{DATABASE}.key").read_bytes()
    assert shell("restore", "b.db", "--force").code == 0
    (key,) = (shell.folder / "data").glob("*.old-*.key")
    assert key.read_bytes() == other
    assert shell("person", "export", "a").code == 0


def test_an_older_backup_is_taken_and_brought_up_to_date(shell: Shell, backed: Path) -> None:
    made = create_engine(f"sqlite:///{backed}")
    with made.begin() as connection:
        settings = migrate.config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "0001")
    made.dispose()
    said = shell("restore", "b.db", "--force")
    assert said.code == 0, said.err
    assert "It is of version 0001; the bot's next start brings it up to date." in said.out
    assert '"Ann"' in shell("person", "export", "a").out
    assert sql(shell.folder / DATABASE, "SELECT * FROM alembic_version") == [(migrate.head(),)]


def test_what_waited_is_looked_for_before_it_is_sent(shell: Shell) -> None:
    async def fill(tx: Transaction) -> None:
        await put(tx, "waits", "a")
        sent = await put(tx, "sent", "c")
        await tx.outbox.sent(sent, await claim(tx, sent), "D1", "1.0", (await _due(tx, "sent")))

    assert shell("import", "r.csv").code == 0
    within(fill)
    assert shell("backup", "b.db").code == 0
    assert kept()[0]["waits"].intent_at is None
    assert shell("restore", "b.db", "--force").code == 0
    found, _ = kept()
    assert (found["waits"].state, found["waits"].intent_at) == (
        State.PENDING,
        found["waits"].since,
    )
    assert (found["sent"].state, found["sent"].intent_at) == (State.SENT, None)


async def _due(tx: Transaction, once: str) -> datetime:
    found = await tx.outbox.find(once)
    assert found is not None
    return found.due
