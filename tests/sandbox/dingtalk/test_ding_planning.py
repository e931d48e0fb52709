"""Calendars and to-do lists."""

from __future__ import annotations

from typing import Any

import pytest
from ding_rig import client

from sandbox.dingtalk import Organisation

Json = dict[str, Any]
EVENT: Json = {
    "summary": "Interview",
    "start": {"dateTime": "2026-11-30T10:00:00+08:00", "timeZone": "Asia/Shanghai"},
    "end": {"dateTime": "2026-11-30T11:00:00+08:00", "timeZone": "Asia/Shanghai"},
}
TASK: Json = {
    "subject": "Review",
    "sourceId": "cycle/7",
    "detailUrl": {"pcUrl": "https://example.com"},
}


def _events(union: str) -> str:
    return f"/v1.0/calendar/users/{union}/calendars/primary/events"


def _tasks(union: str) -> str:
    return f"/v1.0/todo/users/{union}/tasks"


async def test_event_is_made_once_for_a_client_token_and_each_person() -> None:
    organisation = Organisation()
    ana, ben = (organisation.add_member(name) for name in ("ana", "ben"))
    path = _events(ana.unionid)
    async with client(organisation) as bot:
        first = await bot.call(path, EVENT, client_token="one")
        again = await bot.call(path, EVENT | {"summary": "x"}, client_token="one")
        other = await bot.call(path, EVENT, client_token="two")
        bens = await bot.call(_events(ben.unionid), EVENT, client_token="one")
        paths = [made for made, _ in bot.server.calls[1:3]]
    assert first == again == (200, {"id": organisation.entries[0].id} | EVENT)
    assert len({one["id"] for _, one in (first, other, bens)}) == 3
    kept = [(one.kind, one.userid) for one in organisation.entries]
    assert kept == [("event", ana.userid), ("event", ana.userid), ("event", ben.userid)]
    assert (paths, organisation.quota.used) == ([path, path], 4)


async def test_task_is_made_once_for_a_source() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana")
    async with client(organisation) as bot:
        await bot.call(_events(ana.unionid), EVENT, client_token="cycle/7")
        first, again = [await bot.call(_tasks(ana.unionid), TASK) for _ in range(2)]
        other = await bot.call(_tasks(ana.unionid), TASK | {"sourceId": "cycle/8"})
    assert (first == again, len(organisation.entries), other[0]) == (True, 3, 200)


async def test_entries_are_changed_and_taken_away_by_whoever_has_them() -> None:
    organisation = Organisation()
    ana, ben = (organisation.add_member(name) for name in ("ana", "ben"))
    later = {"start": EVENT["end"], "end": EVENT["end"] | {"dateTime": "2026-11-30T12:00:00+08:00"}}
    async with client(organisation) as bot:
        _, event = await bot.call(_events(ana.unionid), EVENT)
        _, task = await bot.call(_tasks(ana.unionid), TASK)
        path, name = f"{_events(ana.unionid)}/{event['id']}", {"id": event["id"]}
        moved = await bot.call(path, name | later, verb="PUT")
        done = await bot.call(f"{_tasks(ana.unionid)}/{task['id']}", {"done": True}, verb="PUT")
        assert (moved, done) == ((200, event | later), (200, {"result": True}))
        wrong = name | {"end": EVENT["start"]}
        codes = [
            await bot.code(path, wrong, verb="PUT"),
            await bot.code(path, EVENT | {"id": "x"}, verb="PUT"),
            await bot.code(f"{_events(ben.unionid)}/{event['id']}", name, verb="PUT"),
            await bot.code(f"{_tasks(ana.unionid)}/{event['id']}", {}, verb="DELETE"),
        ]
        first, last = organisation.entries
        assert (first.body, last.body) == (name | EVENT | later, TASK | {"done": True})
        await bot.call(path, {}, verb="DELETE")
        await bot.call(f"{_tasks(ana.unionid)}/{task['id']}", {}, verb="DELETE")
    missing = ["eventNotFound", "taskNotFound"]
    assert codes == ["invalidParameter.end", "invalidParameter.id", *missing]
    assert organisation.entries == []


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (_events, EVENT | {"summary": ""}, "Missingsummary"),
        (_events, EVENT | {"start": EVENT["end"]}, "invalidParameter.end"),
        (_events, EVENT | {"start": {"dateTime": "soon"}}, "invalidParameter.start"),
        (_events, EVENT | {"end": {"dateTime": "2026-11-30T11:00"}}, "invalidParameter.end"),
        (_events, EVENT | {"summary": "长" * 2049}, "invalidParameter.summary"),
        (_tasks, TASK | {"subject": None}, "Missingsubject"),
        (_tasks, TASK | {"subject": "长" * 1025}, "invalidParameter.subject"),
        (_tasks, TASK | {"detailUrl": None}, "MissingdetailUrl"),
        (_tasks, TASK | {"detailUrl": {"x": "y"}}, "InvaliddetailUrl"),
    ],
)
async def test_plan_is_refused(path: Any, body: Json, code: str) -> None:
    organisation = Organisation()
    ana, gone = (organisation.add_member(name) for name in ("ana", "gone"))
    gone.left = True
    async with client(organisation) as bot:
        assert await bot.code(path(ana.unionid), body) == code
        assert await bot.code(path(gone.unionid), EVENT | TASK) == "invalidParameter.unionId"
        assert await bot.code(path("nobody"), EVENT | TASK) == "invalidParameter.unionId"
    assert organisation.entries == []
