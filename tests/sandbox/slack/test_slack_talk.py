"""A real Bolt app over Socket Mode: commands, forms, buttons, answers."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_rig import actions, bolt, button, modal, plain, section, text_input

from sandbox.slack import PersonError, Workspace

Json = dict[str, Any]


def register(app: AsyncApp) -> None:
    @app.command("/review")
    async def command(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("words")))
        await ack(f"you wrote {body['text']}")

    @app.view("form")
    async def sent(ack: Any, body: Json, view: Json, client: Any) -> None:
        words = view["state"]["values"]["words"]["text"]["value"]
        if words == "bad":
            await ack(response_action="errors", errors={"words": "not so"})
            return
        await ack()
        rows = [section("*Ben*"), actions(button("rate", value="1"))]
        rows += [section("*Cy*"), actions(button("rate", value="2"))]
        await client.chat_postMessage(channel=body["user"]["id"], text=words, blocks=rows)

    @app.action("rate")
    async def rate(ack: Any, body: Json, action: Json, respond: Any, client: Any) -> None:
        await client.chat_update(
            channel=body["channel"]["id"],
            ts=body["container"]["message_ts"],
            text=f"rated {action['value']}",
        )
        await respond("thanks")
        await ack()

    @app.event("message")
    async def heard(event: Json, say: Any) -> None:
        await say(f"echo {event['text']}")

    @app.event("app_home_opened")
    async def home(event: Json, client: Any) -> None:
        view = {"type": "home", "blocks": [section("welcome")]}
        await client.views_publish(user_id=event["user"], view=view)

    @app.shortcut("keep")
    async def keep(ack: Any, shortcut: Json, respond: Any) -> None:
        await ack()
        await respond(f"kept {shortcut['message']['text']}")


async def test_command_opens_a_form_and_answers_privately() -> None:
    workspace = Workspace("Shop")
    ana = workspace.add_user("ana")
    async with bolt(workspace, register):
        await ana.command("/review status")
        form = ana.form
    assert form is not None
    assert (form.title, form.callback_id) == ("Form", "form")
    assert [message.text for message in ana.ephemerals] == ["you wrote status"]
    assert ana.troubles == []


async def test_form_shows_errors_then_closes_when_corrected() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bolt(workspace, register):
        await ana.command("/review")
        await ana.fill({"words": "bad"})
        refused = await ana.submit()
        still_open = ana.form
        await ana.fill({"words": "good"})
        taken = await ana.submit()
        await workspace.settled()
    assert refused == {"words": "not so"}
    assert still_open is not None
    assert (taken, ana.form) == ({}, None)
    assert ana.last_dm().text == "good"


async def test_press_finds_the_button_under_the_row_that_was_named() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bolt(workspace, register):
        await ana.command("/review")
        await ana.fill({"words": "hello"})
        await ana.submit()
        await workspace.settled()
        with pytest.raises(PersonError, match="2 controls 'rate' fit"):
            await ana.press("rate")
        await ana.press("rate", near="Cy")
    message = ana.last_dm()
    assert (message.text, message.blocks, message.edits) == ("rated 2", [], 1)
    assert ana.ephemerals[-1].text == "thanks"


async def test_press_finds_the_button_by_its_value() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bolt(workspace, register):
        await ana.command("/review")
        await ana.fill({"words": "hello"})
        await ana.submit()
        await workspace.settled()
        await ana.press("rate", value="1")
    assert ana.last_dm().text == "rated 1"


async def test_say_reaches_the_app_and_its_answer_does_not_reach_itself() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bolt(workspace, register):
        await ana.say("hi")
        await workspace.settled()
    assert [message.text for message in ana.dms()] == ["hi", "echo hi"]


async def test_opening_home_shows_what_the_app_publishes() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bolt(workspace, register):
        assert ana.home() is None
        await ana.open_home()
        home = ana.home()
    assert home is not None
    assert home.words == "welcome"


async def test_message_shortcut_carries_the_message() -> None:
    workspace = Workspace()
    ana, ben = workspace.add_user("ana"), workspace.add_user("ben")
    workspace.add_channel("work", members=[ana, ben])
    async with bolt(workspace, register):
        said = await ben.say("shipped", "#work")
        await ana.shortcut("keep", said)
        await workspace.settled()
    assert [message.text for message in ana.ephemerals] == ["kept shipped"]


async def test_declining_the_confirmation_sends_nothing() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    pressed: list[str] = []
    ask = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes")}
    ask["deny"] = plain("No")

    def with_confirm(app: AsyncApp) -> None:
        @app.event("message")
        async def heard(say: Any) -> None:
            await say(text="ask", blocks=[actions(button("go", confirm=ask))])

        @app.action("go")
        async def go(ack: Any) -> None:
            pressed.append("go")
            await ack()

    async with bolt(workspace, with_confirm):
        await ana.say("hi")
        await workspace.until(lambda: len(ana.dms()) == 2)
        await ana.press("go", confirm=False)
        before = list(pressed)
        await ana.press("go")
    assert (before, pressed) == ([], ["go"])
