"""DingTalk's calls: one token for all, renewed once; each fault told apart; no secret told."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable
from dataclasses import replace

import pytest
from ding_server import BATCH, DONE, SECRET, TOKEN, Answer, DingServer, Got, ding_server

from bot.platforms import late
from bot.platforms.dingtalk.client import (
    CallError,
    DingTalkClient,
    LoginError,
    RefusedError,
    UnansweredError,
    session,
)
from handlers.ports import TooLateError

PATH = "v1.0/robot/oToMessages/batchSend"
NO_TOKEN = {"code": "InvalidAuthentication", "message": "不合法的access_token"}
LIMITED = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"


def stale(*tokens: str) -> Callable[[Got], Answer]:
    def say(got: Got) -> Answer:
        return Answer(NO_TOKEN, 400) if got.token in tokens else Answer(DONE)

    return say


async def fault(client: DingTalkClient, path: str = PATH, *, old: bool = False) -> CallError:
    with pytest.raises(CallError) as found:
        await (client.old_call(path, {}) if old else client.call("POST", path, {}))
    return found.value


async def test_the_token_is_asked_for_once_and_kept() -> None:
    async with ding_server() as (server, client):
        await asyncio.gather(*(client.call("POST", PATH, {"n": n}) for n in range(5)))
        await client.old_call("topapi/x", {})
        assert server.calls(TOKEN) == [{"appKey": "ding1", "appSecret": SECRET}]
        assert {one.token for one in server.got if one.path != TOKEN} == {"token-1"}


async def test_a_stale_token_is_renewed_once_for_all() -> None:
    async with ding_server() as (server, client):
        server.says(BATCH, stale("token-1"))
        found = await asyncio.gather(*(client.call("POST", PATH, {}) for _ in range(5)))
        assert found == [DONE] * 5
        assert server.tokens == 2


async def test_a_stale_token_of_oapi_is_renewed() -> None:
    async with ding_server() as (server, client):
        server.says(
            "/old/topapi/x",
            Answer({"errcode": 40014, "errmsg": "不合法的access_token"}),
            Answer({"errcode": 0, "result": 1}),
        )
        assert await client.old_call("topapi/x", {}) == {"errcode": 0, "result": 1}
        assert server.tokens == 2


async def test_a_token_that_is_never_taken_is_not_renewed_for_ever() -> None:
    async with ding_server() as (server, client):
        server.says(BATCH, Answer(NO_TOKEN, 401))
        assert (await fault(client)).reason == "InvalidAuthentication"
        assert server.tokens == 2


async def test_a_token_is_renewed_before_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ding_server() as (server, client):
        server.says(TOKEN, Answer({"accessToken": "short", "expireIn": 0}))
        await client.token()
        await client.token()
        assert len(server.calls(TOKEN)) == 2


async def test_no_token_is_told_apart() -> None:
    async with ding_server() as (server, client):
        server.says(TOKEN, Answer({"code": "invalidClientIdOrSecret", "message": SECRET}, 400))
        found = await fault(client)
        assert isinstance(found, LoginError)
        assert isinstance(found.cause, RefusedError)
        assert found.reason == "invalidClientIdOrSecret"
        assert server.calls(BATCH) == []
        server.says(TOKEN, Answer({"expireIn": 7200}))
        assert (await fault(client)).reason == "no token"
        server.says(TOKEN, Answer({"accessToken": "t", "expireIn": 7200}))
        await client.call("POST", PATH, {})


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        (Answer({"code": LIMITED, "message": "x"}, 403), RefusedError, LIMITED),
        (Answer({"code": "badParam", "message": "x"}, 400), RefusedError, "badParam"),
        (Answer("<html>slow down", 429), RefusedError, "HTTP 429"),
        (Answer({"code": "system.error", "message": "x"}, 500), UnansweredError, "system.error"),
        (Answer("<html>Bad gateway", 502), UnansweredError, "HTTP 502, no answer of DingTalk's"),
        (Answer("<html>Welcome", 200), UnansweredError, "HTTP 200, no answer of DingTalk's"),
        (Answer("", 200), UnansweredError, "HTTP 200, no answer of DingTalk's"),
        (Answer("[1]", 200), UnansweredError, "HTTP 200, no answer of DingTalk's"),
        (Answer({}, 302), UnansweredError, "HTTP 302, no answer of DingTalk's"),
    ],
)  # fmt: skip
async def test_each_fault_is_told_apart(answer: Answer, kind: type[CallError], reason: str) -> None:
    async with ding_server() as (server, client):
        server.says(BATCH, answer)
        found = await fault(client)
        assert (type(found), found.reason) == (kind, reason)


async def test_oapi_says_no_with_a_number() -> None:
    async with ding_server() as (server, client):
        server.says("/old/topapi/x", Answer({"errcode": 60121, "errmsg": "找不到该用户"}))
        assert (await fault(client, "topapi/x", old=True)).reason == "60121"
        server.says("/old/topapi/x", Answer({"errcode": 88, "sub_code": "60011", "errmsg": "x"}))
        assert (await fault(client, "topapi/x", old=True)).reason == "60011"


async def test_a_call_that_cannot_have_begun_is_told_apart(unused_tcp_port: int) -> None:
    settings = replace(DingServer("http://127.0.0.1").settings())
    nowhere = replace(settings, api_url=f"http://127.0.0.1:{unused_tcp_port}/")
    async with session() as calls:
        found = await fault(DingTalkClient(nowhere, calls))
        assert isinstance(found, LoginError)
        assert isinstance(found.cause, UnansweredError)
        assert not found.cause.begun


async def test_a_call_without_an_answer_may_have_begun() -> None:
    async with ding_server() as (server, client):
        server.says(BATCH, Answer({}, after=5))
        async with session(seconds=0.2) as calls:
            found = await fault(DingTalkClient(client.settings, calls))
        assert (type(found), found.reason) == (UnansweredError, "TimeoutError")
        assert isinstance(found, UnansweredError)
        assert found.begun


async def test_one_who_is_too_late_spoils_nobody_elses_token() -> None:
    async with ding_server() as (server, client):

        async def called(*, in_time: bool) -> object:
            with late.only(lambda: in_time):
                return await client.call("POST", PATH, {})

        found = await asyncio.gather(
            called(in_time=False), called(in_time=True), return_exceptions=True
        )
        assert [type(one) for one in found] == [TooLateError, dict]
        assert len(server.calls(BATCH)) == 1


async def test_no_secret_is_ever_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with ding_server() as (server, client):
        server.says("/old/topapi/x", Answer("<html>", 502))
        told = [repr(client), repr(client.settings), str(client.settings)]
        found = await fault(client, "topapi/x", old=True)
        told.append("".join(traceback.format_exception(found)))
        server.says(TOKEN, Answer({"code": "invalidClientIdOrSecret", "message": SECRET}, 400))
        client._token = ""
        told.append("".join(traceback.format_exception(await fault(client))))
        told.append(caplog.text)
    assert [one for one in told if SECRET in one or "token-1" in one] == []


async def test_a_stream_is_opened_with_the_apps_own_name() -> None:
    path = "/new/v1.0/gateway/connections/open"
    async with ding_server() as (server, client):
        server.says(path, Answer({"endpoint": "ws://x", "ticket": "t"}))
        answer = await client.open_stream((("EVENT", "*"),))
        assert answer == {"endpoint": "ws://x", "ticket": "t"}
        assert server.calls(path) == [
            {
                "clientId": "ding1",
                "clientSecret": SECRET,
                "subscriptions": [{"type": "EVENT", "topic": "*"}],
                "ua": "nosurprise",
            }
        ]
        server.says(path, Answer({"endpoint": "ws://x"}))
        with pytest.raises(UnansweredError, match="no endpoint"):
            await client.open_stream(())
