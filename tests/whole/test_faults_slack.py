"""Slack fails, at start and in the middle of the day: it is said once, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from faults_log import said, soon, until
from place import AFTERNOON, Place, kind_of, place, settings_for
from place_http import free_port, http_settings, served
from story_clock import StoryClock

from bot.app import Bot, build
from bot.config import Settings
from bot.platforms.slack.connect import SlackRefusedError
from sandbox.slack.http_mode import signed
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace
from scheduler.deliver import deliver_all
from storage.notice import State

ADMIN, MEMBER = "N0016", "N0015"
POST = "chat.postMessage"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    soon(monkeypatch, caplog)


@dataclass
class Running:
    """A bot in this process, and the address of its health page."""

    bot: asyncio.Task[None]
    stop: asyncio.Event
    port: int

    async def ready(self) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{self.port}/readyz"
            async with session.get(url) as answer:
                return answer.status, await answer.text()


@asynccontextmanager
async def running(settings: Settings, **more: object) -> AsyncIterator[Running]:
    port = free_port()
    settings = replace(settings, http_bind=("127.0.0.1", port))
    stop = asyncio.Event()
    async with build(settings, StoryClock(AFTERNOON)) as deps:
        bot = asyncio.create_task(Bot(deps, settings, **more).run(stop))  # type: ignore[arg-type]
        try:
            yield Running(bot, stop, port)
        finally:
            stop.set()
            await asyncio.gather(bot, return_exceptions=True)


# --- the network ---------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
async def test_a_network_away_at_start_is_said_once_and_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, locale: str
) -> None:
    workspace = Workspace("Shop")
    async with SlackServer(workspace) as server:
        server.faults.drop("auth.test", times=10_000)
        async with running(settings_for(server, tmp_path, locale=locale)) as it:
            await until(lambda: len(server.calls) > 4)
            status, words = await it.ready()
            assert status == 503
            assert words.startswith(
                {"en": "chat: Slack can't be reached at ", "zh-CN": "chat: 连不上 Slack（"}[locale]
            )
            assert len(said(caplog, "cli.slack_unreachable")) == 1
            server.faults._api.clear()
            await until(lambda: server.sockets.connections and "running" in caplog.text)
            assert (await it.ready()) == (200, "ok\n")
            assert said(caplog, "cli.slack_unreachable")[1:] == ["over: cli.slack_unreachable"]
        assert it.bot.exception() is None
    assert "Traceback" not in caplog.text


async def test_a_bot_that_waits_for_the_network_ends_when_told_to(tmp_path: Path) -> None:
    async with SlackServer(Workspace("Shop")) as server:
        server.faults.time_out("auth.test", times=10)
        async with running(settings_for(server, tmp_path)) as it:
            await until(lambda: server.calls)
            it.stop.set()
            async with asyncio.timeout(5):
                await it.bot


async def test_a_network_away_in_the_middle_loses_nothing_and_comes_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with place(tmp_path, count=16) as here:
        here.server.faults.drop("*", times=100_000)
        await here.server.faults.cut_sockets()
        await here.plan_cycle()
        for _ in range(30):  # half an hour: more tries than a message has
            here.clock.move(timedelta(minutes=1))
            await deliver_all(here.deps)
        assert await _states(here) <= {State.PENDING, State.SENDING}
        assert here.board() == []
        here.server.faults._api.clear()
        await until(lambda: here.server.sockets.connections)
        await here.settle()
        assert await _states(here) == {State.SENT}
        assert [kind_of(one) for one in here.dms(MEMBER)] == ["my_review"]
        assert len(here.board()) == 1
        await here.who[MEMBER].press("self_review.open")
        assert here.who[MEMBER].form is not None
    assert len(said(caplog, "(cli.slack_unreachable)")) == 1


async def test_a_connection_that_slack_sdk_gave_up_is_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    workspace = Workspace("Shop")
    async with (
        SlackServer(workspace) as server,
        running(settings_for(server, tmp_path)) as it,
    ):
        await until(lambda: "running" in caplog.text)
        real, workspace.ticket = workspace.ticket, lambda: "of yesterday"
        await server.faults.refresh_sockets()
        await server.faults.drop_sockets()
        await until(lambda: said(caplog, "(slack.lost)"))
        assert (await it.ready())[0] == 503
        workspace.ticket = real
        await until(lambda: server.sockets.connections)
        await until(lambda: said(caplog, "over: "))
        assert await it.ready() == (200, "ok\n")


async def _states(here: Place) -> set[State]:
    async with here.deps.database.begin(write=False) as tx:
        return {one.state for one in await tx.outbox.ledger()}


# --- tokens and scopes ---------------------------------------------------------------------


async def test_a_token_revoked_in_the_middle_parks_nothing_and_works_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with place(tmp_path, count=16) as here:
        await until(lambda: "running" in caplog.text)
        here.workspace.app.active = False
        await here.plan_cycle()
        for _ in range(30):
            here.clock.move(timedelta(minutes=2))
            await deliver_all(here.deps)
        assert await _states(here) == {State.PENDING}
        await until(lambda: said(caplog, "(cli.slack_refused)"))
        here.workspace.app.active = True
        await here.settle()
        assert await _states(here) == {State.SENT}
        await until(lambda: said(caplog, "over: cli.slack_refused"))
    assert said(caplog, "(cli.slack_refused)") == [
        "Slack does not take SLACK_BOT_TOKEN (account_inactive): copy it anew from the app's page "
        "at api.slack.com. (cli.slack_refused)"
    ]
    assert here.server.bot_token not in caplog.text


@pytest.mark.parametrize("scope", ["chat:write", "users:read", "files:write"])
async def test_a_missing_scope_is_named_and_what_waits_is_sent_once_it_is_granted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, scope: str
) -> None:
    async with place(tmp_path, count=16, locale="zh-CN") as here:
        here.workspace.app.scopes.discard(scope)
        await until(lambda: said(caplog, "(slack.scopes)"))
        await here.plan_cycle()
        for _ in range(10):
            here.clock.move(timedelta(minutes=5))
            await deliver_all(here.deps)
        assert State.PARKED not in await _states(here)
        here.workspace.app.scopes.add(scope)
        await here.settle()
        assert await _states(here) == {State.SENT}
        await until(lambda: said(caplog, "over: slack.scopes"))
    (line,) = said(caplog, "(slack.scopes)")
    assert line.startswith(f"Slack 没有授予机器人这些权限：{scope}。请在 api.slack.com")


async def test_an_app_token_of_another_app_is_refused(tmp_path: Path) -> None:
    """Two real apps behind one address: each answers what its own token asks."""
    ours, theirs = Workspace("Shop"), Workspace("Shop")
    theirs.app.id, theirs.app.app_token = "A00000002", "xapp-local-theirs"
    async with (
        SlackServer(ours) as server,
        SlackServer(theirs) as other,
        _both(server, other) as url,
    ):
        settings = settings_for(server, tmp_path)
        assert settings.slack is not None
        slack = replace(settings.slack, app_token=other.app_token, api_url=url)
        async with running(replace(settings, slack=slack)) as it:
            with pytest.raises(SlackRefusedError) as refused:
                async with asyncio.timeout(20):
                    await it.bot
    assert refused.value.key == "slack.other_app"
    assert other.sockets.connections == 0


@asynccontextmanager
async def _both(ours: SlackServer, theirs: SlackServer) -> AsyncIterator[str]:
    async def relay(request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        server = theirs if token == theirs.app_token else ours
        url = server.api_url + request.match_info["method"]
        kept = {name: request.headers[name] for name in ("Authorization", "Content-Type")}
        body = await request.read() or request.query_string.encode()
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=body, headers=kept) as answer,
        ):
            return web.json_response(await answer.json())

    app = web.Application()
    app.router.add_route("*", "/api/{method}", relay)
    async with served(app) as address:
        yield f"{address}/api/"


# --- the clock -----------------------------------------------------------------------------


class Off:
    """A machine whose clock is wrong."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by


HOURS = {
    1: "This machine's clock is 60 minutes ahead of Slack's. Set it, and let NTP keep it; ",
    -1: "This machine's clock is 60 minutes behind Slack's. Set it, and let NTP keep it; ",
}


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("http", [False, True])
async def test_a_clock_off_by_an_hour_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, hours: int, *, http: bool
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events" if http else None
    async with SlackServer(Workspace("Shop"), request_url=url) as server:
        settings = http_settings(server, tmp_path, port) if http else settings_for(server, tmp_path)
        async with running(settings, machine=Off(timedelta(hours=hours))) as it:
            await until(lambda: "running" in caplog.text)
            await asyncio.sleep(0.5)
            (line,) = said(caplog, "(slack.clock_")
            assert line.startswith(HOURS[hours])
            status, words = await it.ready()
            assert status == (503 if http else 200)
            assert words.startswith("chat: This machine's clock is 60 m" if http else "ok")
            if http:
                then = int((datetime.now(UTC) - timedelta(hours=hours)).timestamp())
                headers = signed(server.signing_secret, "command=x", then)
                async with aiohttp.ClientSession() as session:
                    assert url is not None
                    async with session.post(url, data="command=x", headers=headers) as late:
                        assert late.status == 401
