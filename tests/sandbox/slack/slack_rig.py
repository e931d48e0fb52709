"""A workspace, its server, and a real Bolt app on it, for the tests beside this file."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackServer, Workspace

Json = dict[str, Any]
Register = Callable[[AsyncApp], None]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(action_id), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str) -> Json:
    return {"text": plain(f"choice {value}"), "value": value}


def text_input(block_id: str, *, element: Json | None = None, **more: Any) -> Json:
    inner = {"type": "plain_text_input", "action_id": "text", **(element or {})}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": inner,
        **more,
    }


def select_input(block_id: str, *values: str, **more: Any) -> Json:
    element = {
        "type": "static_select",
        "action_id": "pick",
        "options": [option(value) for value in values],
    }
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": element,
        **more,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


@asynccontextmanager
async def bot_client(workspace: Workspace) -> AsyncIterator[tuple[SlackServer, AsyncWebClient]]:
    """A running server and a client with the bot's token that never retries."""
    async with SlackServer(workspace) as server:
        yield server, client_of(server)


def client_of(server: SlackServer) -> AsyncWebClient:
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url, timeout=2)
    client.retry_handlers.clear()
    return client


@asynccontextmanager
async def bolt(workspace: Workspace, register: Register) -> AsyncIterator[SlackServer]:
    """A Bolt app in Socket Mode."""
    async with SlackServer(workspace) as server, socket_app(server, register):
        yield server


@asynccontextmanager
async def socket_app(server: SlackServer, register: Register) -> AsyncIterator[None]:
    """One more connection with an app of its own."""
    app = AsyncApp(client=client_of(server), process_before_response=True)
    register(app)
    web_client = AsyncWebClient(token=server.app_token, base_url=server.api_url)
    handler = AsyncSocketModeHandler(app, server.app_token, web_client=web_client, ping_interval=1)
    before = server.sockets.connections
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await server.workspace.until(lambda: server.sockets.connections > before)
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def http_app(server: SlackServer, register: Register) -> AsyncIterator[str]:
    """A Bolt app behind a request URL, which the server is told."""
    app = AsyncApp(
        client=client_of(server),
        signing_secret=server.signing_secret,
        process_before_response=True,
    )
    register(app)

    async def events(request: web.Request) -> web.Response:
        response = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(response)

    served = web.Application()
    served.add_routes([web.post("/slack/events", events)])
    runner = web.AppRunner(served)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    server.send_to(url)
    try:
        yield url
    finally:
        await runner.cleanup()


def quiet() -> None:
    """Keep Bolt's own complaints about a wrong bot out of the test's output."""
    logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)


async def refusal(call: Any) -> str:
    """Await a call that Slack refuses and return its error code."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])
