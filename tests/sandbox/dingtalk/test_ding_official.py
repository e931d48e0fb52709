"""DingTalk's own client (alibabacloud-dingtalk) on the local server reads what it answers."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from ding_rig import CREATE, GROUP, SEND, TOKEN, UPDATE, card, message
from official_calls import Json, official
from Tea.exceptions import TeaException

from sandbox.dingtalk import DingTalkServer, Organisation, Template
from sandbox.dingtalk.calls import ENDPOINTS
from sandbox.dingtalk.calls.call import Endpoint
from sandbox.dingtalk.calls.dispatch import Made

EVENTS = "/v1.0/calendar/users/{}/calendars/primary/events"
TASKS = "/v1.0/todo/users/{}/tasks"
RECALL, RECALL_GROUP = "/v1.0/robot/otoMessages/batchRecall", "/v1.0/robot/groupMessages/recall"
EVENT = {
    "summary": "Interview",
    "start": {"dateTime": "2026-10-12T10:00:00+08:00", "timeZone": "Asia/Shanghai"},
    "end": {"dateTime": "2026-10-12T11:00:00+08:00", "timeZone": "Asia/Shanghai"},
}
TASK = {
    "sourceId": "a1",
    "subject": "Write it down",
    "detailUrl": {"appUrl": "https://example.com", "pcUrl": "https://example.com"},
    "dueTime": 1_790_000_000_000,
}


class Client:
    """Makes calls by the official client; its answers come back in its own types."""

    def __init__(self, server: DingTalkServer) -> None:
        self.server, self.token = server, ""

    async def call(self, path: str, args: Json, verb: str = "POST", **more: str) -> Any:
        headers = {"x-acs-dingtalk-access-token": self.token}
        headers |= {f"x-{name}".replace("_", "-"): value for name, value in more.items()}
        made = Made(verb, path, args, {}, headers)
        endpoint = self.server.api_url.removeprefix("http://")
        return await asyncio.to_thread(official(made).make, made, endpoint)

    async def log_in(self) -> Any:
        app = self.server.organisation.app
        answer = await self.call(TOKEN, {"appKey": app.key, "appSecret": app.secret})
        self.token = answer.access_token
        return answer


async def test_it_logs_in_and_sends_to_people_and_groups() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana").userid
    group = organisation.add_group("HR", [ana])
    hello = message(organisation, "你好")
    async with DingTalkServer(organisation) as server:
        client = Client(server)
        assert (await client.log_in()).expire_in == 7200
        organisation.faults.flow_controlled.add("bo")
        organisation.add_member("bo", userid="bo")
        sent = await client.call(SEND, hello | {"userIds": [ana, "bo", "nobody"]})
        posted = await client.call(GROUP, hello | {"openConversationId": group.id})
    assert sent.process_query_key
    assert posted.process_query_key
    assert sent.invalid_staff_id_list == ["nobody"]
    assert sent.flow_controlled_staff_id_list == ["bo"]
    assert organisation.person(ana).last().words == "你好"
    assert group.messages[-1].param == {"content": "你好"}


async def test_it_delivers_a_card_and_changes_it() -> None:
    organisation = Organisation()
    organisation.add_template(Template("plain"))
    ana = organisation.person(organisation.add_member("ana").userid)
    async with DingTalkServer(organisation) as server:
        client = Client(server)
        await client.log_in()
        made = await client.call(CREATE, card(organisation, ana.id, "one", title="T", note="N"))
        change = {
            "outTrackId": "one",
            "cardData": {"cardParamMap": {"title": "T2"}},
            "cardUpdateOptions": {"updateCardDataByKey": True},
        }
        changed = await client.call(UPDATE, change, "PUT")
    assert (made.success, made.result.deliver_results[0].success) == (True, True)
    assert made.result.out_track_id == "one"
    assert (changed.success, ana.card()) == (True, {"title": "T2", "note": "N"})


async def test_it_writes_into_a_calendar_and_a_list_of_to_dos_once() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana")
    async with DingTalkServer(organisation) as server:
        client = Client(server)
        await client.log_in()
        where = EVENTS.format(ana.unionid)
        events = [await client.call(where, EVENT, client_token="t1") for _ in range(2)]
        tasks = [await client.call(TASKS.format(ana.unionid), TASK) for _ in range(2)]
    assert events[0].id == events[1].id
    assert events[0].start.date_time == "2026-10-12T10:00:00+08:00"
    assert tasks[0].id == tasks[1].id
    assert (tasks[0].subject, tasks[0].due_time) == ("Write it down", 1_790_000_000_000)
    assert [one.kind for one in organisation.entries] == ["event", "task"]


async def test_it_changes_what_stands_in_a_calendar_and_a_list_and_takes_it_out() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana")
    async with DingTalkServer(organisation) as server:
        client = Client(server)
        await client.log_in()
        events, tasks = EVENTS.format(ana.unionid), TASKS.format(ana.unionid)
        event = (await client.call(events, EVENT)).id
        task = (await client.call(tasks, TASK)).id
        moved = await client.call(
            f"{events}/{event}", EVENT | {"id": event, "summary": "Moved"}, "PUT"
        )
        done = await client.call(f"{tasks}/{task}", {"done": True}, "PUT")
        assert (moved.summary, done.result) == ("Moved", True)
        assert [one.body.get("done") for one in organisation.entries] == [None, True]
        await client.call(f"{events}/{event}", {}, "DELETE")
        assert (await client.call(f"{tasks}/{task}", {}, "DELETE")).result
    assert organisation.entries == []


async def test_it_takes_messages_back() -> None:
    organisation = Organisation()
    ana = organisation.person(organisation.add_member("ana").userid)
    group = organisation.add_group("HR", [ana.id])
    hello = message(organisation, "你好")
    async with DingTalkServer(organisation) as server:
        client = Client(server)
        await client.log_in()
        sent = (await client.call(SEND, hello | {"userIds": [ana.id]})).process_query_key
        told = (
            await client.call(GROUP, hello | {"openConversationId": group.id})
        ).process_query_key
        robot = {"robotCode": organisation.app.robot_code}
        both = [
            await client.call(RECALL, robot | {"processQueryKeys": [sent]}),
            await client.call(
                RECALL_GROUP,
                robot | {"processQueryKeys": [told], "openConversationId": group.id},
            ),
        ]
    assert [one.success_result for one in both] == [[sent], [told]]
    assert [one.recalled for one in (ana.talk()[0], group.messages[0])] == [True, True]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("used_up", "Forbidden.AccessDenied.ApiCountLimitForOrg"),
        ("too_fast", "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"),
        ("token", "InvalidAuthentication"),
    ],
)
async def test_it_reads_why_a_call_is_refused(fault: str, code: str) -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana").userid
    async with DingTalkServer(organisation) as server:
        client = Client(server)
        await client.log_in()
        match fault:
            case "used_up":
                organisation.faults.quota_used_up()
            case "too_fast":
                organisation.faults.too_fast(SEND)
            case _:
                organisation.faults.expire_tokens()
        with pytest.raises(TeaException) as refused:
            await client.call(SEND, message(organisation, "hello") | {"userIds": [ana]})
    assert refused.value.code == code


@pytest.mark.parametrize(
    "one", [one for one in ENDPOINTS if not one.old], ids=lambda one: f"{one.verb} {one.path}"
)
def test_each_new_call_of_the_local_server_is_one_of_dingtalks(one: Endpoint) -> None:
    path = re.sub(r"\{\w+\}", "x", one.path)
    assert official(Made(one.verb, path, {}, {}, {})).verb == one.verb
