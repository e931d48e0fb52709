"""Tokens, scopes, lists with cursors."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import pytest
from slack_rig import bot_client, refusal
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Workspace


async def test_auth_test_says_who_the_token_is() -> None:
    workspace = Workspace("Shop")
    async with bot_client(workspace) as (_, client):
        who = await client.auth_test()
    assert (who["team"], who["user_id"]) == ("Shop", workspace.app.bot_user)
    assert "chat:write" in who.headers["X-OAuth-Scopes"]


async def test_tokens_that_are_wrong_missing_of_the_wrong_kind_or_revoked() -> None:
    workspace = Workspace()
    async with bot_client(workspace) as (server, client):
        stranger = AsyncWebClient(token="xoxb-other", base_url=server.api_url)
        nobody = AsyncWebClient(base_url=server.api_url)
        codes = [
            await refusal(stranger.auth_test()),
            await refusal(nobody.api_call("auth.test")),
            await refusal(client.apps_connections_open(app_token=server.bot_token)),
            await refusal(client.auth_test(token=server.app_token)),
            await refusal(client.api_call("chat.shout")),
        ]
        workspace.app.active = False
        codes.append(await refusal(client.auth_test()))
    assert codes == [
        "invalid_auth",
        "not_authed",
        "not_allowed_token_type",
        "not_allowed_token_type",
        "unknown_method",
        "account_inactive",
    ]


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("chat:write", lambda client, dm: client.chat_postMessage(channel=dm, text="x")),
        ("users:read", lambda client, _: client.users_list(limit=10)),
        ("users:read.email", lambda client, _: client.users_lookupByEmail(email="a@example.com")),
        ("im:history", lambda client, dm: client.conversations_history(channel=dm)),
        ("im:read", lambda client, dm: client.conversations_info(channel=dm)),
        ("im:write", lambda client, _: client.conversations_open(users="U00000001")),
        ("channels:read", lambda client, _: client.conversations_list()),
        ("files:write", lambda c, _: c.files_getUploadURLExternal(filename="a", length=1)),
        ("files:read", lambda client, _: client.files_info(file="F1")),
    ],
)
async def test_missing_scope_is_named(scope: str, call: Any) -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.app.scopes.discard(scope)
    async with bot_client(workspace) as (_, client):
        asked: Coroutine[Any, Any, Any] = call(client, workspace.dm(ana.id).id)
        with pytest.raises(SlackApiError) as caught:
            await asked
    answer = caught.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"].split(",")


async def test_users_list_needs_a_limit_and_pages_to_the_end() -> None:
    workspace = Workspace()
    names = [f"user{n}" for n in range(5)]
    for name in names:
        workspace.add_user(name)
    async with bot_client(workspace) as (_, client):
        assert await refusal(client.users_list()) == "limit_required"
        assert await refusal(client.users_list(limit=1001)) == "invalid_limit"
        assert await refusal(client.users_list(limit=2, cursor="zzz")) == "invalid_cursor"
        found, cursor = [], None
        while cursor != "":
            answer = await client.users_list(limit=2, cursor=cursor)
            found += [member["name"] for member in answer["members"]]
            cursor = answer["response_metadata"]["next_cursor"]
    assert found == ["bot", *names]


async def test_users_info_tells_zone_language_and_email_only_with_its_scope() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana", locale="zh-CN", tz="Asia/Shanghai", email="ana@shop.test")
    async with bot_client(workspace) as (_, client):
        user = (await client.users_info(user=ana.id))["user"]
        workspace.app.scopes.discard("users:read.email")
        shy = (await client.users_info(user=ana.id))["user"]
        unknown = await refusal(client.users_info(user="U404"))
    assert (user["locale"], user["tz"], user["tz_offset"]) == ("zh-CN", "Asia/Shanghai", 28800)
    assert user["profile"]["email"] == "ana@shop.test"
    assert "email" not in shy["profile"]
    assert unknown == "user_not_found"


async def test_conversations_list_shows_what_the_app_may_see() -> None:
    workspace = Workspace()
    workspace.add_channel("open", with_bot=False)
    workspace.add_channel("secret", private=True, with_bot=False)
    workspace.add_channel("inner", private=True)
    workspace.add_channel("old").archived = True
    async with bot_client(workspace) as (_, client):
        answer = await client.conversations_list(
            types="public_channel,private_channel", exclude_archived=True
        )
        wrong = await refusal(client.conversations_list(types="rooms"))
    listed = [(channel["name"], channel["is_member"]) for channel in answer["channels"]]
    assert listed == [("open", False), ("inner", True)]
    assert wrong == "invalid_types"


async def test_conversations_open_refuses_nobody_strangers_and_leavers() -> None:
    workspace = Workspace()
    gone = workspace.add_user("gone")
    gone.user.deleted = True
    async with bot_client(workspace) as (_, client):
        codes = [
            await refusal(client.conversations_open(users="")),
            await refusal(client.conversations_open(users="U404")),
            await refusal(client.conversations_open(users=gone.id)),
        ]
    assert codes == ["users_list_not_supplied", "user_not_found", "user_disabled"]


async def test_several_people_are_in_one_conversation_however_often_it_is_opened() -> None:
    workspace = Workspace()
    ana, ben, cy = (workspace.add_user(name) for name in ("ana", "ben", "cy"))
    async with bot_client(workspace) as (_, client):
        first = await client.conversations_open(users=[ana.id, ben.id])
        again = await client.conversations_open(users=[ben.id, ana.id])
        other = await client.conversations_open(users=[ana.id, ben.id, cy.id])
        await client.chat_postMessage(channel=first["channel"]["id"], text="one")
        info = await client.conversations_info(channel=first["channel"]["id"])
        nine = [workspace.add_user(f"u{number}").id for number in range(9)]
        codes = [await refusal(client.conversations_open(users=nine))]
        workspace.app.scopes -= {"mpim:write"}
        codes.append(await refusal(client.conversations_open(users=[ana.id, ben.id])))
    assert again["already_open"]
    assert again["channel"] == first["channel"] != other["channel"]
    assert (info["channel"]["is_mpim"], info["channel"]["is_im"]) == (True, False)
    assert codes == ["too_many_users", "missing_scope"]
    assert [message.text for message in ana.dms()] == []
