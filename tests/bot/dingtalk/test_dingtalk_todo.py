"""Agreed actions on people's DingTalk to-do lists."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from ding_planner import AT, TASK, planner

from handlers.ports import NotSent, Removed, Sent, Unknown
from prompts.card import Card

TASKS = "/v1.0/todo/*"
CLIENT = "dingtalk://dingtalkclient/"
ROBOT = f"{CLIENT}action/jumprobot?dingtalkid=%24%3ALWCP_v1%3A%24robot"


async def test_an_action_is_on_its_owners_list_alone() -> None:
    async with planner() as ana:
        outcome = await ana.keep(TASK)
        (entry,) = ana.organisation.entries
        assert outcome == Sent(ana.union, f"task:{entry.id}")
        assert entry.body == {
            "sourceId": "r1.1/1",
            "subject": "Read the guide",
            "creatorId": ana.union,
            "executorIds": [ana.union],
            "dueTime": int(AT.timestamp() * 1000),
            "detailUrl": {"appUrl": CLIENT, "pcUrl": CLIENT},
            "isOnlyShowExecutor": True,
            "priority": 20,
        }


async def test_it_opens_the_conversation_with_the_robot_once_that_is_known() -> None:
    async with planner() as ana:
        ana.messenger.entries.robot.id = ana.organisation.app.robot_user
        await ana.keep(TASK)
        (body,) = ana.bodies
        assert body["detailUrl"] == {"appUrl": ROBOT, "pcUrl": ROBOT}


async def test_a_call_without_an_answer_makes_no_second_one() -> None:
    async with planner() as ana:
        ana.organisation.faults.drop(TASKS, accepted=True)
        parcel = ana.parcel(TASK)
        payload = await ana.messenger.draw(Card("", (TASK,)), parcel)
        assert isinstance(await ana.messenger.send(parcel, payload), Unknown)
        assert isinstance(await ana.messenger.send(parcel, payload), Sent)
        assert len(ana.bodies) == 1


async def test_what_becomes_of_it_is_seen_where_it_stands() -> None:
    async with planner() as ana:
        first = await ana.keep(TASK)
        later = AT + timedelta(days=1)
        assert await ana.keep(replace(TASK, text="Read it all", due=later, done=True)) == first
        (body,) = ana.bodies
        seen = (body["subject"], body["dueTime"], body["done"])
        assert seen == ("Read it all", int(later.timestamp() * 1000), True)
        assert (await ana.keep(replace(TASK, off=True)), ana.bodies) == (Removed(), [])
        back = await ana.keep(replace(TASK, id="r1.1/2"))
        assert (isinstance(back, Sent), len(ana.bodies)) == (True, 1)


async def test_long_words_are_shortened_to_what_a_list_takes() -> None:
    async with planner() as ana:
        await ana.keep(replace(TASK, text="长" * 3000))
        (body,) = ana.bodies
        assert body["subject"] == "长" * 1023 + "…"


async def test_the_right_for_lists_is_named(caplog: pytest.LogCaptureFixture) -> None:
    async with planner() as ana:
        denied = "Forbidden.AccessDenied.AccessTokenPermissionDenied"
        ana.organisation.faults.error(TASKS, denied, status=403)
        with caplog.at_level(logging.WARNING):
            assert await ana.keep(TASK) == NotSent("no right: Todo.Todo.Write", final=True)
        assert "Todo.Todo.Write: nothing is written in people's to-do lists" in caplog.text
