"""Bots that do it wrong fail here, and the same bots done right do not."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_rig import bolt, bot_client, modal, quiet, section, text_input
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import ManualClock, Workspace
from sandbox.slack.surfaces import accepted_view
from sandbox.slack.values import plain_values

Json = dict[str, Any]


@pytest.mark.parametrize(("seconds", "opens"), [(2, True), (4, False)])
async def test_bot_that_thinks_longer_than_the_trigger_lives(seconds: int, opens: bool) -> None:  # noqa: FBT001
    quiet()
    clock = ManualClock()
    workspace = Workspace(clock=clock)
    ana = workspace.add_user("ana")
    errors: list[str] = []

    def slow(app: AsyncApp) -> None:
        @app.command("/form")
        async def form(ack: Any, body: Json, client: Any) -> None:
            await ack()
            clock.advance(seconds)
            try:
                await client.views_open(trigger_id=body["trigger_id"], view=modal(section("x")))
            except SlackApiError as error:
                errors.append(error.response["error"])

    async with bolt(workspace, slow):
        await ana.command("/form")
        await workspace.settled()
    assert (ana.form is not None) == opens
    assert errors == ([] if opens else ["expired_trigger_id"])


async def read_all_at_once(client: AsyncWebClient) -> int:
    return len((await client.users_list())["members"])


async def read_first_page_only(client: AsyncWebClient) -> int:
    return len((await client.users_list(limit=100))["members"])


async def read_every_page(client: AsyncWebClient) -> int:
    return sum([len(page["members"]) async for page in await client.users_list(limit=100)])


@pytest.mark.parametrize(
    ("read", "found"),
    [(read_all_at_once, "limit_required"), (read_first_page_only, 100), (read_every_page, 251)],
)
async def test_bot_that_reads_the_directory(
    read: Callable[[AsyncWebClient], Awaitable[int]], found: object
) -> None:
    workspace = Workspace()
    for number in range(250):
        workspace.add_user(f"user{number}")
    async with bot_client(workspace) as (_, client):
        try:
            got: object = await read(client)
        except SlackApiError as error:
            got = error.response["error"]
    assert got == found


@pytest.mark.parametrize(("rows", "shown"), [(50, 50), (51, 0)])
async def test_bot_that_posts_a_long_list_in_one_message(rows: int, shown: int) -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    blocks = [section(f"row {number}") for number in range(rows)]
    async with bot_client(workspace) as (_, client):
        try:
            await client.chat_postMessage(channel=ana.id, text="list", blocks=blocks)
        except SlackApiError as error:
            assert error.response["error"] == "invalid_blocks"  # noqa: PT017
    assert sum(len(message.blocks) for message in ana.dms()) == shown


@pytest.mark.parametrize(("with_hash", "left"), [(False, "late"), (True, "early")])
async def test_bot_whose_redraws_overtake_each_other(with_hash: bool, left: str) -> None:  # noqa: FBT001
    workspace = Workspace()
    ana = workspace.add_user("ana")
    view = workspace.views.open(ana.id, accepted_view(modal(section("first"))))
    seen = view.hash
    async with bot_client(workspace) as (_, client):
        await client.views_update(view_id=view.id, view=modal(section("early")), hash=seen)
        try:
            await client.views_update(
                view_id=view.id, view=modal(section("late")), hash=seen if with_hash else None
            )
        except SlackApiError as error:
            assert error.response["error"] == "hash_conflict"  # noqa: PT017
    assert view.words == left


@pytest.mark.parametrize(("block_id", "shown"), [("words", "typed"), ("words#1", "filled in")])
async def test_bot_that_fills_in_a_field_somebody_typed_into(block_id: str, shown: str) -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    view = workspace.views.open(ana.id, accepted_view(modal(text_input("words"))))
    await ana.fill({"words": "typed"})
    redrawn = modal(text_input(block_id, element={"initial_value": "filled in"}))
    async with bot_client(workspace) as (_, client):
        await client.views_update(view_id=view.id, view=redrawn)
    assert plain_values(view.values) == {block_id: {"text": shown}}


async def post_again(client: AsyncWebClient, user: str, event_type: str) -> None:
    """Retry an unclear failure blindly, as the SDK does by default."""
    client.retry_handlers.append(AsyncConnectionErrorRetryHandler(max_retry_count=1))
    mark = {"event_type": event_type, "event_payload": {"delivery": "7"}}
    await client.chat_postMessage(channel=user, text="x", metadata=mark)


async def look_back(client: AsyncWebClient, user: str, event_type: str) -> None:
    """Look for one's own delivery id before posting again."""
    mark = {"event_type": event_type, "event_payload": {"delivery": "7"}}
    dm = (await client.conversations_open(users=user))["channel"]["id"]
    try:
        await client.chat_postMessage(channel=dm, text="x", metadata=mark)
    except aiohttp.ClientError:
        history = await client.conversations_history(channel=dm, include_all_metadata=True)
        if not any(message.get("metadata") == mark for message in history["messages"]):
            await client.chat_postMessage(channel=dm, text="x", metadata=mark)


@pytest.mark.parametrize(
    ("post", "event_type", "messages"),
    [(post_again, "notice", 2), (look_back, "shop.notice", 2), (look_back, "shop_notice", 1)],
)
async def test_bot_whose_post_was_taken_but_whose_reply_was_lost(
    post: Callable[[AsyncWebClient, str, str], Awaitable[None]], event_type: str, messages: int
) -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.faults.lose_reply("chat.postMessage")
    async with bot_client(workspace) as (_, client):
        await post(client, ana.id, event_type)
    assert len(ana.dms()) == messages


@pytest.mark.parametrize(("dedupe", "counted"), [(False, 2), (True, 1)])
async def test_bot_that_counts_what_is_delivered_twice(dedupe: bool, counted: int) -> None:  # noqa: FBT001
    workspace = Workspace()
    ana = workspace.add_user("ana")
    seen: set[str] = set()
    orders: list[str] = []

    def shop(app: AsyncApp) -> None:
        @app.command("/order")
        async def order(ack: Any, body: Json) -> None:
            if not (dedupe and body["trigger_id"] in seen):
                orders.append(body["text"])
            seen.add(body["trigger_id"])
            await ack()

    async with bolt(workspace, shop):
        workspace.faults.repeat()
        await ana.command("/order tea")
    assert len(orders) == counted


async def test_bot_that_sends_what_sdk_models_let_pass() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    fields = {"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2001}]}
    loud = section("x", colour="red")
    codes = []
    async with bot_client(workspace) as (_, client):
        for block in (fields, loud, {"type": "banner"}):
            with pytest.raises(SlackApiError) as caught:
                await client.chat_postMessage(channel=ana.id, text="x", blocks=json.dumps([block]))
            codes.append(caught.value.response["errors"][0].partition(" [")[0])
    assert codes == [
        "must be less than 2001 characters",
        "invalid additional property: colour",
        "unsupported type: banner",
    ]
