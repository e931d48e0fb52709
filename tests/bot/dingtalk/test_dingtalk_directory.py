"""Who is in the organisation: every department, every page, each person once."""

from __future__ import annotations

import pytest
from ding_chat import settings_of

from bot.platforms.dingtalk import directory
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.directory import DingTalkDirectory
from bot.platforms.dingtalk.faults import DingTalkRefusedError, DingTalkUnreachableError
from handlers.ports import Member
from sandbox.dingtalk import DingTalkServer, Organisation


async def members(server: DingTalkServer) -> tuple[Member, ...]:
    async with session() as calls:
        return await DingTalkDirectory(DingTalkClient(settings_of(server), calls)).members()


async def test_everybody_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "PAGE", 2)
    organisation = Organisation(a_second=None)
    shop = organisation.add_department("Shop")
    desk = organisation.add_department("Desk", parent=shop.id)
    for number in range(5):
        organisation.add_member(f"p{number}", userid=f"p{number}", email=f"p{number}@x.test")
    organisation.add_member("ann", userid="ann", departments=[shop.id, desk.id])
    organisation.add_member("bo", userid="bo", departments=[desk.id])
    async with DingTalkServer(organisation) as server:
        found = await members(server)
    wanted = [Member(f"p{number}", f"p{number}@x.test") for number in range(5)]
    assert sorted(found, key=lambda one: one.id) == [
        Member("ann", None),
        Member("bo", None),
        *wanted,
    ]


async def test_calls_that_come_too_fast_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "A_WHILE", 0.01)
    organisation = Organisation()
    organisation.add_member("ann", userid="ann")
    organisation.faults.too_fast("/topapi/*", times=3)
    async with DingTalkServer(organisation) as server:
        assert await members(server) == (Member("ann", None),)
        organisation.faults.too_fast("/topapi/*", times=9)
        with pytest.raises(DingTalkUnreachableError):
            await members(server)


async def test_a_directory_that_is_refused_is_a_fault() -> None:
    organisation = Organisation()
    organisation.faults.errcode("/topapi/v2/department/listsub", 60011)
    async with DingTalkServer(organisation) as server:
        with pytest.raises(DingTalkRefusedError):
            await members(server)
