"""What DingTalk tells of the organisation: neutral events, acknowledged once they are kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from ding_chat import listening

from bot.platforms.dingtalk import listen
from bot.platforms.dingtalk.organisation import Told, told
from handlers.answers import Answer, Done
from handlers.events import Account, Altered, Event, Joined, Left
from sandbox.dingtalk import Organisation
from sandbox.dingtalk.stream import event

BORN = 1_795_762_800_000
ANA, BO = Account("dingtalk", "ana"), Account("dingtalk", "bo")


def frame(kind: str, **data: object) -> Told:
    return Told(id="e1", kind=kind, born=BORN, data=data)


def test_each_person_of_an_event_is_an_event_of_their_own() -> None:
    assert told(frame("user_add_org", userId=["ana", "bo"])) == (
        Joined(who=ANA, identity="event:e1:ana"),
        Joined(who=BO, identity="event:e1:bo"),
    )
    at = datetime.fromtimestamp(BORN / 1000, UTC)
    assert told(frame("user_leave_org", UserId="ana")) == (
        Left(who=ANA, at=at, identity="event:e1:ana"),
    )
    assert told(frame("user_modify_org", userId=["ana"])) == (
        Altered(who=ANA, identity="event:e1:ana"),
    )


def test_departments_are_one_event_and_others_are_none() -> None:
    whole = Altered(who=Account("dingtalk", ""), identity="event:e1")
    for kind in ("org_dept_create", "org_dept_modify", "org_dept_remove"):
        assert told(frame(kind, deptId=[1, 2])) == (whole,)
    assert told(frame("label_user_change", userId=["ana"])) == ()
    assert told(frame("user_add_org")) == ()


async def test_joins_and_leaves_come_in_by_the_stream_and_are_acknowledged() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana", userid="ana")
    async with listening(organisation) as (heard, _, _server):
        await organisation.join(ana)
        await organisation.leave(ana)
        assert [type(one) for one in heard.events] == [Joined, Left]
        assert organisation.stream.unsettled == []


async def test_what_is_not_kept_comes_anew() -> None:
    organisation = Organisation(redeliver_seconds=0.05)
    ana = organisation.add_member("ana", userid="ana")
    failing, again = [True], asyncio.Event()

    def answer(_: Event) -> Answer:
        if failing:
            failing.clear()
            raise ValueError
        again.set()
        return Done()

    async with listening(organisation, answer) as (heard, _, _server):
        await organisation.join(ana)
        await asyncio.wait_for(again.wait(), 5)
        await organisation.settled()
        assert len(heard.events) == 2
        assert [ack.data for _, ack in organisation.stream.unsettled] == [{"status": "LATER"}]
        assert organisation.stream.given_up == []


async def test_what_takes_too_long_is_to_come_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listen, "ANSWER_WITHIN", 0.02)
    organisation = Organisation(redeliver_seconds=0.2)
    ana = organisation.add_member("ana", userid="ana")
    async with listening(organisation) as (heard, _, _server):
        heard.gate.clear()
        await organisation.join(ana)
        assert [ack.data for _, ack in organisation.stream.unsettled] == [{"status": "LATER"}]
        heard.gate.set()
        await organisation.settled()
        assert len(heard.events) == 1


async def test_an_event_of_another_kind_is_acknowledged_and_nothing_is_done() -> None:
    organisation = Organisation()
    async with listening(organisation) as (heard, _, _server):
        await organisation.stream.push(event(organisation, "label_conf_add", {"labelIdList": []}))
        assert (heard.events, organisation.stream.unsettled) == ([], [])
