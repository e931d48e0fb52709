"""What set things off: a short id that a press, its log lines and its deliveries share."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CURRENT: ContextVar[str | None] = ContextVar("trace", default=None)


def current() -> str | None:
    """The trace of what is being done now; None: nothing that somebody set off."""
    return _CURRENT.get()


@contextmanager
def of(trace: str | None) -> Iterator[None]:
    """What is done within belongs to that trace."""
    token = _CURRENT.set(trace)
    try:
        yield
    finally:
        _CURRENT.reset(token)


@contextmanager
def begun() -> Iterator[str]:
    """What is done within belongs to the trace that is there, or to a new one."""
    trace = current() or secrets.token_hex(8)
    with of(trace):
        yield trace
