"""What goes wrong on order with calls."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from ding_rig import SEND, TOKEN, client, message

from sandbox.clock import ManualClock
from sandbox.dingtalk import Organisation


async def test_quota_and_rate_refusals_on_order_are_over_after_their_times() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana").userid
    organisation.faults.too_fast("/v1.0/robot/*")
    organisation.faults.quota_used_up(SEND)
    organisation.faults.error(SEND, "system.error", status=500)
    async with client(organisation) as bot:
        got = [await bot.say(ana) for _ in range(4)]
    assert [(status, answer.get("code")) for status, answer in got] == [
        (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"),
        (403, "Forbidden.AccessDenied.ApiCountLimitForOrg"),
        (500, "system.error"),
        (200, None),
    ]
    assert len(organisation.talk(ana).messages) == 1


async def test_flow_controlled_and_invalid_people_are_named_and_not_reached() -> None:
    organisation = Organisation()
    ana, ben, cy = (organisation.add_member(name).userid for name in ("ana", "ben", "cy"))
    organisation.faults.flow_controlled.add(ana)
    organisation.faults.flow_controlled.add(ben)
    organisation.faults.invalid.add(ben)
    async with client(organisation) as bot:
        _, answer = await bot.say(ana, ben, cy)
    assert (answer["flowControlledStaffIdList"], answer["invalidStaffIdList"]) == ([ana], [ben])
    assert [len(organisation.talk(one).messages) for one in (ana, ben, cy)] == [0, 0, 1]


@pytest.mark.parametrize("body", ["<html></html>", ""])
async def test_server_error_on_order_has_no_json(body: str) -> None:
    organisation = Organisation()
    organisation.faults.server_error(SEND, body=body)
    async with client(organisation) as bot:
        answer = await bot.session.post(bot.server.api_url + SEND, json={})
        assert (answer.status, await answer.text()) == (502, body)


async def test_errcode_on_order() -> None:
    organisation = Organisation()
    organisation.faults.errcode("/topapi/v2/*", -1)
    async with client(organisation) as bot:
        first = await bot.old("/topapi/v2/department/listsubid", {})
        second = await bot.old("/topapi/v2/department/listsubid", {})
    assert (first["errcode"], second["errcode"]) == (-1, 0)


@pytest.mark.parametrize("accepted", [False, True])
async def test_dropped_connection_before_or_after_the_call_took_effect(accepted: bool) -> None:  # noqa: FBT001
    organisation = Organisation()
    ana = organisation.add_member("ana").userid
    organisation.faults.drop(SEND, accepted=accepted)
    async with client(organisation) as bot:
        with pytest.raises(aiohttp.ClientError):
            await bot.say(ana)
    assert len(organisation.talk(ana).messages) == int(accepted)


@pytest.mark.parametrize("accepted", [False, True])
async def test_time_out_before_or_after_the_call_took_effect(accepted: bool) -> None:  # noqa: FBT001
    organisation = Organisation()
    ana = organisation.add_member("ana").userid
    organisation.faults.time_out(SEND, accepted=accepted)
    async with client(organisation) as bot:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bot.say(ana), 0.2)
        await organisation.settled()
    assert len(organisation.talk(ana).messages) == int(accepted)


async def test_slow_token_comes_when_the_time_has_passed_and_tokens_can_end_early() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana = organisation.add_member("ana").userid
    async with client(organisation) as bot:
        organisation.faults.expire_tokens()
        code = await bot.code(SEND, message(organisation, "x") | {"userIds": [ana]})
        organisation.faults.slow(TOKEN, seconds=30)
        coming = asyncio.create_task(bot.log_in())
        await clock.sleepers(1)
        early = coming.done()
        clock.advance(30)
        await coming
        status, _ = await bot.say(ana)
    assert (code, early, status) == ("InvalidAuthentication", False, 200)
