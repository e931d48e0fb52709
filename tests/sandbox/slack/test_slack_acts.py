"""Menus in messages, mentions, the Home tab, who sees what."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_rig import actions, bolt, bot_client, button, option, refusal, section

from sandbox.slack import PersonError, Workspace

Json = dict[str, Any]

MENU = {"type": "overflow", "action_id": "more", "options": [option("edit"), option("drop")]}
SELECT = {"type": "static_select", "action_id": "grade", "options": [option("1"), option("2")]}


class Heard:
    """An app that posts menus when it is mentioned, and notes what is chosen."""

    def __init__(self) -> None:
        self.mentions: list[str] = []
        self.actions: list[Json] = []

    def __call__(self, app: AsyncApp) -> None:
        @app.event("app_mention")
        async def mentioned(event: Json, say: Any) -> None:
            self.mentions.append(event["text"])
            await say(text="choose", blocks=[actions(MENU, SELECT, block_id="row")])

        @app.action({"block_id": "row"})
        async def acted(ack: Any, body: Json) -> None:
            self.actions.append(body)
            await ack()

        @app.event("app_home_opened")
        async def home(event: Json, client: Any) -> None:
            view = {"type": "home", "blocks": [actions(button("go", value="7"), block_id="row")]}
            if "view" not in event:
                await client.views_publish(user_id=event["user"], view=view)


async def test_mention_in_a_channel_and_menus_in_its_answer() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.add_channel("work", members=[ana])
    heard = Heard()
    async with bolt(workspace, heard):
        await ana.say(f"<@{workspace.app.bot_user}> hello", "#work")
        await ana.say("not for the app", "#work")
        with pytest.raises(PersonError, match="no option 'burn'"):
            await ana.press("more", value="burn")
        await ana.press("more", value="drop")
        await ana.press("grade", value="2")
        with pytest.raises(PersonError, match="no option '3'"):
            await ana.press("grade", value="3")
    assert heard.mentions == [f"<@{workspace.app.bot_user}> hello"]
    picked = [body["actions"][0]["selected_option"] for body in heard.actions]
    assert picked == [option("drop"), option("2")]
    state = {"row": {"grade": {"type": "static_select", "selected_option": option("2")}}}
    assert heard.actions[1]["state"] == {"values": state}


async def test_button_on_the_home_tab_carries_its_view() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    async with bolt(workspace, heard):
        await ana.open_home()
        await ana.press("go")
        await ana.open_home()
    assert heard.actions[0]["view"]["type"] == "home"
    assert heard.actions[0]["actions"][0]["value"] == "7"


async def test_actions_carry_who_where_and_the_message() -> None:
    workspace = Workspace("Shop")
    ana = workspace.add_user("ana")
    channel = workspace.add_channel("work", members=[ana])
    heard = Heard()
    async with bolt(workspace, heard):
        await ana.say(f"<@{workspace.app.bot_user}>", "#work")
        await ana.press("more", value="edit")
    body = heard.actions[0]
    message = ana.messages("work")[-1]
    assert body["user"]["id"] == ana.id
    assert body["team"] == {"id": workspace.team_id, "domain": "shop"}
    assert body["channel"] == {"id": channel.id, "name": "work"}
    assert body["message"]["ts"] == body["container"]["message_ts"] == message.ts
    assert body["message"]["blocks"] == message.blocks


async def test_people_see_and_write_only_where_they_are() -> None:
    workspace = Workspace()
    ana, ben = workspace.add_user("ana"), workspace.add_user("ben")
    workspace.add_channel("open", members=[ben])
    workspace.add_channel("secret", members=[ben], private=True)
    assert ana.messages("open") == []
    with pytest.raises(PersonError, match="sees no channel secret"):
        ana.messages("secret")
    with pytest.raises(PersonError, match="can't write in open"):
        await ana.say("hi", "open")
    with pytest.raises(PersonError, match="ana has no message from the app"):
        ana.last_dm()
    with pytest.raises(PersonError, match="sees no control 'go'"):
        await ana.press("go")


async def test_command_that_the_app_does_not_have_is_not_sent() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.app.commands = {"/review"}
    with pytest.raises(PersonError, match="/other is not a valid command"):
        await ana.command("/other")
    workspace.app.scopes.discard("commands")
    with pytest.raises(PersonError, match="/review is not a valid command"):
        await ana.command("/review")


async def test_app_joins_describes_and_lists_a_channel() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    channel = workspace.add_channel("work", members=[ana], with_bot=False)
    secret = workspace.add_channel("secret", private=True, with_bot=False)
    async with bot_client(workspace) as (_, client):
        unread = await refusal(client.conversations_history(channel=channel.id))
        joined = await client.conversations_join(channel=channel.id)
        info = await client.conversations_info(channel=channel.id)
        members = await client.conversations_members(channel=channel.id)
        hidden = await refusal(client.conversations_info(channel=secret.id))
        unknown = await refusal(client.conversations_info(channel="C404"))
        channel.archived = True
        late = await refusal(client.conversations_join(channel=channel.id))
        found = await client.users_lookupByEmail(email="ANA@example.com")
        nobody = await refusal(client.users_lookupByEmail(email="x@example.com"))
    assert joined["channel"]["is_member"] is True
    assert info["channel"]["num_members"] == 2
    assert members["members"] == [ana.id, workspace.app.bot_user]
    assert found["user"]["id"] == ana.id
    assert (unread, hidden, unknown) == ("not_in_channel", "channel_not_found", "channel_not_found")
    assert (late, nobody) == ("is_archived", "users_not_found")


async def test_app_hears_its_own_channel_messages_only_where_subscribed() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.add_channel("work", members=[ana])
    said: list[tuple[str, str]] = []

    def listening(app: AsyncApp) -> None:
        @app.event("message")
        async def heard(event: Json) -> None:
            said.append((event["channel_type"], event["text"]))

    async with bolt(workspace, listening):
        await ana.say("unheard", "#work")
        workspace.app.events.add("message.channels")
        await ana.say("heard", "#work")
        await ana.say("direct")
        workspace.app.events.clear()
        await ana.say("nothing")
    assert said == [("channel", "heard"), ("im", "direct")]


async def test_markdown_text_is_a_message_of_its_own() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        await client.chat_postMessage(channel=ana.id, markdown_text="**bold**")
        both = client.chat_postMessage(channel=ana.id, markdown_text="x", text="y")
        conflict = await refusal(both)
    assert ana.last_dm().words == "**bold**"
    assert conflict == "markdown_text_conflict"


async def test_words_of_a_message_are_its_blocks_or_its_text() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        blocks = [section("one"), actions(button("two"))]
        await client.chat_postMessage(channel=ana.id, text="fallback", blocks=blocks)
        await client.chat_postMessage(channel=ana.id, text="only text")
    assert [message.words for message in ana.dms()] == ["one\ntwo", "only text"]
