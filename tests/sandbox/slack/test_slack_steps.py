"""Workflow steps, assistant threads and external selects, with a real Bolt app."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp, AsyncAssistant
from slack_rig import actions, bolt, button, modal, option, plain, refusal

from sandbox.slack import PersonError, Workspace

Json = dict[str, Any]


async def test_step_ends_when_its_button_is_pressed_and_only_once() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    codes: list[str] = []

    def register(app: AsyncApp) -> None:
        @app.function("ask")
        async def ask(inputs: Json, say: Any) -> None:
            await say(channel=inputs["who"], text="?", blocks=[actions(button("done"))])

        @app.action("done")
        async def done(ack: Any, complete: Any, context: Any, client: Any) -> None:
            await ack()
            await complete({"answer": "yes"})
            again = client.functions_completeSuccess(
                function_execution_id=context["function_execution_id"], outputs={}
            )
            codes.append(await refusal(again))
            other = client.functions_completeError(function_execution_id="Fx", error="x")
            codes.append(await refusal(other))

    async with bolt(workspace, register):
        step = await ana.run_step("ask", {"who": ana.id})
        await workspace.until(ana.last_dm)
        before = step.outputs
        await ana.press("done")
        await workspace.until(lambda: len(codes) == 2)
    assert (before, step.outputs, step.error) == (None, {"answer": "yes"}, None)
    assert codes == ["function_execution_not_in_running_state", "function_execution_not_found"]


async def test_step_that_fails_says_why() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")

    def register(app: AsyncApp) -> None:
        @app.function("ask")
        async def ask(fail: Any) -> None:
            await fail("no time")

    async with bolt(workspace, register):
        step = await ana.run_step("ask", {})
        await workspace.until(lambda: step.error)
    assert (step.outputs, step.error) == (None, "no time")


async def test_assistant_thread_gets_prompts_title_status_and_its_channel() -> None:
    workspace = Workspace()
    workspace.app.events.add("assistant_thread_started")
    ana = workspace.add_user("ana")
    hr = workspace.add_channel("hr", members=[ana])
    assistant = AsyncAssistant()

    @assistant.thread_started
    async def started(say: Any, set_suggested_prompts: Any) -> None:
        await say("How can I help?")
        await set_suggested_prompts(prompts=["One", "Two"])

    @assistant.user_message
    async def asked(
        say: Any, set_title: Any, set_status: Any, get_thread_context: Any, payload: Json
    ) -> None:
        await set_title(payload["text"])
        await set_status("thinking")
        seen = await get_thread_context()
        await say(f"about {seen.channel_id}")

    async with bolt(workspace, lambda app: app.use(assistant) and None):
        thread = await ana.open_assistant("hr")
        await workspace.until(lambda: thread.prompts)
        await ana.say("this?", thread_ts=thread.ts)
        await workspace.until(lambda: ana.last_dm().text == f"about {hr.id}")
    assert [one["title"] for one in thread.prompts] == ["One", "Two"]
    assert (thread.title, thread.statuses) == ("this?", ["thinking"])


def _external(**more: Any) -> Json:
    element = {"type": "external_select", "action_id": "pick", **more}
    return {"type": "input", "block_id": "city", "label": plain("City"), "element": element}


async def test_external_select_offers_what_the_app_answers() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    asked: list[str] = []
    sent: list[Json] = []

    def register(app: AsyncApp) -> None:
        @app.command("/x")
        async def command(ack: Any, client: Any, body: Json) -> None:
            await client.views_open(trigger_id=body["trigger_id"], view=modal(_external()))
            await ack()

        @app.options("pick")
        async def offer(ack: Any, payload: Json) -> None:
            asked.append(payload["value"])
            names = ("berlin", "bergen") if payload["value"].startswith("ber") else ()
            await ack(options=[option(name) for name in names])

        @app.view("form")
        async def taken(ack: Any, view: Json) -> None:
            sent.append(view["state"]["values"]["city"]["pick"])
            await ack()

    async with bolt(workspace, register):
        await ana.command("/x")
        with pytest.raises(PersonError, match="no option 'ber' here; there is berlin, bergen"):
            await ana.fill({"city": "ber"})
        for wrong in ("be", "paris"):
            with pytest.raises(PersonError):
                await ana.fill({"city": wrong})
        await ana.fill({"city": "berlin"})
        assert ana.form is not None
        assert ana.form.state["city"]["pick"] == "berlin"
        assert await ana.submit() == {}
    assert asked == ["ber", "paris", "berlin"]
    assert sent == [{"type": "external_select", "selected_option": option("berlin")}]
