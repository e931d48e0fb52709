"""What goes wrong on order on the stream."""

from __future__ import annotations

import asyncio

import pytest
from ding_app import StreamApp, connected
from ding_rig import client

from sandbox.clock import ManualClock
from sandbox.dingtalk import Organisation
from sandbox.dingtalk.stream_faults import Order


@pytest.mark.parametrize("new_id", [False, True])
async def test_repeated_frame_tells_the_same_once_more(new_id: bool) -> None:  # noqa: FBT001
    organisation = Organisation()
    ana = organisation.person(organisation.add_member("ana").userid)
    organisation.faults.stream.repeat(new_id=new_id)
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        await ana.say("one")
        await ana.say("two")
    said = [(one["text"]["content"], one["msgId"]) for one in app.told]
    ids = [frame["headers"]["messageId"] for frame in app.frames]
    assert [words for words, _ in said] == ["one", "one", "two"]
    assert said[0] == said[1]
    assert (ids[0] == ids[1]) is not new_id


async def test_every_frame_twice() -> None:
    organisation = Organisation()
    ana = organisation.add_member("ana")
    organisation.faults.stream.repeat_all = True
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        await organisation.join(ana)
        await organisation.leave(ana)
    kinds = [frame["headers"]["eventType"] for frame in app.frames]
    assert kinds == ["user_add_org", "user_add_org", "user_leave_org", "user_leave_org"]


@pytest.mark.parametrize(("order", "heard"), [("first", ["1", "2"]), ("last", ["2", "1"])])
async def test_held_frames_arrive_in_either_order(order: Order, heard: list[str]) -> None:
    organisation = Organisation()
    ana = organisation.person(organisation.add_member("ana").userid)
    faults = organisation.faults.stream
    faults.hold()
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        saying = []
        for number in (1, 2):
            saying.append(asyncio.create_task(ana.say(str(number))))
            await organisation.until(lambda: len(faults.held) == len(saying))
        before = list(app.frames)
        await faults.release(order)
        await asyncio.gather(*saying)
    assert (before, [one["text"]["content"] for one in app.told]) == ([], heard)


async def test_late_answer_lets_a_text_be_told_again_and_the_second_answer_settles_it() -> None:
    clock = ManualClock()
    organisation = Organisation(clock=clock)
    ana = organisation.person(organisation.add_member("ana").userid)
    organisation.faults.stream.late_acks(60)
    app = StreamApp()
    async with client(organisation) as bot, connected(bot, app):
        saying = asyncio.create_task(ana.say("one"))
        await clock.sleepers(2)
        clock.advance(16)
        await saying
        await app.next()
        await app.next()
        await organisation.settled()
        clock.advance(100)
        await organisation.settled()
    assert [one["text"]["content"] for one in app.told] == ["one", "one"]
    assert organisation.stream.given_up == []
