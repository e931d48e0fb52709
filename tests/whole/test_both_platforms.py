"""Slack and DingTalk at once: one that is away at the start holds nobody on the other back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from place import place

from bot.config import DingTalkSettings
from sandbox.dingtalk import DingTalkServer, Organisation


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110  a chat has no event
            await asyncio.sleep(0.02)


async def test_dingtalk_being_away_holds_nobody_back_and_it_is_served_once_it_comes(
    tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.connections.GRACE", 0)
    monkeypatch.setattr("bot.matching.MATCH_EVERY", 0.2)
    monkeypatch.setattr("bot.matching.MATCH_GAP", 0.1)
    organisation = Organisation()
    organisation.add_member("Zoe", userid="zoe")
    server = DingTalkServer(organisation, port=unused_tcp_port)
    await server.start()
    settings = DingTalkSettings(
        client_id=organisation.app.key,
        client_secret=organisation.app.secret,
        robot_code=organisation.app.robot_code,
        api_url=f"{server.api_url}/",
        oapi_url=f"{server.oapi_url}/",
    )
    async with place(tmp_path, running=False, dingtalk=settings) as one:
        await server.stop()
        await one.start()
        ann, zoe = (found.employee_id for found in one.colleagues[:2])
        await one.who[ann].command("/review help")
        assert not organisation.stream.connections.open
        async with one.deps.database.begin() as tx:
            person = await tx.people.get(zoe)
            assert person is not None
            await tx.people.put_all([replace(person, dingtalk_id="zoe")])
        await server.start()
        there = organisation.person("zoe")
        await until(lambda: organisation.stream.connections.open)
        await there.say("help")
        await until(there.talk)
        await one.stop()
    await server.stop()
