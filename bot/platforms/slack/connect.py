"""A connection to one Slack workspace: Socket Mode, or HTTP with signed requests."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import ClientError, web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.platforms.slack.listen import Dispatch, register
from prompts.render import Words

log = logging.getLogger(__name__)
PATH = "/slack/events"
LONGEST_BODY = 2**20
"""Bytes of one request that are read; Slack's are below 300 KB."""


NOT_TAKEN = {
    "access_denied",
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}
"""Errors that tell of the token (https://docs.slack.dev/reference/methods/auth.test)."""


class SlackRefusedError(Exception):
    """Slack does not take a token."""

    def __init__(self, token: str, reason: str) -> None:
        """Name the token's setting, never the token, and Slack's word."""
        super().__init__(f"Slack does not take {token}: {reason}")
        self.token = token
        self.reason = reason


class SlackUnreachableError(Exception):
    """Slack does not answer, or what answers there is not Slack."""

    def __init__(self, url: str, reason: str) -> None:
        """Name the address and the fault."""
        super().__init__(f"Slack can't be reached at {url}: {reason}")
        self.url = url
        self.reason = reason


class CannotListenError(Exception):
    """An address of this machine can't be had."""

    def __init__(self, setting: str, reason: str) -> None:
        """Name the setting that holds the address, and why."""
        super().__init__(f"{setting} can't be used: {reason}")
        self.setting = setting
        self.reason = reason


@contextmanager
def calling(token: str, url: str) -> Iterator[None]:
    """Calls with that token, named by its setting.

    Raises SlackRefusedError or SlackUnreachableError instead of the client's own errors.
    """
    try:
        yield
    except SlackApiError as error:
        answer = error.response
        reason = answer.get("error", "unknown") if hasattr(answer, "get") else "no JSON"
        if reason in NOT_TAKEN:
            raise SlackRefusedError(token, reason) from error
        raise SlackUnreachableError(url, reason) from error
    except (ClientError, SlackClientError, OSError) as error:
        raise SlackUnreachableError(url, str(error) or type(error).__name__) from error


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
            raise CannotListenError("SLACK_HTTP_BIND", fault.strerror or str(fault)) from fault

    async def _receive(self, request: web.Request) -> web.Response:
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)
