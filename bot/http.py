"""Health and readiness over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.faults import Fault, fault_in
from prompts.render import Words
from storage.database import Database
from storage.errors import FaultError


class Connection(Protocol):
    """A chat platform's connection."""

    async def not_ready(self) -> Fault | None:
        """What keeps events from being answered now; None: nothing."""


@dataclass(frozen=True, slots=True)
class Health:
    """What readiness looks at."""

    database: Database
    connection: Connection | None
    words: Words

    async def not_ready(self) -> str | None:
        """Why the program is not ready; None when it is."""
        try:
            await self.database.check()
        except (FaultError, OSError) as fault:
            return f"database: {fault_in(fault, self.words)}"
        lack = None if self.connection is None else await self.connection.not_ready()
        return None if lack is None else f"chat: {fault_in(lack, self.words)}"


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
