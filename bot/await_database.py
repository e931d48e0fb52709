"""A database server that is away when the program starts is waited for."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from aiohttp import web

from bot.config import Settings
from bot.faults import fault_in
from bot.http import answer
from bot.platforms.slack.faults import CannotListenError
from bot.waits import waits
from prompts.render import Words
from storage import database
from storage.engine import file_of
from storage.errors import CrowdedError, ServerAwayError, UnusableError

log = logging.getLogger(__name__)
PASSING = (ServerAwayError, CrowdedError)
"""What mends itself, or is mended without us; a wrong password is not."""
LONGEST_WAIT = 10.0
"""Seconds between two tries: a server of the company's own is back sooner than Slack, and nobody
is rate-limited by it (ours)."""


async def await_database(settings: Settings, stop: asyncio.Event) -> None:
    """Return once the server answers, or `stop` is set; at once where there is none.

    Meanwhile /healthz says that the program lives, and /readyz why it is not ready. Each fault
    is logged when it is new. Raises FaultError for what no waiting mends, and CannotListenError.
    """
    if file_of(settings.database_url) is not None:
        return
    fault = await _fault(settings)
    if fault is None:
        return
    words = Words(settings.locale)
    said = _said(fault, words)

    async def not_ready() -> str:
        return f"database: {said}"

    try:
        server = await answer(not_ready, web.Application(), *settings.http_bind)
    except OSError as taken:
        raise CannotListenError("HTTP_BIND", taken) from taken
    try:
        for wait in waits(LONGEST_WAIT):
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
            fault = None if stop.is_set() else await _fault(settings)
            if fault is None:
                return
            if fault_in(fault, words) != said:
                said = _said(fault, words)
    finally:
        await server.cleanup()


def _said(fault: UnusableError, words: Words) -> str:
    found = fault_in(fault, words)
    log.warning("%s", found)
    return found


async def _fault(settings: Settings) -> UnusableError | None:
    try:
        await database.reach(settings.database_url)
    except PASSING as fault:
        return fault
    return None
