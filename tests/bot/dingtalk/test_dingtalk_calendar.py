"""Times in people's DingTalk calendars: each once, moved and taken out where it stands."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from ding_planner import AT, DATE, TASK, planner
from official_calls import filled, lost, official, typed

from handlers.ports import (
    NotDrawnError,
    NotSent,
    Outcome,
    Removed,
    Sent,
    TooLateError,
    Unknown,
)
from prompts.card import Card, Paragraph, Span

EVENTS = "/v1.0/calendar/*"
USER = "/topapi/v2/user/get"
BOTH = ("talk", "todo")
DENIED = "Forbidden.AccessDenied.AccessTokenPermissionDenied"
MOVED = replace(
    DATE, sequence=2, begins=AT + timedelta(days=1), ends=AT + timedelta(days=1, hours=1)
)


async def test_a_time_is_in_the_calendar_by_the_persons_own_clock() -> None:
    async with planner() as ana:
        outcome = await ana.keep(DATE)
        (entry,) = ana.organisation.entries
        path = f"/v1.0/calendar/users/{ana.union}/calendars/primary/events"
        assert (outcome, ana.paths) == (Sent(ana.union, f"event:{entry.id}"), [USER, path])
        assert (entry.userid, entry.body) == (
            "ana",
            {
                "summary": "Review talk: Ana and Mia",
                "start": {"dateTime": "2026-10-14T10:00:00+08:00", "timeZone": "Asia/Shanghai"},
                "end": {"dateTime": "2026-10-14T11:00:00+08:00", "timeZone": "Asia/Shanghai"},
                "isAllDay": False,
                "reminders": [{"method": "dingtalk", "minutes": 15}],
            },
        )


async def test_a_time_whose_call_had_no_answer_is_there_once() -> None:
    async with planner() as ana:
        ana.organisation.faults.drop(EVENTS, accepted=True)
        parcel = ana.parcel(DATE)
        payload = await ana.messenger.draw(Card("", (DATE,)), parcel)
        assert isinstance(await ana.messenger.send(parcel, payload), Unknown)
        assert await ana.messenger.look_back(parcel, AT) is None
        assert isinstance(await ana.messenger.send(parcel, payload), Sent)
        assert len(ana.bodies) == 1


async def test_a_moved_time_moves_the_entry_and_one_that_fell_through_takes_it_out() -> None:
    async with planner() as ana:
        first = await ana.keep(DATE)
        assert await ana.keep(MOVED) == first
        (body,) = ana.bodies
        assert body["start"]["dateTime"] == "2026-10-15T10:00:00+08:00"
        assert (await ana.keep(replace(MOVED, off=True)), ana.bodies) == (Removed(), [])
        again = await ana.keep(replace(MOVED, sequence=3))
        assert (isinstance(again, Sent), len(ana.bodies), ana.paths.count(USER)) == (True, 1, 1)


async def test_an_entry_that_the_person_took_out_is_made_anew_or_stays_out() -> None:
    async with planner() as ana:
        stood = await ana.keep(DATE)
        ana.organisation.entries.clear()
        assert await ana.keep(MOVED) == NotSent("eventNotFound", gone=True)
        assert isinstance(stood, Sent)
        ana.stands = stood
        assert await ana.keep(replace(MOVED, off=True)) == Removed()


async def test_a_message_that_is_blanked_takes_the_entry_out() -> None:
    async with planner() as ana:
        await ana.keep(DATE)
        unsaid = Paragraph((Span("taken back"),))
        assert (await ana.keep(unsaid, kind="unsaid", entry=False), ana.bodies) == (Removed(), [])


async def test_a_right_that_is_missing_is_named_once_and_holds_nothing_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refused = NotSent("no right: Calendar.Event.Write", final=True)
    async with planner() as ana:
        ana.organisation.faults.error(EVENTS, DENIED, status=403)
        with caplog.at_level(logging.WARNING):
            assert [await ana.keep(DATE), await ana.keep(DATE)] == [refused, refused]
        assert len([path for path in ana.paths if "calendar" in path]) == 1
        (record,) = caplog.records
        assert "lacks the right Calendar.Event.Write" in record.getMessage()
        assert isinstance(await ana.keep(TASK), Sent)


async def test_rights_that_are_missing_can_be_found_out_without_writing() -> None:
    async with planner() as ana:
        entries = ana.messenger.entries
        assert await entries.lacking("ana", BOTH) == ()
        ana.organisation.faults.error("/v1.0/todo/*", DENIED, status=403)
        assert await entries.lacking("ana", BOTH) == ("Todo.Todo.Write",)
        ana.organisation.faults.error("/v1.0/*", DENIED, status=403, times=2)
        assert await entries.lacking("ana", BOTH) == ("Calendar.Event.Write", "Todo.Todo.Write")
        with pytest.raises(NotDrawnError):
            await entries.lacking("bo", BOTH)
        ana.organisation.faults.error("/v1.0/todo/*", DENIED, status=403)
        assert await entries.lacking("ana", ["interview"]) == ()
        assert ana.bodies == []


@pytest.mark.parametrize(
    ("order", "outcome"),
    [
        (("too_fast", {}), NotSent("QpsLimit", retry_after=2.0)),
        (("quota_used_up", {}), NotSent("ApiCountLimit", retry_after=3600.0)),
        (("error", {"code": "badTime"}), NotSent("badTime", final=True)),
        (("server_error", {}), Unknown("HTTP 502, no answer of DingTalk's")),
    ],
)
async def test_each_answer_of_the_calendar_is_told_apart(
    order: tuple[str, dict[str, Any]], outcome: Outcome
) -> None:
    async with planner() as ana:
        name, given = order
        getattr(ana.organisation.faults, name)(EVENTS, **given)
        found = await ana.keep(DATE)
        if isinstance(found, NotSent):
            found = replace(found, reason=found.reason.split(".")[-1].split("For")[0])
        assert (found, ana.bodies) == (outcome, [])


async def test_somebody_whom_the_app_does_not_see_gets_no_entry() -> None:
    async with planner() as ana:
        with pytest.raises(NotDrawnError) as refused:
            await ana.keep(DATE, to="bo")
        assert refused.value.outcome == NotSent("60121", final=True)
        ana.organisation.faults.server_error(USER)
        with pytest.raises(NotDrawnError) as refused:
            await ana.keep(DATE)
        assert refused.value.outcome.retry_after == 15.0


async def test_what_does_not_take_place_is_not_written_first() -> None:
    async with planner() as ana:
        with pytest.raises(NotDrawnError):
            await ana.keep(replace(DATE, off=True))
        with pytest.raises(TooLateError):
            await ana.keep(DATE, in_time=lambda: False)
        assert ana.bodies == []


async def test_dingtalks_own_types_know_each_call_and_all_that_is_said() -> None:
    async with planner() as ana:
        for part in (DATE, MOVED, replace(MOVED, off=True)):
            await ana.keep(part)
        for task in (TASK, replace(TASK, done=True), replace(TASK, off=True)):
            await ana.keep(task)
        made = [one for one in typed(ana.server.made) if "oauth2" not in one.path]
    assert [one.verb for one in made] == ["POST", "PUT", "DELETE"] * 2
    assert [lost(one) for one in made] == [{}] * 6


async def test_dingtalks_own_client_makes_the_same_calls() -> None:
    async with planner() as ana:
        for part in (DATE, MOVED):
            await ana.keep(part)
        ana.stands = None
        for task in (TASK, replace(TASK, done=True)):
            await ana.keep(task)
        made = [one for one in typed(ana.server.made) if "oauth2" not in one.path]
        endpoint = ana.server.api_url.removeprefix("http://")
        for ours in made:
            answer = await asyncio.to_thread(official(ours).make, ours, endpoint)
            theirs = ana.server.made[-1]
            said = [(one.verb, one.path, one.query, filled(one.args)) for one in (ours, theirs)]
            assert said[0] == said[1]
            assert ours.headers.get("x-client-token") == theirs.headers.get("x-client-token")
            assert answer.to_map()
        assert len(ana.bodies) == 2


async def test_an_entry_takes_from_a_bucket_of_its_own() -> None:
    async with planner() as ana:
        assert ana.messenger.buckets(ana.parcel(DATE)) == (("dingtalk:calendar", 1 / 15, 5),)
        await ana.keep(DATE)
        assert ana.messenger.buckets(ana.parcel(DATE)) == (("dingtalk:calendar", 1 / 15, 5),)
