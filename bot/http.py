"""Health and readiness over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from storage.database import Database
from storage.errors import StorageError


class Connection(Protocol):
    """A chat platform's connection."""

    async def is_connected(self) -> bool:
        """Whether events can reach us now."""


@dataclass(frozen=True, slots=True)
class Health:
    """What readiness looks at."""

    database: Database
    connection: Connection | None

    async def not_ready(self) -> str | None:
        """Why the program is not ready; None when it is."""
        try:
            await self.database.check()
        except (StorageError, OSError) as fault:
            return f"database: {fault}"
        if self.connection is not None and not await self.connection.is_connected():
            return "chat: not connected"
        return None


async def serve(health: Health, host: str, port: int) -> web.AppRunner:
    """Answer /healthz and /readyz."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        reason = await health.not_ready()
        return web.Response(text=f"{reason or 'ok'}\n", status=503 if reason else 200)

    server = web.Application()
    server.router.add_get("/healthz", healthz)
    server.router.add_get("/readyz", readyz)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
