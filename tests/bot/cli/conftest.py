"""A shell for every test of the command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Shell, shell_in


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """An empty folder; the log is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield shell_in(tmp_path, monkeypatch)
    root.handlers, root.level = handlers, level
