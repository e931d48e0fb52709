"""Weekly check-ins: one a person and week, the text sealed, two devices told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from storage_samples import CANARY, MINUTE, NOW, fill, opened, review
from test_store_feedback import ONE as GIVEN
from test_store_interview import ACTION
from test_store_progress import NEXT as AFTER
from test_store_progress import ONE as NOTE

from review.check_in import CheckIn
from review.interview import Going
from review.one_on_one import OneOnOne
from storage.actions import Open

WEEK, NEXT = date(2026, 11, 23), date(2026, 11, 30)
ONE = CheckIn(employee_id="e1", week=WEEK, answered_at=NOW, revision=1, words=CANARY)


async def test_a_week_is_answered_once_and_its_text_may_change(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        assert await work.check_ins.answer("e1", WEEK, NOW)
        assert not await work.check_ins.answer("e1", WEEK, NOW + MINUTE)
        assert await work.check_ins.write("e1", WEEK, CANARY, NOW + MINUTE, 0)
        assert not await work.check_ins.write("e1", WEEK, "Other.", NOW + MINUTE, 0)
        assert await work.check_ins.get("e1", WEEK) == ONE
        assert await work.check_ins.write("e2", WEEK, "Theirs.", NOW, 0)
        assert await work.check_ins.answer("e1", NEXT, NOW)
        bare = CheckIn(employee_id="e1", week=NEXT, answered_at=NOW)
        assert await work.check_ins.of("e1") == (ONE, bare)
        assert await work.check_ins.worded("e1", WEEK) == (ONE,)
        assert await work.check_ins.worded("e1", NEXT) == ()
        assert await work.check_ins.worded("e1", date(2026, 11, 1), date(2026, 11, 22)) == ()
        assert await work.check_ins.told(["e1", "e3"], WEEK) == {"e1": ONE}
        assert await work.check_ins.answered(WEEK, NEXT) == {WEEK: {"e1": NOW, "e2": NOW}}
        assert await work.check_ins.write("e1", WEEK, "", NOW, 1)
        assert await work.check_ins.worded("e1", WEEK) == ()
        assert await work.check_ins.get("e2", NEXT) is None


async def test_actions_are_counted_without_their_words(url: str) -> None:
    done = replace(ACTION, id="r-e1.2", going=Going.DONE, changed_at=NOW)
    dropped = replace(ACTION, id="r-e1.3", going=Going.DROPPED, changed_at=NOW)
    private = replace(ACTION, id="t1.1", review=None, talk="t1")
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "boss")
        await work.reviews.add_all([review("e1")])
        await work.one_on_ones.save(OneOnOne(id="t1", person="e1", manager="boss", number=1))
        for one in (ACTION, done, dropped, private):
            await work.actions.put(replace(one, about="e1", owner="e1"))
        people = ["e1", "boss", "nobody"]
        assert await work.actions.going(people) == (Open("e1", "e1", ACTION.due, ACTION.going),)
        assert await work.actions.busy(people, ACTION.agreed_at + MINUTE) == {"e1"}
        assert await work.actions.busy(people, ACTION.agreed_at) == frozenset()
        assert await work.actions.shut(people, NOW, NOW + MINUTE) == {
            Going.DONE: 1,
            Going.DROPPED: 1,
        }
        assert await work.actions.shut(people, NOW - MINUTE, NOW) == {}
        found = await work.actions.since("e1", NOW)
        assert sorted(one.id for one in found) == [ACTION.id, "r-e1.2", "t1.1"]
        later = await work.actions.since("e1", NOW + MINUTE)
        assert sorted(one.id for one in later) == [ACTION.id, "t1.1"]


async def test_a_goal_is_looked_at_as_it_stood_in_a_time(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1")
        await work.reviews.add_all([review("e1")])
        for one in (NOTE, AFTER):
            await work.progress.add(one)
        looks = partial(work.progress.latest, [NOTE.review])
        assert await looks(before=NOW + MINUTE) == {NOTE.review: {"g1": NOTE.outlook}}
        assert await looks(since=NOW + MINUTE) == {NOTE.review: {"g1": AFTER.outlook}}
        assert await looks(since=NOW, before=NOW) == {}


async def test_feedback_is_counted_for_one_giver(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "boss")
        for name, giver, receiver in (("f1", "boss", "e1"), ("f2", "e2", "e1")):
            await work.feedback.add(replace(GIVEN, id=name, giver=giver, receiver=receiver))
        since, until = GIVEN.at, GIVEN.at + MINUTE
        assert len(await work.feedback.counts(since, until)) == 2
        (one,) = await work.feedback.counts(since, until, "boss")
        assert (one.giver, one.receiver, one.times) == ("boss", "e1", 1)
