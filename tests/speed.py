"""What makes many tests quick, and proves nothing by itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from inline_sqlite import inline_sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import engine

YOUNG = 50_000
"""Objects made until the garbage is looked for; what Python looks for by itself is a tenth of all
the time."""

AT_ONCE = {"handlers", "scheduler"}
"""Folders whose tests need no thread for SQLite: one thing happens after another there."""


def pytest_collection_finish() -> None:
    """What is imported by now stays: nobody need look through it for garbage again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Each SQLite database of a test uses the statements that another has compiled.

    SQLAlchemy keeps them an engine and dialect, and a test opens engines of its own.
    """
    kept: dict[str, tuple[Any, Any]] = {}

    def create(url: Any, **options: Any) -> AsyncEngine:
        made = create_async_engine(url, **options)
        sync = made.sync_engine
        if sync.dialect.name == engine.SQLITE:
            sync.dialect, sync._compiled_cache = kept.setdefault(
                engine.SQLITE, (sync.dialect, sync._compiled_cache)
            )
            sync.pool._dialect = sync.dialect
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_async_engine", create)
        yield


@pytest.fixture(autouse=True)
def _at_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """A question costs no change of threads, which is a quarter of such a test's time."""
    with inline_sqlite() if request.path.parent.name in AT_ONCE else nullcontext():
        yield
