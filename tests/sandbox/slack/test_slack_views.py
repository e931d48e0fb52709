"""Opening, pushing, changing and publishing views: triggers, hashes, ids."""

from __future__ import annotations

import pytest
from slack_rig import bot_client, modal, refusal, section, text_input
from slack_sdk.errors import SlackApiError

from sandbox.slack import ManualClock, Workspace


async def test_trigger_lives_three_seconds_and_once() -> None:
    clock = ManualClock()
    workspace = Workspace(clock=clock)
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        trigger = workspace.triggers.issue(ana.id)
        clock.advance(2.9)
        await client.views_open(trigger_id=trigger, view=modal())
        used = await refusal(client.views_open(trigger_id=trigger, view=modal()))
        late = workspace.triggers.issue(ana.id)
        clock.advance(3)
        codes = [
            used,
            await refusal(client.views_open(trigger_id=late, view=modal())),
            await refusal(client.views_open(trigger_id="no", view=modal())),
        ]
    assert codes == ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]


async def test_view_that_breaks_a_rule_is_refused_with_the_place_and_keeps_the_trigger() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    trigger = workspace.triggers.issue(ana.id)
    async with bot_client(workspace) as (_, client):
        with pytest.raises(SlackApiError) as caught:
            await client.views_open(trigger_id=trigger, view=modal(section("x" * 3001)))
        await client.views_open(trigger_id=trigger, view=modal(section("x" * 3000)))
        large = [section("x" * 3000) for _ in range(99)]
        again = workspace.triggers.issue(ana.id)
        too_large = await refusal(client.views_open(trigger_id=again, view=modal(*large)))
    answer = caught.value.response
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"
    ]
    assert ana.form is not None
    assert too_large == "view_too_large"


async def test_update_by_view_id_or_external_id_with_the_hash_of_the_view() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bot_client(workspace) as (_, client):
        trigger = workspace.triggers.issue(ana.id)
        view = modal(section("one"), external_id="mine")
        opened = (await client.views_open(trigger_id=trigger, view=view))["view"]
        second = modal(section("two"), external_id="mine")
        await client.views_update(view_id=opened["id"], view=second, hash=opened["hash"])
        stale = await refusal(
            client.views_update(view_id=opened["id"], view=view, hash=opened["hash"])
        )
        await client.views_update(external_id="mine", view=modal(section("three")))
        gone = await refusal(client.views_update(view_id="V404", view=view))
        shown = ana.form
        await ana.close()
        closed = await refusal(client.views_update(view_id=opened["id"], view=view))
    assert shown is not None
    assert shown.words == "three"
    assert (stale, gone, closed) == ("hash_conflict", "not_found", "not_found")


async def test_push_up_to_three_views_and_close_back_down() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    titles = []
    async with bot_client(workspace) as (_, client):
        outside = workspace.triggers.issue(ana.id)
        await client.views_open(trigger_id=outside, view=modal(section("1")))
        from_chat = workspace.triggers.issue(ana.id)
        nowhere = await refusal(client.views_push(trigger_id=from_chat, view=modal()))
        for text in ("2", "3"):
            assert ana.form is not None
            inside = workspace.triggers.issue(ana.id, ana.form.id)
            pushed = await client.views_push(trigger_id=inside, view=modal(section(text)))
        full = workspace.triggers.issue(ana.id, pushed["view"]["id"])
        limit = await refusal(client.views_push(trigger_id=full, view=modal()))
        while ana.form is not None:
            titles.append(ana.form.words)
            await ana.close()
    assert titles == ["3", "2", "1"]
    assert (nowhere, limit) == ("invalid_trigger_id", "push_limit_reached")
    assert pushed["view"]["root_view_id"] != pushed["view"]["id"]


async def test_external_id_of_another_open_view_is_refused() -> None:
    workspace = Workspace()
    ana, ben = workspace.add_user("ana"), workspace.add_user("ben")
    view = modal(external_id="same")
    async with bot_client(workspace) as (_, client):
        await client.views_open(trigger_id=workspace.triggers.issue(ana.id), view=view)
        second = client.views_open(trigger_id=workspace.triggers.issue(ben.id), view=view)
        assert await refusal(second) == "duplicate_external_id"


async def test_publish_needs_a_home_view_a_person_and_a_fresh_hash() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    home = {"type": "home", "blocks": [section("hello"), text_input("note")]}
    async with bot_client(workspace) as (_, client):
        first = (await client.views_publish(user_id=ana.id, view=home))["view"]
        await client.views_publish(user_id=ana.id, view=home, hash=first["hash"])
        stale = client.views_publish(user_id=ana.id, view=home, hash=first["hash"])
        codes = [
            await refusal(stale),
            await refusal(client.views_publish(user_id="U404", view=home)),
            await refusal(client.views_publish(user_id=ana.id, view=modal())),
        ]
    assert codes == ["hash_conflict", "user_not_found", "invalid_arguments"]
    shown = ana.home()
    assert shown is not None
    assert shown.words.startswith("hello")
