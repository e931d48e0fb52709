"""Reactions, people's edits, coming and going, channels an app makes: calls and events."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_rig import bolt, bot_client, refusal

from sandbox.slack import PersonError, Workspace

Json = dict[str, Any]


def place() -> tuple[Workspace, Any, str]:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    return workspace, ana, workspace.add_channel("hr", members=[ana]).id


async def test_app_hears_of_reactions_edits_and_members_it_subscribed_to() -> None:
    workspace, ana, channel = place()
    ben = workspace.add_user("ben")
    workspace.app.events |= {"reaction_added", "reaction_removed", "message.channels"}
    workspace.app.events |= {"member_joined_channel", "member_left_channel"}
    heard: list[Json] = []

    def register(app: AsyncApp) -> None:
        async def note(event: Json) -> None:
            heard.append(event)

        for kind in ("reaction_added", "reaction_removed", "member_joined_channel"):
            app.event(kind)(note)
        app.event("member_left_channel")(note)
        app.event({"type": "message", "subtype": "message_changed"})(note)
        app.event({"type": "message", "subtype": "message_deleted"})(note)
        app.event({"type": "message", "subtype": None})(note)

    async with bolt(workspace, register):
        said = await ana.say("one", "hr")
        await ana.react(said, "eyes")
        await ana.react(said, "eyes")
        await workspace.settled()
        await ana.edit(said, "two")
        await ana.delete(said)
        await ben.join("hr")
        await ben.join("hr")
        await ben.leave("hr")
        await workspace.settled()
    told = [(one["type"], one.get("subtype"), one.get("user")) for one in heard]
    assert told == [
        ("message", None, ana.id),
        ("reaction_added", None, ana.id),
        ("reaction_removed", None, ana.id),
        ("message", "message_changed", None),
        ("message", "message_deleted", None),
        ("member_joined_channel", None, ben.id),
        ("member_left_channel", None, ben.id),
    ]
    item = {"type": "message", "channel": channel, "ts": said.ts}
    assert (heard[1]["reaction"], heard[1]["item"]) == ("eyes", item)
    assert (heard[3]["message"]["text"], heard[3]["previous_message"]["text"]) == ("two", "one")
    assert heard[4]["previous_message"]["text"] == "two"
    assert ana.messages("hr") == []


async def test_app_hears_of_nothing_it_did_not_subscribe_to() -> None:
    workspace, ana, _ = place()
    async with bolt(workspace, lambda _: None):
        said = await ana.say("one", "hr")
        await ana.react(said, "eyes")
        await ana.edit(said, "two")
        await workspace.settled()
    assert (said.text, said.edits, said.reactions) == ("two", 1, {"eyes": [ana.id]})


async def test_nobody_edits_another_persons_words() -> None:
    workspace, ana, _ = place()
    ben = workspace.add_user("ben")
    said = await ana.say("one", "hr")
    with pytest.raises(PersonError):
        await ben.edit(said, "two")
    with pytest.raises(PersonError):
        await ben.delete(said)


async def test_app_reacts_once_and_takes_it_back_once() -> None:
    workspace, ana, channel = place()
    said = await ana.say("one", "hr")
    what = {"channel": channel, "timestamp": said.ts, "name": "eyes"}
    async with bot_client(workspace) as (_, client):
        await client.reactions_add(**what)
        twice = await refusal(client.reactions_add(**what))
        shown = (await client.reactions_get(channel=channel, timestamp=said.ts))["message"]
        await client.reactions_remove(**what)
        gone = await refusal(client.reactions_remove(**what))
        nowhere = await refusal(client.reactions_add(channel="C9", timestamp="1", name="eyes"))
    bot = workspace.app.bot_user
    assert shown["reactions"] == [{"name": "eyes", "users": [bot], "count": 1}]
    assert (twice, gone, nowhere) == ("already_reacted", "no_reaction", "channel_not_found")


async def test_channel_is_made_filled_named_and_closed() -> None:
    workspace, ana, hr = place()
    async with bot_client(workspace) as (_, client):
        made = (await client.conversations_create(name="news"))["channel"]["id"]
        taken = await refusal(client.conversations_create(name="news"))
        wrong = await refusal(client.conversations_create(name="No Such Name"))
        await client.conversations_invite(channel=made, users=[ana.id])
        again = await refusal(client.conversations_invite(channel=made, users=[ana.id]))
        await client.conversations_setTopic(channel=made, topic="All of it")
        await client.conversations_rename(channel=made, name="old-news")
        listed = await client.users_conversations(user=ana.id)
        await client.conversations_kick(channel=made, user=ana.id)
        await client.conversations_archive(channel=made)
        closed = await refusal(client.chat_postMessage(channel=made, text="late"))
        await client.conversations_leave(channel=hr)
        left = await client.conversations_leave(channel=hr)
    channel = workspace.channels[made]
    assert (channel.name, channel.topic, channel.archived) == ("old-news", "All of it", True)
    assert channel.members == [workspace.app.bot_user]
    assert [one["id"] for one in listed["channels"]] == [hr, made]
    assert (taken, wrong, again) == ("name_taken", "invalid_name", "already_in_channel")
    assert (closed, left["not_in_channel"]) == ("is_archived", True)


async def test_channel_needs_the_scope_to_be_changed() -> None:
    workspace, _, hr = place()
    workspace.app.scopes.discard("channels:manage")
    async with bot_client(workspace) as (_, client):
        made = await refusal(client.conversations_create(name="news"))
        topic = await refusal(client.conversations_setTopic(channel=hr, topic="x"))
        workspace.app.scopes.add("channels:write.topic")
        await client.conversations_setTopic(channel=hr, topic="x")
    assert (made, topic) == ("missing_scope", "missing_scope")
