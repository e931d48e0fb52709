"""A copy of a PostgreSQL database, made by PostgreSQL's own tool."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from storage import engine
from storage.backup import BackupExistsError
from storage.backup_files import half_of, move
from storage.errors import FaultError

LONGEST = 6 * 3600
"""Seconds that the tool may take (ours)."""


class NoDumpError(FaultError):
    """pg_dump is not installed."""

    key = "backup.no_pg_dump"


class DumpFailedError(FaultError):
    """pg_dump ended with a fault."""

    key = "backup.pg_dump_failed"


def dump(url: str, to: Path, *, force: bool = False) -> int:
    """Copy the database there as of one moment; how many bytes it takes.

    The password goes by the environment, which other users can't see, never by the command line.
    Raises BackupExistsError unless `force`, NoDumpError, DumpFailedError or OSError.
    """
    if to.exists() and not force:
        raise BackupExistsError(file=str(to))
    tool = shutil.which("pg_dump")
    if tool is None:
        raise NoDumpError
    given = engine.parsed(url)
    query = {name: str(value) for name, value in given.query.items()}
    settings = {
        "PGHOST": given.host or query.get("host"),
        "PGPORT": given.port or query.get("port"),
        "PGUSER": given.username or query.get("user"),
        "PGPASSWORD": given.password or query.get("password"),
        "PGDATABASE": given.database,
        "PGSSLMODE": query.get("sslmode"),
    }
    env = {**os.environ, **{name: str(one) for name, one in settings.items() if one is not None}}
    with half_of(to) as half:
        done = subprocess.run(  # noqa: S603  a fixed command with no word of a user's
            [tool, "--format=custom", "--no-owner", "--no-password", f"--file={half}"],
            env=env,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        if done.returncode:
            raise DumpFailedError(fault=" ".join(done.stderr.split()) or str(done.returncode))
        move(half, to)
    return to.stat().st_size
