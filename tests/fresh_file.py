"""A new SQLite database of the program's version: made by the migrations once, then copied."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from storage import migrate


def lay(file: Path) -> None:
    """Put one there, as its first start would; one that is there is left alone."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as elsewhere:
        file = Path(folder) / "template.db"
        # The caller's own loop may be running.
        elsewhere.submit(asyncio.run, migrate.upgrade(f"sqlite:///{file}")).result()
        return file.read_bytes()
