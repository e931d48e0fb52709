"""A bot that Slack reaches by HTTP, and small servers in between."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import web
from place import settings_for

from bot.config import Settings
from sandbox.slack.server import SlackServer


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def http_settings(server: SlackServer, folder: Path, port: int, **changed: Any) -> Settings:
    """Settings of a bot that takes signed requests at that port instead of a socket."""
    settings = settings_for(server, folder, **changed)
    assert settings.slack is not None
    slack = replace(
        settings.slack,
        app_token=None,
        signing_secret=server.signing_secret,
        http_bind=("127.0.0.1", port),
    )
    return replace(settings, slack=slack)


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    """That application, listening; its address without a path."""
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
