"""A call whose time is over does not begin, however long the process slept on its way there.

Between the look at the clock and the first byte lie connecting and, on a machine that is paused,
any time at all. aiohttp says when the headers are about to be written; nothing of the call has
left the process then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

from handlers.ports import TooLateError

_IN_TIME: ContextVar[Callable[[], bool] | None] = ContextVar("in_time", default=None)


@contextmanager
def only(in_time: Callable[[], bool]) -> Iterator[None]:
    """Meanwhile calls begin only while that is so. Raises TooLateError through the call."""
    token = _IN_TIME.set(in_time)
    try:
        yield
    finally:
        _IN_TIME.reset(token)


async def _before_the_first_byte(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    _params: aiohttp.TraceRequestHeadersSentParams,
) -> None:
    in_time = _IN_TIME.get()
    if in_time is not None and not in_time():
        raise TooLateError


def watch() -> aiohttp.TraceConfig:
    """For a session's `trace_configs`."""
    config = aiohttp.TraceConfig()
    config.on_request_headers_sent.append(_before_the_first_byte)
    return config
