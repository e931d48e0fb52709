"""A connection to one Slack workspace: Socket Mode, or HTTP with signed requests."""

from __future__ import annotations

import logging

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.platforms.slack.faults import (
    CannotListenError,
    SlackRefusedError,
    SlackUnreachableError,
    calling,
)
from bot.platforms.slack.listen import Dispatch, register
from prompts.render import Words

__all__ = ["SlackConnection", "SlackRefusedError", "SlackUnreachableError", "calling", "client_for"]
log = logging.getLogger(__name__)
PATH = "/slack/events"
LONGEST_BODY = 2**20
"""Bytes of one request that are read; Slack's are below 300 KB."""


def client_for(settings: SlackSettings) -> AsyncWebClient:
    """A client that never retries by itself: what is unknown is looked up, not sent again."""
    return AsyncWebClient(
        token=settings.bot_token, base_url=settings.api_url, timeout=20, retry_handlers=[]
    )


async def _unhandled(error: Exception) -> None:
    """What no listener took is named by its kind: Bolt itself would log the whole payload."""
    log.warning("a request was not taken: %s", type(error).__name__)


class SlackConnection:
    """Listens to Slack while the program runs."""

    def __init__(
        self, settings: SlackSettings, client: AsyncWebClient, dispatch: Dispatch, words: Words
    ) -> None:
        """Nothing is connected before `start`."""
        self._settings = settings
        self._app = AsyncApp(
            client=client,
            signing_secret=settings.signing_secret,
            logger=logging.getLogger("slack_bolt"),
            process_before_response=True,
            raise_error_for_unhandled_request=True,
        )
        self._app.error(_unhandled)
        register(self._app, dispatch, words)
        self._client = client
        self._socket: AsyncSocketModeHandler | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Connect.

        Raises SlackRefusedError, SlackUnreachableError or CannotListenError; nothing is left open.
        """
        url = self._settings.api_url
        try:
            with calling("SLACK_BOT_TOKEN", url):
                await self._client.auth_test()
            if self._settings.http_bind is not None:
                await self._serve(*self._settings.http_bind)
            else:
                with calling("SLACK_APP_TOKEN", url):
                    await self._open_socket()
        except BaseException:
            await self.stop()
            raise

    async def is_connected(self) -> bool:
        """Whether events can reach us now."""
        if self._socket is not None:
            return bool(await self._socket.client.is_connected())
        return self._runner is not None

    async def stop(self) -> None:
        """Take no more events; what is being handled ends first."""
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        if self._runner is not None:
            await self._runner.cleanup()

    async def _open_socket(self) -> None:
        token = self._settings.app_token
        assert token is not None  # noqa: S101  settings have seen to it
        socket_client = AsyncWebClient(
            token=token, base_url=self._settings.api_url, timeout=20, retry_handlers=[]
        )
        # Asked for here, for the client itself would try a refused token again without end.
        answer = await socket_client.apps_connections_open(app_token=token)
        self._socket = AsyncSocketModeHandler(
            self._app, token, web_client=socket_client, ping_interval=10
        )
        self._socket.client.wss_uri = answer["url"]
        await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def _serve(self, host: str, port: int) -> None:
        server = web.Application(client_max_size=LONGEST_BODY)
        server.router.add_post(PATH, self._receive)
        self._runner = web.AppRunner(server)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as fault:
            raise CannotListenError("SLACK_HTTP_BIND", fault) from fault

    async def _receive(self, request: web.Request) -> web.Response:
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)
