"""Health, readiness and metrics over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.faults import Fault, fault_in
from bot.metrics import CONTENT_TYPE, Metrics
from handlers.ports import Deps
from prompts.render import Words
from storage.errors import FaultError


class Connection(Protocol):
    """The chat platforms' connections."""

    async def not_ready(self) -> Fault | None:
        """What keeps events of any platform from being answered now; None: nothing."""

    async def lacks(self) -> Mapping[str, Fault | None]:
        """What keeps events of each platform from being answered now."""


@dataclass(frozen=True, slots=True)
class Health:
    """What readiness looks at."""

    deps: Deps
    connection: Connection | None
    words: Words

    async def not_ready(self) -> str | None:
        """Why the program is not ready; None when it is."""
        if self.deps.stopping.is_set():
            return "stopping"
        try:
            await self.deps.database.check()
        except (FaultError, OSError) as fault:
            return f"database: {fault_in(fault, self.words)}"
        lack = None if self.connection is None else await self.connection.not_ready()
        return None if lack is None else f"chat: {fault_in(lack, self.words)}"

    async def connected(self) -> Mapping[str, bool]:
        """Whether what people do can reach the program now, by platform."""
        lacks = {} if self.connection is None else await self.connection.lacks()
        return {name: lack is None for name, lack in lacks.items()}


async def serve(health: Health, metrics: Metrics, host: str, port: int) -> web.AppRunner:
    """Answer /healthz, /readyz and /metrics."""

    async def read(_: web.Request) -> web.Response:
        text = await metrics.text(health.deps, connected=await health.connected())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})

    server = web.Application()
    server.router.add_get("/metrics", read)
    return await answer(health.not_ready, server, host, port)


async def answer(
    not_ready: Callable[[], Awaitable[str | None]], server: web.Application, host: str, port: int
) -> web.AppRunner:
    """Answer /healthz and /readyz beside what the server has already. Raises OSError."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        reason = await not_ready()
        return web.Response(text=f"{reason or 'ok'}\n", status=503 if reason else 200)

    server.router.add_get("/healthz", healthz)
    server.router.add_get("/readyz", readyz)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
