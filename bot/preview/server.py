"""Serves the page until Ctrl-C."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
import webbrowser

from aiohttp import web

from bot.preview.shown import everything
from prompts.render import Words
from sandbox import page_files

MAX_PORT = 65535
NOT_TO_BE_HAD = {errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL}


async def preview(*, locale: str, port: int, browser: bool) -> int:
    """Show every text at 127.0.0.1 until Ctrl-C; 2 if the port can't be had."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    words = Words(locale)
    runner = web.AppRunner(_site(words.locale))
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        sys.stdout.write(f"{words.plain('preview.ready', url=url)}\n")
        sys.stdout.flush()
        if browser:
            await asyncio.to_thread(webbrowser.open, url)
        await stop.wait()
    except OSError as fault:
        if fault.errno not in NOT_TO_BE_HAD:
            raise
        facts = {"port": port, "fault": os.strerror(fault.errno), "other": port % MAX_PORT + 1}
        sys.stderr.write(f"{words.plain('demo.port_taken', **facts)}\n")
        return 2
    finally:
        await runner.cleanup()
    return 0


def _site(locale: str) -> web.Application:
    async def index(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(page_files.PAGES / "preview.html")

    async def screens(_: web.Request) -> web.StreamResponse:
        return web.json_response({"locale": locale, **everything()})

    site = web.Application()
    site.router.add_get("/", index)
    site.router.add_get("/screens", screens)
    site.add_routes(page_files.routes()[1:])
    return site
