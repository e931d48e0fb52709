"""The server: one process, everything in memory, on the loopback interface.

async with DingTalkServer(organisation) as server:
    ...  # DINGTALK_API_URL=server.api_url, DINGTALK_OAPI_URL=server.oapi_url
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.dingtalk.browser import Browser
from sandbox.dingtalk.calls.dispatch import OAPI, Calls, Made
from sandbox.dingtalk.model import Json
from sandbox.dingtalk.organisation import Organisation

UPLOAD_BYTES = 50 * 1024 * 1024
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - told apart, not listened on


class DingTalkServer:
    """Serves an organisation: the calls of both hosts, the stream, and the page for a browser."""

    def __init__(
        self, organisation: Organisation, *, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.organisation = organisation
        self._host, self._port = host, port
        self._calls = Calls(organisation)
        self._browser = Browser(organisation)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The page for a browser."""
        return f"{self.organisation.base_url}/"

    @property
    def watching(self) -> frozenset[str]:
        """Whom somebody acts as in a browser now, by user id."""
        return self._browser.watching

    @property
    def api_url(self) -> str:
        """What stands for https://api.dingtalk.com."""
        return self.organisation.base_url

    @property
    def oapi_url(self) -> str:
        """What stands for https://oapi.dingtalk.com."""
        return self.organisation.base_url + OAPI

    @property
    def calls(self) -> list[tuple[str, Json]]:
        """The calls that came in, in order: path and arguments."""
        return [(one.path, one.args) for one in self._calls.made]

    @property
    def made(self) -> list[Made]:
        """The same calls, each with its verb, what stood in its address, and its headers."""
        return list(self._calls.made)

    async def start(self) -> None:
        """Listen; afterwards the addresses are known."""
        app = web.Application(client_max_size=UPLOAD_BYTES)
        stream = self.organisation.stream
        connect = web.get("/connect", stream.connections.serve)
        app.add_routes([*self._calls.routes(), connect, *self._browser.routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        host, port = self._runner.addresses[0][:2]
        here = "127.0.0.1" if host in EVERYWHERE else host
        self.organisation.base_url = f"http://{here}:{port}"
        self.organisation.stream.start()

    async def stop(self) -> None:
        """Stop listening and let go of everything that waits."""
        self._calls.stop()
        await self._browser.stop()
        await self.organisation.stream.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
