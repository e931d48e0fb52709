"""A connection to one Slack workspace: Socket Mode, or HTTP with signed requests."""

from __future__ import annotations

import logging

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.platforms import late
from bot.platforms.slack.faults import (
    CannotListenError,
    OtherAppError,
    SlackRefusedError,
    SlackUnreachableError,
    calling,
)
from bot.platforms.slack.listen import Dispatch, WordsOf, register
from bot.platforms.slack.socket import ENDS_WITHIN, Socket
from bot.underway import Underway

__all__ = ["SlackConnection", "SlackRefusedError", "SlackUnreachableError", "calling", "client_for"]
log = logging.getLogger(__name__)
PATH = "/slack/events"
LONGEST_BODY = 2**20
"""Bytes of one request that are read; Slack's are below 300 KB."""
LONGEST_CALL = 20
"""Seconds that one call may take (ours)."""


def client_for(settings: SlackSettings) -> AsyncWebClient:
    """A client that never retries by itself: what is unknown is looked up, not sent again."""
    return AsyncWebClient(
        token=settings.bot_token, base_url=settings.api_url, timeout=LONGEST_CALL, retry_handlers=[]
    )


def session() -> aiohttp.ClientSession:
    """Connections that are kept open between calls: a new one costs as much as a small call.

    For `AsyncWebClient.session`, which leaves the time-out to it; to be closed by who made it. The
    proxy stays the client's affair, and no cookie is kept, as without it.
    """
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=LONGEST_CALL),
        cookie_jar=aiohttp.DummyCookieJar(),
        trace_configs=[late.watch()],
    )


async def _unhandled(error: Exception) -> None:
    """What no listener took is named by its kind: Bolt itself would log the whole payload."""
    log.warning("a request was not taken: %s", type(error).__name__)


class SlackConnection:
    """Listens to Slack while the program runs."""

    def __init__(
        self,
        settings: SlackSettings,
        client: AsyncWebClient,
        dispatch: Dispatch,
        words: WordsOf,
        underway: Underway,
    ) -> None:
        """Nothing is connected before `start`; `underway` counts what is being handled."""
        self.settings = settings
        self._underway = underway
        self.client = client
        self._app = AsyncApp(
            client=client,
            signing_secret=settings.signing_secret,
            logger=logging.getLogger("slack_bolt"),
            process_before_response=True,
            raise_error_for_unhandled_request=True,
        )
        self._app.error(_unhandled)
        register(self._app, dispatch, words)
        self._socket: Socket | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Connect.

        Raises SlackRefusedError, SlackUnreachableError or CannotListenError; nothing is left open.
        """
        if self.client.session is None:
            self.client.session = session()
        try:
            with calling("SLACK_BOT_TOKEN", self.settings.api_url):
                bot = await self.client.auth_test()
            if self.settings.http_bind is not None:
                await self._serve(*self.settings.http_bind)
            else:
                await self._open_socket(str(bot.get("bot_id", "")))
        except BaseException:
            await self.stop()
            raise

    async def is_connected(self) -> bool:
        """Whether events can reach us now."""
        if self._socket is not None:
            return await self._socket.is_connected()
        return self._runner is not None

    @property
    def connections(self) -> int:
        """How many Socket Mode connections the app has, ours among them; 0: none that we know."""
        return 0 if self._socket is None else self._socket.connections

    async def stop(self) -> None:
        """Take no more events; what is being handled ends first."""
        if self._socket is not None:
            await self._socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self._socket = self._runner = None
        if self.client.session is not None:
            await self.client.session.close()
            self.client.session = None

    async def _open_socket(self, bot: str) -> None:
        token = self.settings.app_token
        assert token is not None  # noqa: S101  settings have seen to it
        self._socket = Socket(self._app, token, self.settings.api_url, self._underway)
        app = await self._socket.open()
        if app != await self._app_of(bot, otherwise=app):
            raise OtherAppError

    async def _app_of(self, bot: str, *, otherwise: str) -> str:
        """The app that the bot token belongs to; without users:read Slack does not tell it."""
        try:
            with calling("SLACK_BOT_TOKEN", self.settings.api_url):
                answer = await self.client.bots_info(bot=bot)
        except SlackUnreachableError:
            return otherwise
        return str(answer["bot"].get("app_id", otherwise))

    async def _serve(self, host: str, port: int) -> None:
        server = web.Application(client_max_size=LONGEST_BODY)
        server.router.add_post(PATH, self._receive)
        self._runner = web.AppRunner(server, shutdown_timeout=ENDS_WITHIN)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as fault:
            raise CannotListenError("SLACK_HTTP_BIND", fault) from fault

    async def _receive(self, request: web.Request) -> web.Response:
        with self._underway.one():
            answer = await self._app.async_dispatch(await to_bolt_request(request))
            return await to_aiohttp_response(answer)
