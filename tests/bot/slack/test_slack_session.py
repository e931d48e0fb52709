"""Calls to Slack share their connections, by way of a proxy where there is one."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.config import SlackSettings
from bot.platforms.slack.connect import SlackConnection, client_for
from bot.underway import Underway
from handlers.answers import Answer
from handlers.events import Account, Event
from prompts.render import Words


class Ears:
    """A server that takes every call, and remembers how each came."""

    def __init__(self) -> None:
        self.url = ""
        self.lines: set[str] = set()
        self.asked: list[str] = []

    async def take(self, request: web.BaseRequest) -> web.Response:
        assert request.transport is not None
        self.lines.add(str(request.transport.get_extra_info("peername")))
        self.asked.append(request.path if request.url.host == "127.0.0.1" else str(request.url))
        return web.json_response({"ok": True}, headers={"Set-Cookie": "d=1"})


@asynccontextmanager
async def ears() -> AsyncIterator[Ears]:
    heard = Ears()
    runner = web.ServerRunner(web.Server(heard.take))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    heard.url = f"http://{host}:{port}/"
    try:
        yield heard
    finally:
        await runner.cleanup()


def connection_to(url: str) -> SlackConnection:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = SlackSettings(
        bot_token="xoxb-1",
        app_token=None,
        signing_secret="s",
        http_bind=("127.0.0.1", port),
        api_url=url,
        hr_channel=None,
    )

    async def dispatch(event: Event) -> Answer:
        raise AssertionError(event)

    async def words(who: Account) -> Words:
        raise AssertionError(who)

    return SlackConnection(settings, client_for(settings), dispatch, words, Underway())


async def test_calls_share_a_connection_that_ends_with_the_listening() -> None:
    async with ears() as heard:
        listening = connection_to(heard.url)
        await listening.start()
        shared = listening.client.session
        assert shared is not None
        assert shared.timeout.total == 20
        for _ in range(3):
            await listening.client.api_test()
        assert (len(heard.asked), len(heard.lines)) == (4, 1)
        assert list(shared.cookie_jar) == []
        await listening.stop()
        assert (shared.closed, listening.client.session) == (True, None)
        await listening.start()
        assert len(heard.lines) == 2
        await listening.stop()


async def test_a_start_that_fails_leaves_no_connection_open() -> None:
    async with ears() as heard:
        listening, other = connection_to(heard.url), connection_to(heard.url)
        other.settings = listening.settings
        await listening.start()
        with pytest.raises(Exception, match="SLACK_HTTP_BIND"):
            await other.start()
        assert other.client.session is None
        await listening.stop()


async def test_a_proxy_is_honoured_by_shared_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ears() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        listening = connection_to("http://slack.test/api/")
        await listening.start()
        await listening.client.api_test()
        await listening.stop()
    assert proxy.asked == ["http://slack.test/api/auth.test", "http://slack.test/api/api.test"]
    assert len(proxy.lines) == 1
