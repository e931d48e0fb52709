"""The token, and what calls cost."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from ding_rig import CREATE, SEND, TOKEN, client, message

from sandbox.clock import ManualClock
from sandbox.dingtalk import Organisation


async def test_token_is_the_same_until_it_is_nearly_over_and_then_another() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana = organisation.add_member("ana").userid
    async with client(organisation) as bot:
        first = bot.token
        clock.advance(5_000)
        await bot.log_in()
        same = bot.token
        clock.advance(1_000)
        await bot.log_in()
        other = bot.token
        still = await bot.say(ana)
        bot.token = first
        clock.advance(1_200)
        status, answer = await bot.call(SEND, message(organisation, "x") | {"userIds": [ana]})
        old = await bot.old("/topapi/v2/user/get", {"userid": ana})
    assert (first == same, first == other, still[0]) == (True, False, 200)
    assert (status, answer["code"]) == (400, "InvalidAuthentication")
    assert answer["message"] == "不合法的access_token"
    assert old["errcode"] == 40014


async def test_token_is_refused_for_a_wrong_secret() -> None:
    organisation = Organisation()
    async with client(organisation) as bot:
        body = {"appKey": organisation.app.key, "appSecret": "wrong"}
        assert await bot.code(TOKEN, body) == "invalidClientIdOrSecret"
        assert await bot.code(TOKEN, {"appKey": organisation.app.key}) == "MissingappSecret"


async def test_calls_over_a_second_s_limit_are_refused_each_interface_for_itself() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock, a_second=2)
    ana = organisation.add_member("ana").userid
    async with client(organisation) as bot:
        statuses = [(await bot.say(ana))[0] for _ in range(3)]
        code = await bot.code(SEND, message(organisation, "x") | {"userIds": [ana]})
        other = await bot.code(CREATE, {})
        clock.advance(1)
        later, _ = await bot.say(ana)
    assert statuses == [200, 200, 403]
    assert code == "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
    assert (other, later) == ("param.cardTemplateIdEmpty", 200)


async def test_calls_over_the_month_s_number_are_refused_until_the_next_but_contacts_are_free() -> (
    None
):
    clock = ManualClock(datetime(2026, 1, 31, 15, 59, tzinfo=UTC))
    organisation = Organisation(clock=clock, monthly=2)
    people = [organisation.add_member(name).userid for name in ("ana", "ben")]
    async with client(organisation) as bot:
        await bot.say(*people)
        await bot.say(people[0])
        used = organisation.quota.used
        code = await bot.code(SEND, message(organisation, "x") | {"userIds": people})
        await bot.log_in()
        contact = await bot.old("/topapi/v2/user/get", {"userid": people[0]})
        clock.advance(60)
        february, _ = await bot.say(people[0])
    assert (used, code) == (2, "Forbidden.AccessDenied.ApiCountLimitForOrg")
    assert (contact["errcode"], february, organisation.quota.used) == (0, 200, 1)
    assert len(organisation.talk(people[0]).messages) == 3


async def test_old_call_over_the_limit_says_so_in_a_sub_code() -> None:
    organisation = Organisation(a_second=1, clock=ManualClock())
    async with client(organisation) as bot:
        got = [await bot.old("/topapi/v2/department/listsubid", {}) for _ in range(2)]
    assert [one["errcode"] for one in got] == [0, 88]
    assert got[1]["sub_code"] == "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
    assert (
        got[1]["errmsg"]
        == f"ding talk error[subcode={got[1]['sub_code']},submsg={got[1]['sub_msg']}]"
    )


async def test_calls_are_on_record_with_their_arguments() -> None:
    organisation = Organisation()
    async with client(organisation) as bot:
        await bot.say("nobody")
        path, args = bot.server.calls[-1]
    assert (path, json.loads(args["msgParam"])) == (SEND, {"content": "hello"})
