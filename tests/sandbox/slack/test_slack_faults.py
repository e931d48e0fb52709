"""What goes wrong on order: calls, sockets, deliveries."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_rig import bolt, bot_client, modal, quiet, refusal, select_input, socket_app
from slack_sdk.errors import SlackApiError

from sandbox.slack import ManualClock, Workspace
from sandbox.slack.surfaces import accepted_view

Json = dict[str, Any]


class Log:
    """An app that writes down what it hears, and is deaf for the first `deaf` deliveries."""

    def __init__(self, *, deaf: int = 0) -> None:
        self.deaf = deaf
        self.heard: list[str] = []
        self._more = asyncio.Semaphore(0)

    async def next(self) -> None:
        """Return when one more event was heard."""
        async with asyncio.timeout(5):
            await self._more.acquire()

    def __call__(self, app: AsyncApp) -> None:
        @app.event("message")
        async def message(body: Json) -> None:
            self.heard.append(f"{body['event']['text']} {body['event_id']}")
            self._fail()

        @app.command("/note")
        async def note(ack: Any, body: Json) -> None:
            self.heard.append(f"{body['text']} {body['trigger_id']}")
            self._fail()
            await ack()

        @app.action("pick")
        async def pick(ack: Any, action: Json) -> None:
            self.heard.append(action["selected_option"]["value"])
            await ack()

    def _fail(self) -> None:
        self._more.release()
        if self.deaf:
            self.deaf -= 1
            raise RuntimeError("deaf on purpose")


async def test_rate_limit_on_order_answers_429_and_then_no_more() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.faults.rate_limit("chat.*", times=1, retry_after=7)
    async with bot_client(workspace) as (_, client):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=ana.id, text="x")
        await client.chat_postMessage(channel=ana.id, text="y")
    answer = caught.value.response
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == "7"
    assert [message.text for message in ana.dms()] == ["y"]


@pytest.mark.parametrize("body", ["<html></html>", ""])
async def test_server_error_on_order_has_no_json(body: str) -> None:
    workspace = Workspace()
    workspace.faults.server_error("auth.test", status=502, body=body)
    async with bot_client(workspace) as (server, client):
        headers = {"Authorization": f"Bearer {server.bot_token}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            response = await session.post(f"{server.api_url}auth.test")
            got = (response.status, await response.text())
        after = await client.auth_test()
    assert got == (502, body)
    assert after["ok"]


async def test_explicit_error_on_order() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.faults.error("chat.postMessage", "internal_error")
    async with bot_client(workspace) as (_, client):
        code = await refusal(client.chat_postMessage(channel=ana.id, text="x"))
    assert (code, ana.dms()) == ("internal_error", [])


@pytest.mark.parametrize("accepted", [False, True])
async def test_dropped_connection_before_or_after_the_call_took_effect(accepted: bool) -> None:  # noqa: FBT001
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.faults.drop("chat.postMessage", accepted=accepted)
    async with bot_client(workspace) as (_, client):
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel=ana.id, text="x")
    assert len(ana.dms()) == int(accepted)


@pytest.mark.parametrize("accepted", [False, True])
async def test_time_out_before_or_after_the_call_took_effect(accepted: bool) -> None:  # noqa: FBT001
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.faults.time_out("chat.postMessage", accepted=accepted)
    async with bot_client(workspace) as (_, client):
        client.timeout = 1
        with pytest.raises(TimeoutError):
            await client.chat_postMessage(channel=ana.id, text="x")
        await workspace.settled()
    assert len(ana.dms()) == int(accepted)


async def test_repeated_deliveries_have_the_same_event_and_the_same_trigger() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    log = Log()
    async with bolt(workspace, log):
        workspace.faults.repeat_all = True
        await ana.say("one")
        await ana.command("/note two")
        workspace.faults.repeat_all = False
        workspace.faults.repeat(1)
        await ana.say("three")
        await ana.say("four")
    words = [line.split()[0] for line in log.heard]
    assert words == ["one", "one", "two", "two", "three", "three", "four"]
    assert log.heard[0] == log.heard[1]
    assert log.heard[2] == log.heard[3]


async def test_held_deliveries_can_arrive_in_reverse() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    log = Log()
    async with bolt(workspace, log):
        grade = select_input("grade", "1", "2", dispatch_action=True)
        workspace.views.open(ana.id, accepted_view(modal(grade)))
        workspace.faults.hold()
        first = asyncio.create_task(ana.select("grade", "1"))
        await workspace.until(lambda: len(workspace.faults.held) == 1)
        second = asyncio.create_task(ana.select("grade", "2"))
        await workspace.until(lambda: len(workspace.faults.held) == 2)
        before = list(log.heard)
        await workspace.faults.release("last")
        await asyncio.gather(first, second)
    assert (before, log.heard) == ([], ["2", "1"])


async def test_refreshed_and_dropped_sockets_come_back_and_nothing_is_lost() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    log = Log()
    async with bolt(workspace, log) as server:
        await workspace.faults.refresh_sockets()
        await ana.say("one")
        await workspace.faults.drop_sockets()
        await ana.say("two")
        connected = server.sockets.connections
        await workspace.faults.cut_sockets()
        await ana.say("three")
    assert [line.split()[0] for line in log.heard] == ["one", "two", "three"]
    assert connected == 1


async def test_each_delivery_goes_to_one_of_several_connections() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    left, right = Log(), Log()
    async with bolt(workspace, left) as server, socket_app(server, right):
        for word in ("one", "two", "three", "four"):
            await ana.say(word)
    assert (len(left.heard), len(right.heard)) == (2, 2)


async def test_eleventh_connection_is_turned_away_and_a_ticket_works_once() -> None:
    workspace = Workspace()
    async with bot_client(workspace) as (server, _), aiohttp.ClientSession() as session:
        addresses = [
            workspace.base_url + f"/link/?ticket={server.sockets.ticket()}" for _ in range(11)
        ]
        links = [await session.ws_connect(address) for address in addresses]
        frames = [await link.receive_json() for link in links]
        again = await session.get(addresses[0])
        for link in links:
            await link.close()
    assert [frame["type"] for frame in frames] == ["hello"] * 10 + ["disconnect"]
    assert frames[9]["num_connections"] == 10
    assert frames[10]["reason"] == "too_many_websockets"
    assert again.status == 401


async def test_event_without_an_answer_is_delivered_again_at_once_and_later() -> None:
    quiet()
    clock = ManualClock()
    workspace = Workspace(clock=clock)
    ana = workspace.add_user("ana")
    log = Log(deaf=2)
    async with bolt(workspace, log):
        said = asyncio.create_task(ana.say("hello"))
        await log.next()
        clock.advance(3)
        await said
        await log.next()
        clock.advance(3)
        await clock.sleepers(1)
        clock.advance(60)
        await log.next()
        await workspace.settled()
    assert len(log.heard) == 3
    assert len(set(log.heard)) == 1


async def test_command_without_an_answer_in_time_is_a_trouble_on_the_screen() -> None:
    quiet()
    clock = ManualClock()
    workspace = Workspace(clock=clock)
    ana = workspace.add_user("ana")
    log = Log(deaf=1)
    async with bolt(workspace, log):
        unanswered = asyncio.create_task(ana.command("/note x"))
        await log.next()
        clock.advance(3)
        await unanswered
        await ana.command("/note y")
    assert ana.troubles == ["/note failed with the error 'operation_timeout'"]


async def test_shortcut_without_any_app_is_a_trouble_on_the_screen() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    await ana.shortcut("anything")
    async with bot_client(workspace):
        await ana.shortcut("anything")
    assert ana.troubles == ["dispatch_failed", "dispatch_failed"]
