"""The robot's messages to people and groups, and the webhook robot."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ding_rig import GROUP, SEND, Client, client, message

from sandbox.clock import ManualClock
from sandbox.dingtalk import Organisation
from sandbox.dingtalk.calls.webhook import signature


async def test_batch_send_reaches_each_person_once_and_names_strangers() -> None:
    organisation = Organisation()
    ana, ben, gone = (organisation.add_member(name) for name in ("ana", "ben", "gone"))
    gone.left = True
    async with client(organisation) as bot:
        status, answer = await bot.say(ana.userid, ben.userid, ana.userid, gone.userid, "nobody")
    assert status == 200
    assert answer.pop("processQueryKey")
    assert answer == {
        "invalidStaffIdList": [gone.userid, "nobody"],
        "flowControlledStaffIdList": [],
    }
    talks = [organisation.talk(one.userid) for one in (ana, ben)]
    assert [[one.words for one in talk.messages] for talk in talks] == [["hello"], ["hello"]]


def _keyed(key: str, **param: Any) -> dict[str, Any]:
    return {"msgKey": key, "msgParam": json.dumps(param)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"robotCode": "other"}, "invalidParameter.robotCode.invalid"),
        ({"robotCode": None}, "MissingrobotCode"),
        ({"userIds": []}, "MissinguserIds"),
        ({"userIds": [str(n) for n in range(21)]}, "invalidParameter.userIds.invalid"),
        ({"userIds": "ana"}, "invalidParameter.userIds.invalid"),
        ({"msgKey": "sampleSong"}, "invalidParameter.msgKey.invalid"),
        ({"msgParam": {"content": "x"}}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": "no json"}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": "[]"}, "invalidParameter.msgParam.invalid"),
        (_keyed("sampleMarkdown", text="x"), "invalidParameter.msgParam.invalid"),
        (_keyed("sampleText", content=1), "invalidParameter.msgParam.invalid"),
    ],
)
async def test_batch_send_refuses(change: dict[str, Any], code: str) -> None:
    organisation = Organisation()
    body = message(organisation, "x") | {"userIds": ["nobody"]} | change
    async with client(organisation) as bot:
        assert await bot.code(SEND, body) == code


async def test_action_card_needs_each_of_its_buttons_and_shows_their_links() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana").userid
    card = {
        "title": "T",
        "text": "words",
        "actionTitle1": "Yes",
        "actionURL1": "https://example.com/yes",
        "actionTitle2": "No",
        "actionURL2": "https://example.com/no",
    }
    body = message(organisation, "") | {"userIds": [ana]}
    async with client(organisation) as bot:
        code = await bot.code(SEND, body | _keyed("sampleActionCard3", **card))
        status, _ = await bot.call(SEND, body | _keyed("sampleActionCard2", **card))
    assert (code, status) == ("invalidParameter.msgParam.invalid", 200)
    (sent,) = organisation.talk(ana).messages
    assert sent.words == "T\nwords"
    assert sent.links() == [("Yes", "https://example.com/yes"), ("No", "https://example.com/no")]


async def test_group_send_reaches_a_group_with_the_robot_up_to_15000_bytes() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana").userid
    group, bare = organisation.add_group("HR", [ana]), organisation.add_group("x", [], robot=False)
    talk = organisation.talk(ana)

    def body(conversation: str, text: str = "hi") -> dict[str, Any]:
        return message(organisation, text) | {"openConversationId": conversation}

    async with client(organisation) as bot:
        longest = "x" * (15_000 - len('{"content": ""}'))
        status, answer = await bot.call(GROUP, body(group.id, longest))
        codes = [
            await bot.code(GROUP, body(group.id, longest + "x")),
            await bot.code(GROUP, body(bare.id)),
            await bot.code(GROUP, body(talk.id)),
            await bot.code(GROUP, body("cidnone")),
        ]
    assert (status, list(answer)) == (200, ["processQueryKey"])
    assert [one.words for one in group.messages] == [longest]
    assert codes == [
        "invalidParameter.msgParam.tooLong",
        "invalidParameter.robotCode.notExsit",
        "invalid.openConversationId",
        "invalid.openConversationId",
    ]


async def _hook(bot: Client, clock: ManualClock, *, late: int = 0, **change: str) -> int:
    app = bot.server.organisation.app
    stamp = str(int(clock.now().timestamp() * 1000) + late)
    sign = signature(app.webhook_secret, stamp)
    query = {"access_token": app.webhook_token, "timestamp": stamp, "sign": sign} | change
    body = {"msgtype": "text", "text": {"content": "hello"}}
    url = f"{bot.server.oapi_url}/robot/send"
    async with bot.session.post(url, params=query, json=body) as answer:
        return int((await answer.json())["errcode"])


async def test_webhook_robot_checks_token_time_and_signature() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    group = organisation.add_group("HR", [])
    async with client(organisation) as bot:
        none = await _hook(bot, clock)
        organisation.webhook.group = group
        got = [
            await _hook(bot, clock),
            await _hook(bot, clock, late=3_600_000),
            await _hook(bot, clock, late=3_600_001),
            await _hook(bot, clock, sign="wrong"),
            await _hook(bot, clock, access_token="wrong"),
        ]
    assert (none, got) == (300005, [0, 0, 310000, 310000, 300005])
    assert [one.words for one in group.messages] == ["hello", "hello"]


async def test_webhook_robot_over_20_a_minute_is_blocked_for_ten() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock, a_second=None)
    organisation.webhook.group = organisation.add_group("HR", [])
    async with client(organisation) as bot:
        first = [await _hook(bot, clock) for _ in range(21)]
        clock.advance(599)
        blocked = await _hook(bot, clock)
        clock.advance(1)
        later = await _hook(bot, clock)
    assert first == [0] * 20 + [130101]
    assert (blocked, later, organisation.quota.used) == (130101, 0, 0)


async def test_what_one_call_sent_is_taken_back_from_all_whom_it_reached() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana, bo = (organisation.add_member(one, userid=one).userid for one in ("ana", "bo"))
    group = organisation.add_group("HR", [ana])
    code = organisation.app.robot_code
    async with client(organisation) as bot:
        _, sent = await bot.say(ana, bo, text="of Ann")
        await bot.say(ana, text="of Bo")
        body = message(organisation, "of Ann") | {"openConversationId": group.id}
        _, shown = await bot.call(GROUP, body)
        key, shown_key = sent["processQueryKey"], shown["processQueryKey"]
        taken = {"robotCode": code, "processQueryKeys": [key, "none"]}
        _, answer = await bot.call("/v1.0/robot/otoMessages/batchRecall", taken)
        assert (answer["successResult"], list(answer["failedResult"])) == ([key], ["none"])
        assert [one.words for one in organisation.talk(ana).messages] == ["", "of Bo"]
        assert [one.words for one in organisation.talk(bo).messages] == [""]
        taken = {
            "robotCode": code,
            "openConversationId": group.id,
            "processQueryKeys": [shown_key],
        }
        clock.advance(24 * 3600)
        await bot.log_in()
        _, answer = await bot.call("/v1.0/robot/groupMessages/recall", taken)
        assert (answer["successResult"], list(answer["failedResult"])) == ([], [shown_key])
        assert group.messages[0].words == "of Ann"
