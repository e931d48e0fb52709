"""What the log says of faults, and waiting until something is so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest

from bot import waits
from bot.platforms.slack import watch


def soon(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Let the watch look all the time, and hear what it says."""
    monkeypatch.setattr(watch, "EVERY", 0.1)
    monkeypatch.setattr(waits, "FIRST_WAIT", 0.05)
    monkeypatch.setattr(waits, "LONGEST_WAIT", 0.1)
    caplog.set_level(logging.INFO, "bot")


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not is_so():  # noqa: ASYNC110  a log has no event
            await asyncio.sleep(0.02)


def said(caplog: pytest.LogCaptureFixture, key: str) -> list[str]:
    """What the log says of one fault, and that it is over."""
    return [one.getMessage() for one in caplog.records if key in one.getMessage()]
