"""SQLite without its thread: what is asked is answered at once, in the caller's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import aiosqlite.core


class _AtOnce:
    """In place of the queue to aiosqlite's thread: what is put in is done."""

    def put_nowait(self, item: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        future, function = item
        try:
            result = function()
        except Exception as error:
            if future is None:
                raise
            future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)


class _NoThread:
    daemon = True

    def __init__(self, target: object, args: object) -> None:
        """There is nothing to run."""

    def start(self) -> None:
        """Nothing starts."""


@contextmanager
def inline_sqlite() -> Iterator[None]:
    """Meanwhile every connection to SQLite works in the caller's own thread.

    Nobody may wait there for what somebody else in that thread holds.
    """
    with (
        mock.patch.object(aiosqlite.core, "SimpleQueue", _AtOnce),
        mock.patch.object(aiosqlite.core, "Thread", _NoThread),
    ):
        yield
