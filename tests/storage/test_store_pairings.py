"""Mentors and whom they go along with: kept once, sealed, running as long as the action does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from all_texts import holds
from storage_samples import CANARY, NOW, opened
from test_store_erasing import erase
from test_store_interview import ACTION, start

from review.interview import Going
from review.learning import Met, Pairing
from storage.pairings import Running

MINUTE = timedelta(minutes=1)
BEGUN = Pairing(action="r-e1.1", mentor="e3", began_at=NOW)


async def test_a_pairing_runs_until_its_action_is_shut_or_its_mentor_another(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        await work.actions.put(replace(ACTION, mentor="e3"))
        begin = work.pairings.begin
        assert [await begin("r-e1.1", "e3", at) for at in (NOW, NOW + MINUTE)] == [True, False]
        assert await work.pairings.get("r-e1.1", "e3") == BEGUN
        assert await work.pairings.get("r-e1.1", "e2") is None
        running = (Running(BEGUN, "e2"),)
        assert await work.pairings.running() == running
        assert await work.pairings.running("e3") == running
        assert await work.pairings.running("e2") == running
        assert await work.pairings.running("e1") == ()
        await work.actions.put(replace(ACTION, mentor="e1"))
        assert await work.pairings.running() == ()
        await work.actions.put(replace(ACTION, mentor="e3"))
        await work.actions.goes("r-e1.1", Going.DONE, "e2", NOW)
        assert await work.pairings.running() == ()


async def test_each_says_a_word_once_and_a_mentor_who_declines_is_free(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        await work.actions.put(replace(ACTION, mentor="e3"))
        await work.pairings.begin("r-e1.1", "e3", NOW)
        words = ((NOW, CANARY), (NOW + MINUTE, "x"))
        closed = [await work.pairings.close("r-e1.1", "e3", at, word) for at, word in words]
        await work.pairings.owner_said("r-e1.1", "e3", CANARY)
        kept = replace(BEGUN, closed_at=NOW, mentor_word=CANARY, owner_word=CANARY)
        assert (closed, await work.pairings.get("r-e1.1", "e3")) == ([True, False], kept)
        assert [await work.pairings.of(who) for who in ("e2", "e3", "e1")] == [(kept,), (kept,), ()]
        declined = [await work.pairings.decline("r-e1.1", "e3", at, "") for at, _ in words]
        assert declined == [True, False]
        action = await work.actions.get("r-e1.1")
        assert action is not None
        assert action.mentor is None
        assert await work.pairings.running() == ()


async def test_what_was_said_of_meeting_is_kept_once_a_time_and_person(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        await work.actions.put(replace(ACTION, mentor="e3"))
        no = Met(action="r-e1.1", number=1, by="e3", met=False, at=NOW)
        yes, other = replace(no, met=True), replace(no, by="e2", number=2)
        for one in (no, yes, other):
            await work.pairings.meets(one)
        assert await work.pairings.met(["r-e1.1"]) == (yes, other)
        assert await work.pairings.met_by("e3") == (yes,)


async def test_an_erased_mentor_leaves_no_word_and_the_action_is_free(url: str) -> None:
    async with opened(url) as base:
        async with base.begin() as work:
            await start(work)
            await work.actions.put(replace(ACTION, text="x", mentor="e3"))
            await work.pairings.begin("r-e1.1", "e3", NOW)
            await work.pairings.close("r-e1.1", "e3", NOW, CANARY)
            await work.pairings.meets(Met(action="r-e1.1", number=1, by="e3", met=True, at=NOW))
        async with base.begin() as work:
            await erase(work, "e3")
            assert await work.pairings.of("e2") == ()
            action = await work.actions.get("r-e1.1")
            assert action is not None
            assert action.mentor is None
        assert await holds(base, CANARY) == {}
