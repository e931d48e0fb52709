"""HTTP mode: signed requests to a real Bolt app behind a request URL."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_rig import actions, button, http_app, modal, quiet, text_input

from sandbox.slack import ManualClock, SlackServer, Workspace
from sandbox.slack.http_mode import signed

Json = dict[str, Any]


def register(app: AsyncApp) -> None:
    @app.command("/review")
    async def command(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("words")))
        await ack("opened")

    @app.view("form")
    async def sent(ack: Any) -> None:
        await ack(response_action="errors", errors={"words": "not so"})

    @app.event("message")
    async def heard(event: Json, say: Any) -> None:
        await say(text=f"echo {event['text']}", blocks=[actions(button("go"))])

    @app.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await respond(text="gone", replace_original=True)
        await ack()


async def test_commands_forms_events_and_buttons_over_http() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with SlackServer(workspace) as server, http_app(server, register):
        await ana.command("/review")
        await ana.fill({"words": "x"})
        errors = await ana.submit()
        await ana.say("hi")
        await ana.press("go")
    assert [message.text for message in ana.ephemerals] == ["opened"]
    assert errors == {"words": "not so"}
    assert (ana.last_dm().text, ana.last_dm().edits) == ("gone", 1)
    assert ana.troubles == []


async def test_signature_of_another_secret_or_of_long_ago_is_refused_by_bolt() -> None:
    quiet()
    workspace = Workspace()
    async with (
        SlackServer(workspace) as server,
        http_app(server, register) as url,
        aiohttp.ClientSession() as session,
    ):
        body = '{"type": "url_verification", "challenge": "c"}'
        good = signed(server.signing_secret, body)
        bad = signed("other", body)
        old = signed(server.signing_secret, body, timestamp=1)
        kind = {"Content-Type": "application/json"}
        answers = [
            (await session.post(url, data=body, headers=headers | kind)).status
            for headers in (good, bad, old)
        ]
    assert answers == [200, 401, 401]


async def test_event_that_failed_comes_again_with_retry_headers() -> None:
    quiet()
    workspace = Workspace(clock=ManualClock())
    ana = workspace.add_user("ana")
    headers: list[tuple[str | None, str | None]] = []
    twice = asyncio.Event()

    def failing_once(app: AsyncApp) -> None:
        @app.event("message")
        async def heard(request: Any) -> None:
            got = request.headers
            names = ("x-slack-retry-num", "x-slack-retry-reason")
            num, why = (got.get(name, [None])[0] for name in names)
            headers.append((num, why))
            if len(headers) == 1:
                raise RuntimeError("once")
            twice.set()

    async with SlackServer(workspace) as server, http_app(server, failing_once):
        await ana.say("hi")
        async with asyncio.timeout(5):
            await twice.wait()
        await workspace.settled()
    assert headers == [(None, None), ("1", "http_error")]


async def test_app_that_is_not_there_or_fails_is_a_trouble() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with SlackServer(workspace, request_url="http://127.0.0.1:9/none"):
        await ana.command("/review")
    assert ana.troubles == ["/review failed with the error 'dispatch_failed'"]
