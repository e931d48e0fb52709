"""A connection to one Slack workspace: Socket Mode, or HTTP with signed requests."""

from __future__ import annotations

import logging

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.platforms.slack.listen import Dispatch, register
from prompts.render import Words

log = logging.getLogger(__name__)
PATH = "/slack/events"
LONGEST_BODY = 2**20
"""Bytes of one request that are read; Slack's are below 300 KB."""


class SlackRefusedError(Exception):
    """Slack does not take the tokens; the message says which and why."""


def client_for(settings: SlackSettings) -> AsyncWebClient:
    """A client that never retries by itself: what is unknown is looked up, not sent again."""
    return AsyncWebClient(
        token=settings.bot_token, base_url=settings.api_url, timeout=20, retry_handlers=[]
    )


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
            process_before_response=True,
        )
        register(self._app, dispatch, words)
        self._client = client
        self._socket: AsyncSocketModeHandler | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Connect. Raises SlackRefusedError if Slack does not take the tokens."""
        try:
            await self._client.auth_test()
            if self._settings.http_bind is not None:
                await self._serve(*self._settings.http_bind)
            else:
                await self._open_socket()
        except SlackApiError as error:
            reason = error.response.get("error", "unknown")
            raise SlackRefusedError(f"Slack does not take the tokens: {reason}") from error

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
        self._socket = AsyncSocketModeHandler(
            self._app, token, web_client=socket_client, ping_interval=10
        )
        await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def _serve(self, host: str, port: int) -> None:
        server = web.Application(client_max_size=LONGEST_BODY)
        server.router.add_post(PATH, self._receive)
        self._runner = web.AppRunner(server)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def _receive(self, request: web.Request) -> web.Response:
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)
