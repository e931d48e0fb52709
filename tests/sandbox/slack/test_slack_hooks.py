"""response_url: where answers go, how often and how long."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_rig import section

from sandbox.slack import ManualClock, Person, SlackServer, Workspace

Json = dict[str, Any]


async def answer(workspace: Workspace, path: str, sent: Json) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(workspace.base_url + path, json=sent) as response,
    ):
        return response.status, await response.text()


def shop() -> tuple[Workspace, ManualClock, Person]:
    clock = ManualClock()
    workspace = Workspace(clock=clock)
    return workspace, clock, workspace.add_user("ana")


async def test_hook_takes_five_uses() -> None:
    workspace, _, ana = shop()
    async with SlackServer(workspace):
        path = workspace.hooks.issue(workspace.dm(ana.id).id, ana.id)
        answers = [await answer(workspace, path, {"text": str(n)}) for n in range(6)]
    assert [status for status, _ in answers] == [200] * 5 + [404]
    assert "used_url" in answers[5][1]
    assert [message.text for message in ana.ephemerals] == ["0", "1", "2", "3", "4"]


async def test_hook_lives_thirty_minutes() -> None:
    workspace, clock, ana = shop()
    async with SlackServer(workspace):
        path = workspace.hooks.issue(workspace.dm(ana.id).id, ana.id)
        clock.advance(30 * 60)
        in_time = await answer(workspace, path, {"text": "x"})
        clock.advance(1)
        late = await answer(workspace, path, {"text": "x"})
    assert (in_time[0], late[0]) == (200, 404)
    assert "expired_url" in late[1]


async def test_hook_replaces_deletes_or_posts_for_all() -> None:
    workspace, _, ana = shop()
    ben = workspace.add_user("ben")
    channel = workspace.add_channel("work", members=[ana, ben])
    async with SlackServer(workspace):
        said = await ana.say("old", "#work")
        path = workspace.hooks.issue(channel.id, ana.id, said.ts)
        await answer(workspace, path, {"text": "new", "replace_original": True})
        await answer(workspace, path, {"text": "all", "response_type": "in_channel"})
        texts = [message.text for message in ben.messages("#work")]
        await answer(workspace, path, {"delete_original": "true"})
        gone = await answer(workspace, path, {"delete_original": True})
        wrong = await answer(workspace, path, {"blocks": [section("x" * 3001)]})
    assert texts == ["new", "all"]
    assert [message.text for message in ben.messages("#work")] == ["all"]
    assert (gone[0], wrong[0]) == (400, 400)
    assert "no_original" in gone[1]
    assert "invalid_blocks" in wrong[1]
