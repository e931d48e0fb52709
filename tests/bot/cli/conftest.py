"""A shell for every test of the command line."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from clinic import Clinic, healthy
from commands import Shell, shell_in
from interviewed import Desk, at_desk


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """An empty folder; the log is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield shell_in(tmp_path, monkeypatch)
    root.handlers, root.level = handlers, level


@pytest.fixture
async def clinic(shell: Shell) -> AsyncIterator[Clinic]:
    """A bot that nothing ails."""
    async with healthy() as made:
        yield made


@pytest.fixture
async def desk(shell: Shell) -> AsyncIterator[Desk]:
    """An empty folder, and a workspace with the app in it."""
    async with at_desk(shell) as made:
        yield made
