"""The kit for other people's apps: a thread, Slack's place taken, synchronous apps, fixtures."""

from __future__ import annotations

import os
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackThread, Workspace
from sandbox.slack.fixtures import slack, workspace

__all__ = ["slack", "workspace"]


def _register(app: App) -> None:
    @app.command("/form")
    def command(ack: Any, client: Any, body: Any, respond: Any) -> None:
        ack()
        view = {"type": "modal", "title": {"type": "plain_text", "text": "Hi"}, "blocks": []}
        client.views_open(trigger_id=body["trigger_id"], view=view)
        respond("opened")

    @app.message("hello")
    def heard(say: Any) -> None:
        say("hello yourself")


def test_synchronous_app_made_from_the_environment_answers(
    workspace: Workspace, slack: SlackThread
) -> None:
    ana = workspace.add_user("ana")
    app = App(token=os.environ["SLACK_BOT_TOKEN"])
    _register(app)
    slack.connect(app)
    slack.do(ana.command("/form"))
    slack.until(lambda: ana.form and ana.ephemerals)
    slack.do(ana.say("hello"))
    slack.until(lambda: ana.last_dm().text == "hello yourself")
    slack.settled()
    assert ana.form is not None
    assert (ana.form.title, ana.ephemerals[-1].text, ana.troubles) == ("Hi", "opened", [])


def test_asynchronous_app_runs_in_the_same_thread(workspace: Workspace, slack: SlackThread) -> None:
    ana = workspace.add_user("ana")
    app = AsyncApp(token=os.environ["SLACK_BOT_TOKEN"])

    @app.command("/hello")
    async def command(ack: Any) -> None:
        await ack("hello")

    slack.connect(app)
    slack.do(ana.command("/hello"))
    assert ana.ephemerals[-1].text == "hello"


def test_slack_is_itself_again_after_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "mine")
    monkeypatch.delenv("SLACK_APP_TOKEN", raising=False)
    with SlackThread() as running:
        inside = [WebClient().base_url, AsyncWebClient().base_url]
        assert inside == [running.server.api_url] * 2
        assert os.environ["SLACK_BOT_TOKEN"] == running.server.bot_token
        assert WebClient(base_url="http://127.0.0.1:9/").base_url == "http://127.0.0.1:9/"
    assert [WebClient().base_url, AsyncWebClient().base_url] == ["https://slack.com/api/"] * 2
    assert (os.environ["SLACK_BOT_TOKEN"], "SLACK_APP_TOKEN" in os.environ) == ("mine", False)


def test_waiting_in_vain_ends(slack: SlackThread, workspace: Workspace) -> None:
    ana = workspace.add_user("ana")
    with pytest.raises(TimeoutError):
        slack.until(lambda: ana.last_dm().text == "never", timeout=0.05)


def test_manifest_grants_what_it_asks_for_and_nothing_else() -> None:
    app = Workspace().app
    app.install(
        {
            "features": {
                "slash_commands": [{"command": "/ask", "description": "Ask"}],
                "shortcuts": [
                    {"name": "Keep", "type": "message", "callback_id": "keep"},
                    {"name": "New", "type": "global", "callback_id": "new"},
                ],
            },
            "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
            "settings": {"event_subscriptions": {"bot_events": ["message.channels"]}},
        }
    )
    assert (app.scopes, app.events) == ({"chat:write", "commands"}, {"message.channels"})
    assert (app.commands, app.shortcuts) == ({"/ask"}, {"keep": "Keep"})
