"""Starts the demo, says where it is, and ends it."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo import kept
from bot.demo.cast import LEAD, Quarter
from bot.demo.scene import HOME
from bot.demo.stage import Asked, locale, on_stage
from prompts.render import Words
from sandbox.errors import UnreadableError
from storage.errors import AlreadyRunningError

MAX_PORT = 65535
NOT_TO_BE_HAD = {errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL}
"""What a system says of an address that can't be listened on."""


async def demo(
    *, platform: str, host: str, port: int, people: int, seed: int, browser: bool, reset: bool
) -> int:
    """Serve the sample company until Ctrl-C; 2 if the port can't be had."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    language = locale()
    words = Words(language)
    quarter = Quarter.before(datetime.now(ZoneInfo(HOME)).date())
    try:
        with _place(platform, words) as folder:
            asked = Asked(
                platform=platform,
                host=host,
                port=port,
                people=people,
                seed=seed,
                quarter=quarter,
                locale=language,
                folder=folder,
            )
            if not reset:
                asked = replace(asked, kept=kept.found(folder, asked.story))
            if asked.kept is None and kept.clear(folder) and not reset:
                _say(words.plain("demo.begins_anew"))
            try:
                return await _serve(asked, stop, words, browser=browser)
            except UnreadableError:
                kept.clear(folder)
                _say(words.plain("demo.begins_anew"))
                asked = replace(asked, kept=None)
                return await _serve(asked, stop, words, browser=browser)
    except AlreadyRunningError:
        return await _runs_already(platform, words, browser=browser)
    except OSError as fault:
        if fault.errno not in NOT_TO_BE_HAD:
            raise
        facts = {"port": port, "fault": os.strerror(fault.errno), "other": port % MAX_PORT + 1}
        sys.stderr.write(f"{words.plain('demo.port_taken', **facts)}\n")
        return 2


async def _serve(asked: Asked, stop: asyncio.Event, words: Words, *, browser: bool) -> int:
    async with on_stage(asked) as (chat, cast, playing):
        lead = cast.members.get(LEAD)
        url = f"{chat.url}?as={lead.id}" if lead else chat.url
        (asked.folder / kept.ADDRESS).write_text(url, encoding="utf-8")
        _say(words.plain("demo.ready", url=url))
        _say(words.plain("demo.goes_on" if asked.kept else "demo.arranging"))
        if browser:
            await _show(url)
        ending = asyncio.create_task(stop.wait())
        await asyncio.wait({ending, playing}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if playing.done():
            playing.result()
    return 0


@contextmanager
def _place(platform: str, words: Words) -> Iterator[Path]:
    """Where it is kept; a folder that goes again where nothing can be written.

    Raises AlreadyRunningError if somebody else is there.
    """
    place = kept.place(platform)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as fault:
        why = fault.strerror or str(fault)
        sys.stderr.write(f"{words.plain('demo.no_place', folder=place, fault=why)}\n")
        with tempfile.TemporaryDirectory(prefix="nosurprise-demo-") as folder:
            yield Path(folder)
        return
    with kept.held(place):
        yield place


async def _runs_already(platform: str, words: Words, *, browser: bool) -> int:
    url = ""
    with suppress(OSError):
        url = (kept.place(platform) / kept.ADDRESS).read_text(encoding="utf-8")
    _say(words.plain("demo.runs_already", url=url))
    if browser and url:
        await _show(url)
    return 0


async def _show(url: str) -> None:
    await asyncio.to_thread(webbrowser.open, url)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
