"""The Stream gateway: connecting, frames, answers, and telling again."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from ding_app import EVERYTHING, OPEN, StreamApp, connected, open_link
from ding_rig import client

from sandbox.clock import ManualClock
from sandbox.dingtalk import Organisation


async def test_connection_is_refused_without_the_app_s_secret_or_with_a_used_ticket() -> None:
    organisation = Organisation()
    app = organisation.app
    body = {"clientId": app.key, "clientSecret": app.secret, "subscriptions": EVERYTHING}
    async with client(organisation) as bot:
        codes = [
            await bot.code(OPEN, body | {"clientSecret": "wrong"}),
            await bot.code(OPEN, body | {"subscriptions": []}),
            await bot.code(OPEN, body | {"subscriptions": [{"type": "SONG", "topic": "*"}]}),
        ]
        _, opened = await bot.call(OPEN, body)
        address = f"{opened['endpoint']}?ticket={opened['ticket']}"
        link = await bot.session.ws_connect(address)
        with pytest.raises(WSServerHandshakeError) as caught:
            await bot.session.ws_connect(address)
        await link.close()
    assert codes == ["authFailed", "Missingsubscriptions", "invalidParameter.subscriptions"]
    assert caught.value.status == 401


async def test_event_frame_says_what_happened_and_is_over_with_its_success() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana = organisation.add_member("ana")
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        await organisation.leave(ana)
    (frame,) = app.frames
    headers = frame["headers"]
    now = str(int(clock.now().timestamp() * 1000))
    assert (frame["specVersion"], frame["type"]) == ("1.0", "EVENT")
    assert {
        name: headers[name] for name in headers if name not in {"connectionId", "messageId"}
    } == {
        "appId": organisation.app.key,
        "contentType": "application/json",
        "time": now,
        "topic": "*",
        "eventType": "user_leave_org",
        "eventId": headers["eventId"],
        "eventCorpId": organisation.corp_id,
        "eventBornTime": now,
        "eventUnifiedAppId": organisation.app.key,
    }
    assert app.told == [
        {"timeStamp": int(now), "eventId": headers["eventId"], "userId": [ana.userid]}
    ]
    assert (organisation.here(ana.userid), organisation.stream.unsettled) == (False, [])


async def test_event_without_an_answer_is_told_again_under_the_same_id() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana = organisation.add_member("ana")
    app = StreamApp(deaf=2)
    async with client(organisation) as bot, connected(bot, app):
        joining = asyncio.create_task(organisation.join(ana))
        await app.next()
        clock.advance(16)
        await joining
        await app.next()
        clock.advance(16)
        await app.next()
        await organisation.settled()
        clock.advance(100)
        await organisation.settled()
    assert len(app.frames) == 3
    assert len({frame["headers"]["messageId"] for frame in app.frames}) == 1
    assert len({frame["headers"]["eventId"] for frame in app.frames}) == 1


@pytest.mark.parametrize("answer", [{"status": "LATER"}, {"userId": ["echo"]}])
async def test_event_with_another_answer_than_success_is_told_again_later(
    answer: dict[str, Any],
) -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana = organisation.add_member("ana")
    app = StreamApp(lambda _: answer)
    async with client(organisation) as bot, connected(bot, app):
        await organisation.join(ana)
        told = []
        for _ in range(3):
            await organisation.settled()
            told.append(len(app.frames))
            clock.advance(16)
        await organisation.until(lambda: organisation.stream.given_up)
    assert (told, len(app.frames)) == ([1, 2, 3], 4)
    assert [ack.data for _, ack in organisation.stream.unsettled] == [answer] * 4


async def test_each_push_goes_to_one_of_the_connections_that_asked_for_it() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana")
    left, right, other = StreamApp(), StreamApp(), StreamApp()
    callbacks = EVERYTHING[1:]
    async with (
        client(organisation) as bot,
        connected(bot, left),
        connected(bot, right),
        connected(bot, other, callbacks),
    ):
        for _ in range(4):
            await organisation.join(ana)
    assert [len(app.frames) for app in (left, right, other)] == [2, 2, 0]


async def test_event_without_any_app_is_lost() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana")
    app = StreamApp()
    async with client(organisation) as bot:
        await organisation.join(ana)
        async with connected(bot, app, EVERYTHING[1:]):
            await organisation.join(ana)
    assert app.frames == []


async def test_ping_is_given_back_and_a_stalled_connection_gives_nothing_back() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        alive = await organisation.stream.ping("abc")
        organisation.stream.stall()
        silent = asyncio.create_task(organisation.stream.ping())
        await clock.sleepers(1)
        clock.advance(16)
        dead = await silent
    assert (alive, dead) == (True, False)
    assert [json.loads(one["data"]) for one in app.frames] == [{"opaque": "abc"}]
    assert app.frames[0]["headers"]["topic"] == "ping"


async def test_pings_come_as_often_as_wanted_until_the_connection_stalls() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock, ping_seconds=30)
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        for _ in range(2):
            await clock.sleepers(1)
            clock.advance(30)
            await app.next()
        organisation.stream.stall()
        await clock.sleepers(1)
        clock.advance(30)
        await clock.sleepers(1)
    assert [frame["headers"]["topic"] for frame in app.frames] == ["ping", "ping"]


async def test_stalled_connection_does_not_answer_a_websocket_ping() -> None:
    organisation = Organisation()
    async with client(organisation) as bot:
        link = await open_link(bot, autoping=False)
        await link.ping(b"x")
        answer = await link.receive(timeout=5)
        organisation.stream.stall()
        await link.ping(b"y")
        with pytest.raises(TimeoutError):
            await link.receive(timeout=0.1)
        await link.close()
    assert (answer.type, answer.data) == (WSMsgType.PONG, b"x")


async def test_stalled_connection_takes_what_is_told_and_it_is_told_again_elsewhere() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana = organisation.add_member("ana")
    silent, alive = StreamApp(), StreamApp()
    async with client(organisation) as bot, connected(bot, silent):
        organisation.stream.stall()
        async with connected(bot, alive):
            joining = asyncio.create_task(organisation.join(ana))
            await clock.sleepers(1)
            clock.advance(16)
            await joining
            await alive.next()
            await organisation.settled()
    assert (len(silent.frames), len(alive.told)) == (0, 1)


async def test_disconnect_sends_nothing_more_there_and_closes_in_ten_seconds() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana = organisation.add_member("ana")
    old, new = StreamApp(), StreamApp()
    async with client(organisation) as bot, connected(bot, old):
        await organisation.stream.disconnect()
        await old.next()
        async with connected(bot, new):
            await organisation.join(ana)
            await clock.sleepers(1)
            clock.advance(9)
            await organisation.settled()
            before = len(organisation.stream.connections.every)
            clock.advance(1)
            await organisation.until(lambda: len(organisation.stream.connections.every) == 1)
    assert [frame["headers"]["topic"] for frame in old.frames] == ["disconnect"]
    assert (before, len(new.told)) == (2, 1)


@pytest.mark.parametrize("way", ["drop", "cut"])
async def test_push_waits_for_the_next_connection_when_all_were_lost(way: str) -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana")
    app = StreamApp()
    async with client(organisation) as bot:
        link = await open_link(bot)
        await organisation.until(lambda: organisation.stream.connections.open)
        await getattr(organisation.stream.connections, way)()
        joining = asyncio.create_task(organisation.join(ana))
        async with connected(bot, app):
            await joining
        await link.close()
    assert len(app.told) == 1
