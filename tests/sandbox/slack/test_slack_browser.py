"""What the page in the browser asks for and does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_rig import actions, bolt, button, modal, section, select_input, text_input
from yarl import URL

from sandbox.slack import Person, Workspace

Json = dict[str, Any]


def register(app: AsyncApp) -> None:
    @app.command("/review")
    async def command(ack: Any, body: Json, client: Any) -> None:
        view = modal(text_input("words"), select_input("grade", "1", "2", dispatch_action=True))
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @app.action("pick")
    async def pick(ack: Any, body: Json, action: Json, client: Any) -> None:
        text = f"picked {action['selected_option']['value']}"
        await client.chat_postMessage(channel=body["user"]["id"], text=text)
        await ack()

    @app.view("form")
    async def sent(ack: Any, body: Json, view: Json, client: Any) -> None:
        words = view["state"]["values"]["words"]["text"]["value"]
        if words == "bad":
            await ack(response_action="errors", errors={"words": "not so"})
            return
        blocks = [section(words), actions(button("go", value="7"))]
        await client.chat_postMessage(channel=body["user"]["id"], text=words, blocks=blocks)
        await ack()

    @app.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await respond(text="gone", replace_original=True)
        await ack()

    @app.message_shortcut("keep")
    async def keep(ack: Any, shortcut: Json, client: Any) -> None:
        text = f"kept {shortcut['message']['text']}"
        await client.chat_postMessage(channel=shortcut["user"]["id"], text=text)
        await ack()

    @app.event("message")
    async def heard() -> None:
        """Take no notice."""

    @app.event("app_home_opened")
    async def home(event: Json, client: Any) -> None:
        view = {"type": "home", "blocks": [section("welcome")]}
        await client.views_publish(user_id=event["user"], view=view)


class Page:
    """A page that acts as one person."""

    def __init__(self, session: aiohttp.ClientSession, person: Person) -> None:
        self.session, self.person = session, person

    async def get(self, what: str, **query: str) -> Json:
        params = {"as": self.person.id, **query}
        async with self.session.get(f"/ui/{what}", params=params) as response:
            answer: Json = await response.json()
            return answer

    async def post(self, what: str, **body: Any) -> Json:
        sent = {"as": self.person.id, **body}
        async with self.session.post(f"/ui/{what}", json=sent) as response:
            answer: Json = await response.json()
            return answer


@asynccontextmanager
async def page_of(workspace: Workspace, person: Person) -> AsyncIterator[Page]:
    async with (
        bolt(workspace, register) as server,
        aiohttp.ClientSession(server.url) as session,
    ):
        yield Page(session, person)


async def test_state_shows_people_conversations_and_what_waits() -> None:
    workspace = Workspace("Shop")
    ana = workspace.add_user("ana", real_name="Ana", title="Buyer", locale="zh-CN")
    hr = workspace.add_channel("hr", members=[ana])
    other = workspace.add_channel("other")
    async with page_of(workspace, ana) as page:
        dm = workspace.dm(ana.id)
        await page.post("say", channel=dm.id, text="/review")
        state = await page.get("state")
    assert other.id not in [one["id"] for one in state["conversations"]]
    assert state["conversations"] == [
        {"id": dm.id, "name": "bot", "kind": "dm", "unread": 0},
        {"id": hr.id, "name": "hr", "kind": "channel", "unread": 0},
    ]
    assert state["me"] == {
        "id": ana.id,
        "name": "ana",
        "real_name": "Ana",
        "title": "Buyer",
        "locale": "zh-CN",
        "tz": "UTC",
        "waiting": 1,
    }
    assert (state["team"], state["users"]) == ("Shop", [state["me"]])
    assert state["view"]["values"] == {"words": {"text": None}, "grade": {"pick": None}}


async def test_form_is_typed_into_refused_corrected_and_sent() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with page_of(workspace, ana) as page:
        opened = await page.post("say", channel=workspace.dm(ana.id).id, text="/review")
        view_id = opened["view"]["id"]
        typed = await page.post(
            "input", view_id=view_id, block_id="words", action_id="text", value="b", dispatch=False
        )
        missing = await page.post("submit", view_id=view_id, state={})
        picked = await page.post(
            "input", view_id=view_id, block_id="grade", action_id="pick", value="2"
        )
        bad = await page.post("submit", view_id=view_id, state={"words": {"text": "bad"}})
        good = await page.post("submit", view_id=view_id, state={"words": {"text": "good"}})
        late = await page.post("submit", view_id=view_id, state={})
    assert typed["view"]["values"]["words"] == {"text": "b"}
    assert missing["errors"] == {"grade": "Please complete this required field."}
    assert (missing["ok"], picked["ok"]) == (False, True)
    assert (bad["ok"], bad["errors"], bad["view"]["errors"]) == (
        True,
        {"words": "not so"},
        {"words": "not so"},
    )
    assert good == {"ok": True}
    assert late == {"ok": False, "error": "that form is no longer open"}
    assert [message.text for message in ana.dms()] == ["picked 2", "good"]


async def test_press_in_a_message_changes_it_and_reading_it_leaves_nothing_unread() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with page_of(workspace, ana) as page:
        dm = workspace.dm(ana.id).id
        opened = await page.post("say", channel=dm, text="/review")
        state = {"words": {"text": "row"}, "grade": {"pick": "1"}}
        await page.post("submit", view_id=opened["view"]["id"], state=state)
        unread = (await page.get("state"))["me"]["waiting"]
        shown = (await page.get("messages", channel=dm))["messages"][-1]
        spot = {"block_id": shown["blocks"][1]["block_id"], "action_id": "go"}
        pressed = await page.post("press", channel=dm, ts=shown["ts"], value="7", **spot)
        again = await page.post("press", channel=dm, ts=shown["ts"], value="7", **spot)
        edited = (await page.get("messages", channel=dm))["messages"][-1]
        await page.post("read", channel=dm, upto="1")
        unseen = (await page.get("state"))["me"]["waiting"]
        await page.post("read", channel=dm, upto=shown["ts"])
        read = (await page.get("state"))["me"]["waiting"]
    assert pressed == {"ok": True}
    assert again["ok"] is False
    assert (edited["text"], edited["edited"], edited["replies"]) == ("gone", True, 0)
    assert (unread, unseen, read) == (1, 1, 0)


async def test_closing_and_the_home_tab() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with page_of(workspace, ana) as page:
        opened = await page.post("say", channel=workspace.dm(ana.id).id, text="/review")
        closed = await page.post("close", view_id=opened["view"]["id"])
        home = await page.get("home")
    assert closed == {"ok": True}
    assert home["view"]["blocks"][0]["text"]["text"] == "welcome"


async def test_live_tells_of_changes_that_the_person_may_see() -> None:
    workspace = Workspace()
    ana, ben = workspace.add_user("ana"), workspace.add_user("ben")
    async with page_of(workspace, ana) as page:
        dm = workspace.dm(ana.id).id
        workspace.dm(ben.id)
        async with page.session.ws_connect(f"/ui/live?as={ana.id}") as live:
            await ben.say("not for ana")
            await page.post("say", channel=dm, text="hello")
            await page.post("say", channel=dm, text="/review")
            frames = [await live.receive_json(timeout=5) for _ in range(2)]
    assert frames == [
        {"type": "changed", "what": "messages", "channel": dm},
        {"type": "changed", "what": "view"},
    ]


async def test_trouble_and_strangers_are_said() -> None:
    workspace = Workspace()
    ana, ben = workspace.add_user("ana"), workspace.add_user("ben")
    secret = workspace.add_channel("secret", members=[ben])
    async with page_of(workspace, ana) as page:
        workspace.app.commands = {"/review"}
        unknown = await page.post("say", channel=workspace.dm(ana.id).id, text="/nothing")
        outside = await page.session.get(f"/ui/messages?as={ana.id}&channel={secret.id}")
        nobody = await page.session.get("/ui/state?as=U404")
        escape = await page.session.get(
            URL(f"{workspace.base_url}/pages/%2e%2e/slack/server.py", encoded=True)
        )
    assert unknown == {"ok": False, "error": "/nothing is not a valid command"}
    assert (outside.status, nobody.status, escape.status) == (404, 404, 404)


async def test_a_shortcut_of_the_apps_own_is_used_on_a_message_that_is_seen() -> None:
    workspace = Workspace("Shop")
    workspace.app.shortcuts = {"keep": "Keep it"}
    ana, ben = workspace.add_user("ana"), workspace.add_user("ben")
    room = workspace.add_channel("room", members=[ana, ben])
    async with page_of(workspace, ana) as page:
        said = await ben.say("well done", channel="#room")
        told = await page.get("state")
        assert told["shortcuts"] == [{"id": "keep", "name": "Keep it"}]
        where = {"channel": room.id, "ts": said.ts}
        assert (await page.post("shortcut", id="keep", **where))["ok"]
        assert ana.last_dm().text == "kept well done"
        for wrong in (
            {"id": "of_another", **where},
            {"id": "keep", **where, "ts": "1.1"},
        ):
            answer = await page.post("shortcut", **wrong)
            assert not answer["ok"]
