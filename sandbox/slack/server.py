"""The server: one process, everything in memory, on the loopback interface.

async with SlackServer(workspace) as server:
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.slack.browser import Browser
from sandbox.slack.errors import SlackError
from sandbox.slack.faults import Faults
from sandbox.slack.http_mode import HttpRequests
from sandbox.slack.model import Json
from sandbox.slack.respond import respond
from sandbox.slack.socket import Sockets
from sandbox.slack.web_api.dispatch import WebApi
from sandbox.slack.workspace import Workspace

UPLOAD_BYTES = 50 * 1024 * 1024
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - told apart, not listened on


class SlackServer:
    """Serves a workspace: Web API, Socket Mode or signed requests, and the page for a browser.

    With `request_url` (also later, by `send_to`) it works in HTTP mode, else in Socket Mode.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        request_url: str | None = None,
    ) -> None:
        self.workspace = workspace
        self._host, self._port, self._request_url = host, port, request_url
        self.sockets = Sockets(workspace)
        self.web_api = WebApi(workspace)
        self._browser = Browser(workspace)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The page for a browser."""
        return f"{self.workspace.base_url}/"

    @property
    def api_url(self) -> str:
        """The base URL for slack_sdk's clients (SLACK_API_URL)."""
        return f"{self.workspace.base_url}/api/"

    @property
    def bot_token(self) -> str:
        return self.workspace.app.bot_token

    @property
    def app_token(self) -> str:
        return self.workspace.app.app_token

    @property
    def signing_secret(self) -> str:
        return self.workspace.app.signing_secret

    @property
    def watching(self) -> frozenset[str]:
        """Whom somebody acts as in a browser now, by user id."""
        return self._browser.watching

    @property
    def faults(self) -> Faults:
        return self.workspace.faults

    @property
    def calls(self) -> list[tuple[str, Json]]:
        """The calls that came in, in order: method and arguments."""
        return list(self.web_api.calls)

    def send_to(self, request_url: str) -> None:
        """Work in HTTP mode from now on."""
        self.workspace.wire.transport = HttpRequests(self.workspace, request_url)

    async def start(self) -> None:
        """Listen; afterwards the addresses are known."""
        app = web.Application(client_max_size=UPLOAD_BYTES)
        app.add_routes(
            [
                web.post("/api/{method}", self.web_api.serve),
                web.get("/api/{method}", self.web_api.serve),
                web.get("/link/", self.sockets.serve),
                web.post("/hooks/{key}", self._hook),
                web.post("/upload/v1/{id}", self._upload),
                web.get("/files/{id}", self._download),
                *self._browser.routes(),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        workspace = self.workspace
        here = "127.0.0.1" if host in EVERYWHERE else host
        workspace.base_url = f"http://{here}:{port}"
        workspace.ticket = self.sockets.ticket
        workspace.faults.drop_sockets = self.sockets.drop
        workspace.faults.cut_sockets = self.sockets.cut
        workspace.faults.refresh_sockets = self.sockets.refresh
        workspace.wire.transport = self.sockets
        if self._request_url:
            self.send_to(self._request_url)

    async def stop(self) -> None:
        """Stop listening and let go of everything that waits."""
        self.web_api.stop()
        await self.workspace.wire.stop()
        await self._browser.stop()
        await self.sockets.drop()
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

    async def _hook(self, request: web.Request) -> web.Response:
        with self.workspace.changes.under_way():
            sent = await request.json()
            try:
                hook = self.workspace.hooks.use(request.match_info["key"])
                respond(self.workspace, hook, sent)
            except SlackError as error:
                status = 404 if error.code in {"used_url", "expired_url"} else 400
                return web.json_response(error.answer(), status=status)
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.workspace.files.get(request.match_info["id"])
        if file is None:
            return web.Response(status=404)
        content = await _sent_bytes(request)
        if len(content) != file.length:
            return web.Response(status=400, text="length does not match what was announced")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.Response:
        file = self.workspace.files.get(request.match_info["id"])
        if file is None or not file.content:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.mimetype)


async def _sent_bytes(request: web.Request) -> bytes:
    """Return the uploaded bytes, sent raw or as a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
        return value.encode() if isinstance(value, str) else bytes(value)
    return b""
