"""A PostgreSQL database is copied by pg_dump: never with a password where others can see it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.backup import BackupExistsError
from storage.server_backup import DumpFailedError, NoDumpError, dump

URL = "postgresql+psycopg://ann:hush-hush@db.test:5433/reviews?sslmode=require"
TOOL = """#!/bin/sh
for word in "$@"; do case "$word" in --file=*) file="${word#--file=}";; esac; done
{ echo "$@"; env | grep ^PG | sort; } > "$file"
"""
FAILS = """#!/bin/sh
echo "pg_dump: error: no such luck" >&2
echo "pg_dump: detail: none" >&2
exit 1
"""


def _tool(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That script stands for pg_dump."""
    place = folder / "bin"
    place.mkdir()
    (place / "pg_dump").write_text(script)
    (place / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")


def test_it_is_told_all_by_its_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _tool(tmp_path, TOOL, monkeypatch)
    to = tmp_path / "b.dump"
    assert dump(URL, to) == to.stat().st_size
    words, *settings = to.read_text().splitlines()
    assert words == f"--format=custom --no-owner --no-password --file={tmp_path}/.b.dump.half"
    assert settings == [
        "PGDATABASE=reviews",
        "PGHOST=db.test",
        "PGPASSWORD=hush-hush",
        "PGPORT=5433",
        "PGSSLMODE=require",
        "PGUSER=ann",
    ]
    assert to.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupExistsError):
        dump(URL, to)
    assert dump(URL, to, force=True) > 0


def test_what_it_says_when_it_fails_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tool(tmp_path, FAILS, monkeypatch)
    with pytest.raises(DumpFailedError, match="no such luck pg_dump: detail: none") as failed:
        dump(URL, tmp_path / "b.dump")
    assert "hush" not in str(failed.value)
    assert [file.name for file in tmp_path.iterdir()] == ["bin"]


def test_without_it_nothing_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoDumpError):
        dump(URL, tmp_path / "b.dump")
    assert list(tmp_path.iterdir()) == []
