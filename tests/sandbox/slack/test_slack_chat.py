"""Posting, editing, reading back: what is taken and what is refused."""

from __future__ import annotations

from typing import Any

from slack_rig import bot_client, refusal, section

from sandbox.slack import Workspace

MARK = {"event_type": "shop_notice", "event_payload": {"delivery": "1"}}


async def test_post_to_a_user_opens_the_dm_and_answers_its_id() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        first = await client.chat_postMessage(channel=ana.id, text="one")
        second = await client.chat_postMessage(channel=first["channel"], text="two")
        opened = await client.conversations_open(users=ana.id)
    assert first["channel"].startswith("D")
    assert (second["channel"], opened["channel"]["id"]) == (first["channel"], first["channel"])
    assert [message.text for message in ana.dms()] == ["one", "two"]
    assert first["ts"] < second["ts"]


async def test_post_refuses_what_slack_refuses() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.add_channel("open", with_bot=False)
    workspace.add_channel("secret", private=True, with_bot=False)
    old = workspace.add_channel("old", members=[ana])
    old.archived = True
    long = [section("x" * 3000)] * 5
    async with bot_client(workspace) as (_, client):
        post: Any = client.chat_postMessage
        codes = [
            await refusal(post(channel="C404", text="x")),
            await refusal(post(channel="#open", text="x")),
            await refusal(post(channel="secret", text="x")),
            await refusal(post(channel=old.id, text="x")),
            await refusal(client.api_call("chat.postMessage", json={"channel": ana.id})),
            await refusal(post(channel=ana.id, text="x" * 40_001)),
            await refusal(post(channel=ana.id, text="x", blocks="{not json")),
            await refusal(post(channel=ana.id, text="x", blocks=[{"type": "section"}])),
            await refusal(post(channel=ana.id, text="x", blocks=long)),
            await refusal(post(channel=ana.id, text="x", thread_ts="1.000001")),
            await refusal(post(channel=ana.id, text="x", metadata={"event_type": "x"})),
        ]
        workspace.users[ana.id].deleted = True
        codes.append(await refusal(post(channel=ana.id, text="x")))
    assert codes == [
        "channel_not_found",
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "no_text",
        "msg_too_long",
        "invalid_blocks_format",
        "invalid_blocks",
        "msg_blocks_too_long",
        "thread_not_found",
        "invalid_metadata_format",
        "channel_not_found",
    ]
    assert ana.dms() == []


async def test_metadata_with_other_characters_is_dropped_without_a_word() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        kept = await client.chat_postMessage(channel=ana.id, text="x", metadata=MARK)
        dotted = MARK | {"event_type": "shop.notice"}
        lost = await client.chat_postMessage(channel=ana.id, text="y", metadata=dotted)
    assert kept["message"]["metadata"] == MARK
    assert "metadata" not in lost["message"]
    assert [message.metadata for message in ana.dms()] == [MARK, None]


async def test_update_replaces_blocks_and_counts_the_edit() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        sent = await client.chat_postMessage(channel=ana.id, text="a", blocks=[section("a")])
        where = {"channel": sent["channel"], "ts": sent["ts"]}
        await client.chat_update(**where, text="b", metadata=MARK)
    message = ana.last_dm()
    assert (message.text, message.blocks, message.metadata, message.edits) == ("b", [], MARK, 1)
    assert message.edited is not None


async def test_update_refuses_what_slack_refuses() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        sent = await client.chat_postMessage(channel=ana.id, text="a")
        own = await ana.say("mine")
        where = sent["channel"]
        codes = [
            await refusal(client.chat_update(channel=where, ts="1.000001", text="b")),
            await refusal(client.chat_update(channel=where, ts=own.ts, text="b")),
            await refusal(client.chat_update(channel=ana.id, ts=sent["ts"], text="b")),
            await refusal(client.chat_update(channel=where, ts=sent["ts"], text="x" * 4001)),
            await refusal(client.chat_delete(channel=where, ts=own.ts)),
        ]
    assert codes == [
        "message_not_found",
        "cant_update_message",
        "channel_not_found",
        "msg_too_long",
        "cant_delete_message",
    ]
    assert ana.last_dm().text == "a"


async def test_delete_takes_the_message_away() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        sent = await client.chat_postMessage(channel=ana.id, text="a")
        await client.chat_delete(channel=sent["channel"], ts=sent["ts"])
    assert ana.dms() == []


async def test_ephemeral_is_seen_by_one_and_is_not_in_history() -> None:
    workspace = Workspace()
    ana, ben, eve = (workspace.add_user(name) for name in ("ana", "ben", "eve"))
    channel = workspace.add_channel("work", members=[ana, ben])
    async with bot_client(workspace) as (_, client):
        await client.chat_postEphemeral(channel=channel.id, user=ana.id, text="psst")
        stranger = client.chat_postEphemeral(channel=channel.id, user=eve.id, text="psst")
        assert await refusal(stranger) == "user_not_in_channel"
        history = await client.conversations_history(channel=channel.id)
    assert history["messages"] == []
    assert [message.text for message in ana.messages("#work")] == ["psst"]
    assert ben.messages("work") == []


async def test_history_pages_newest_first_between_two_moments_with_metadata() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        sent = [
            await client.chat_postMessage(channel=ana.id, text=str(n), metadata=MARK)
            for n in range(5)
        ]
        dm = sent[0]["channel"]
        after = sent[0]["ts"]
        pages = []
        cursor = None
        while cursor != "":
            answer = await client.conversations_history(
                channel=dm, oldest=after, limit=2, cursor=cursor, include_all_metadata=True
            )
            pages.append([(m["text"], m.get("metadata")) for m in answer["messages"]])
            cursor = answer["response_metadata"]["next_cursor"] if answer["has_more"] else ""
        bare = await client.conversations_history(channel=dm, latest=sent[1]["ts"], inclusive=True)
        workspace.app.scopes.discard("metadata.message:read")
        blind = await client.conversations_history(channel=dm, include_all_metadata=True)
    assert pages == [[("4", MARK), ("3", MARK)], [("2", MARK), ("1", MARK)]]
    assert [message["text"] for message in bare["messages"]] == ["1", "0"]
    assert all("metadata" not in m for m in [*bare["messages"], *blind["messages"]])


async def test_replies_stay_in_their_thread() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        first = await client.chat_postMessage(channel=ana.id, text="board")
        dm, ts = first["channel"], first["ts"]
        await client.chat_postMessage(channel=dm, text="detail", thread_ts=ts)
        history = await client.conversations_history(channel=dm)
        replies = await client.conversations_replies(channel=dm, ts=ts)
        nowhere = client.conversations_replies(channel=dm, ts="1.000001")
        assert await refusal(nowhere) == "thread_not_found"
    assert [(m["text"], m.get("reply_count")) for m in history["messages"]] == [("board", 1)]
    assert [m["text"] for m in replies["messages"]] == ["board", "detail"]


async def test_permalink_names_team_channel_and_ts() -> None:
    workspace = Workspace("Shop")
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        sent = await client.chat_postMessage(channel=ana.id, text="x")
        dm, ts = sent["channel"], sent["ts"]
        link = await client.chat_getPermalink(channel=dm, message_ts=ts)
    wanted = f"https://shop.slack.com/archives/{dm}/p{ts.replace('.', '')}"
    assert link["permalink"] == wanted
