"""Socket Mode: one connection that Slack's events come in by."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.faults import SlackUnreachableError, calling
from bot.underway import Underway

PATIENCE = 20
"""Seconds that a connection may take to come about (ours)."""
PING_EVERY = 2
"""Seconds between two looks whether the connection stands; a broken one is made anew then (ours:
slack_sdk looks every ten, and what people press meanwhile finds nobody)."""
ENDS_WITHIN = 3.0
"""Seconds that what is being handled may take when the connection is closed: Slack waits no
longer for an answer."""
SAID_ELSEWHERE = (
    "Failed to check the current session",
    "Failed to connect",
    "Failed to retrieve WSS URL",
    "Failed to send a ping",
)
"""What slack_sdk would repeat every ten seconds; the watch says it once."""


class _Once(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith(SAID_ELSEWHERE)


log = logging.getLogger("slack_sdk.socket_mode")
log.addFilter(_Once())


class _Handler(AsyncSocketModeHandler):
    """Counts what is being handled, until its answer is on the wire."""

    underway: Underway
    closing = False

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Hand it to the app, unless the connection is closing: then Slack hears nothing."""
        if not self.closing:
            with self.underway.one():
                await super().handle(client, req)  # type: ignore[arg-type]


class Socket:
    """The connection; made by `open`."""

    def __init__(self, app: AsyncApp, token: str, url: str, underway: Underway) -> None:
        """Hand what comes in to that app, counted by `underway`."""
        self._underway = underway
        self._app = app
        self._token = token
        self._url = url
        self._handler: _Handler | None = None
        self._hello: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.connections = 0
        """How many the app has by Slack's count, as of the last greeting; ours is one of them."""

    async def open(self) -> str:
        """Connect; the id of the app that the token belongs to.

        Raises SlackRefusedError or SlackUnreachableError.
        """
        client = AsyncWebClient(
            token=self._token, base_url=self._url, timeout=PATIENCE, retry_handlers=[]
        )
        with calling("SLACK_APP_TOKEN", self._url):
            # Asked for here, for the client itself would try a refused token again without end.
            answer = await client.apps_connections_open(app_token=self._token)
        self._handler = _Handler(
            self._app, self._token, logger=log, web_client=client, ping_interval=PING_EVERY
        )
        self._handler.underway = self._underway
        self._handler.client.wss_uri = answer["url"]
        self._handler.client.message_listeners.append(self._greeted)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._handler.connect_async()  # type: ignore[no-untyped-call]
                return await self._hello
        except TimeoutError as error:
            raise SlackUnreachableError(self._url, "Socket Mode") from error

    async def is_connected(self) -> bool:
        """Whether events can come in now."""
        return self._handler is not None and bool(await self._handler.client.is_connected())

    async def close(self) -> None:
        """Take no more events; what is being handled is answered first."""
        if self._handler is not None:
            self._handler.closing = True
            if not await self._underway.ended(ENDS_WITHIN):
                log.warning("not all that people asked was answered in time")
            await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _greeted(self, _client: Any, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") != "hello":
            return
        self.connections = int(message.get("num_connections") or 1)
        if not self._hello.done():
            info = message.get("connection_info") or {}
            self._hello.set_result(str(info.get("app_id", "")))
