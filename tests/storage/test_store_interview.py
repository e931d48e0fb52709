"""Interviews, what was prepared, appeals and actions: whole, sealed, each once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from storage_samples import CANARY, MINUTE, NOW, fill, full_review, opened, review, url_in

from review.appeal import Appeal
from review.interview import Action, ActionWord, Going, Interview, Part, Promise
from review.learning import ActionKind
from review.stages import Stage
from storage.actions import Head
from storage.appeals import Clock
from storage.interviews import Prepared, Talk
from storage.transaction import Transaction

DAY = date(2027, 2, 5)
PART = Part(
    good=CANARY,
    improve="b",
    judged="c",
    expected="d",
    actions=(Promise(text=CANARY, by="e1", due=DAY), Promise(text="x", by="e2", due=DAY)),
)
ACTION = Action(
    id="r-e1.1",
    review="r-e1",
    about="e1",
    owner="e2",
    text=CANARY,
    due=DAY,
    going=Going.OPEN,
    agreed_at=NOW,
    changed_at=NOW,
)


async def start(work: Transaction, stage: Stage = Stage.INTERVIEW) -> None:
    await fill(work, "e1", "e2", "e3")
    await work.reviews.add_all([replace(review(one), stage=stage) for one in ("e1", "e2")])


async def test_an_interview_begins_once_and_is_kept_as_it_goes(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        kept = work.interviews
        assert await kept.unbegun() == (("r-e1", "e1"), ("r-e2", "e2"))
        begun = Interview(review="r-e1", began_at=NOW, minutes=45)
        assert [await kept.begin("r-e1", at, 45) for at in (NOW, NOW + MINUTE)] == [begun, None]
        assert await kept.unbegun() == (("r-e2", "e2"),)
        await kept.save(replace(begun, held_at=NOW, sequence=2))
        assert await kept.unbegun() == (("r-e1", "e1"), ("r-e2", "e2"))
        again = replace(begun, began_at=NOW + MINUTE, sequence=3)
        assert await kept.begin("r-e1", NOW + MINUTE, 45) == again
        await kept.save(begun)
        assert await kept.get("r-e1") == begun
        assert await kept.get("r-e2") is None
        full = replace(
            begun,
            told_at=NOW,
            slots=(NOW + MINUTE, NOW + 2 * MINUTE),
            starts_at=NOW + MINUTE,
            sequence=3,
            asked_at=NOW,
            late_at=NOW,
            held_at=NOW,
            ends_on=DAY,
        )
        one = replace(full, slots=full.slots[:1])
        for state in (full, one):
            await kept.save(state)
            assert await kept.many(["r-e1", "r-e2"]) == {"r-e1": state}
        talk = Talk(interview=one, employee_id="e1", cycle="2026Q4", stage=Stage.INTERVIEW)
        assert await kept.ahead() == (talk,)
        assert await kept.held_until(DAY + timedelta(days=1)) == ()


async def test_held_ones_are_found_by_their_last_day(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work, Stage.HELD)
        talk = Interview(review="r-e1", began_at=NOW, held_at=NOW, ends_on=DAY)
        await work.interviews.save(talk)
        await work.interviews.save(replace(talk, review="r-e2", ends_on=None))
        assert await work.interviews.ahead() == ()
        assert await work.interviews.held_until(DAY) == ()
        found = await work.interviews.held_until(DAY + timedelta(days=1))
        assert [one.employee_id for one in found] == ["e1"]


async def test_what_was_prepared_comes_back_whole(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        made = Prepared(review="r-e1", employee_id="e2", at=NOW, part=PART)
        other = replace(made, employee_id="e1", part=Part())
        for one in (made, other, replace(made, at=NOW + MINUTE)):
            await work.interviews.prepare(one)
        again = replace(made, at=NOW + MINUTE)
        assert await work.interviews.prepared("r-e1") == (other, again)
        assert await work.interviews.prepared_by("e2") == (again,)
        assert await work.interviews.prepared_by("e3") == ()
        assert (await work.everything_about("e2"))["interviews"] == (again,)


async def test_an_appeal_keeps_the_review_as_it_stood(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work, Stage.APPEALED)
        made = Appeal(review="r-e1", filed_at=NOW, words=CANARY, copy=full_review("e1", CANARY))
        assert [await work.appeals.file(one) for one in (made, replace(made, words="x"))] == [
            True,
            False,
        ]
        assert await work.appeals.get("r-e1") == made
        assert await work.appeals.get("r-e2") is None
        named = replace(made, decider="e3", named_at=NOW, decide_by=DAY)
        await work.appeals.save(named)
        clock = Clock(
            review_id="r-e1",
            employee_id="e1",
            filed_at=NOW,
            decider="e3",
            decide_by=DAY,
            late_at=None,
        )
        assert await work.appeals.clock() == (clock,)
        assert [await work.appeals.late("r-e1", NOW) for _ in range(2)] == [True, False]
        assert await work.appeals.file(named, instead=True)
        ended = replace(named, decided_at=NOW, moved=True, why=CANARY)
        await work.appeals.save(ended)
        assert await work.appeals.in_cycle("2026Q4") == {"r-e1": ended}
        assert await work.appeals.in_cycle("2026Q3") == {}
        assert await work.appeals.clock() == ()
        assert (await work.everything_about("e1"))["appeals"] == [ended]


async def test_an_action_keeps_its_kind_its_link_and_its_mentor(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        training = replace(ACTION, kind=ActionKind.TRAINING, link=f"https://x.example/{CANARY}")
        paired = replace(ACTION, id="r-e1.2", kind=ActionKind.MENTORING, mentor="e3")
        for one in (training, paired):
            await work.actions.put(one)
        assert await work.actions.agreed("r-e1") == (training, paired)


async def test_actions_go_on_until_they_are_done(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        later = replace(ACTION, id="r-e1.2", due=DAY + timedelta(days=1))
        for one in (later, ACTION, replace(ACTION, id="r-e2.1", review="r-e2", owner="e1")):
            await work.actions.put(one)
        heads = await work.actions.heads_of(["e2", "e3"])
        assert heads == (
            Head("r-e1.1", "e2", "e1", DAY, None, None, None),
            Head("r-e1.2", "e2", "e1", later.due, None, None, None),
        )
        other = Head("r-e2.1", "e1", "e1", DAY, None, None, None)
        assert await work.actions.late(later.due) == (heads[0], other)
        assert await work.actions.late(DAY) == ()
        assert await work.actions.many(["r-e1.2", "no-such"]) == {"r-e1.2": later}
        assert await work.actions.heads_around("e2") == heads
        goes, at = work.actions.goes, NOW + MINUTE
        word = ActionWord(action="r-e1.1", number=1, going=Going.STUCK, by="e2", at=at)
        again = [await goes("r-e1.1", Going.STUCK, "e2", at) for _ in range(2)]
        assert again == [word, None]
        why = replace(word, number=2, by="e3", words=CANARY)
        assert await goes("r-e1.1", Going.STUCK, "e3", at, CANARY) == why
        assert await work.actions.words_on(["r-e1.1", "r-e1.2"]) == {"r-e1.1": (word, why)}
        assert await work.actions.words_around("e3") == (why,)
        assert await work.actions.words_around("e1") == (word, why)
        assert [one.id for one in await work.actions.open_around("e1")] == (
            ["r-e1.1", "r-e2.1", "r-e1.2"]
        )
        stuck = replace(ACTION, going=Going.STUCK, changed_at=NOW + MINUTE)
        assert await work.actions.get("r-e1.1") == stuck
        assert await work.actions.get("r-e1.9") is None
        assert await work.actions.agreed("r-e1") == (stuck, later)
        assert await goes("r-e1.1", Going.DONE, "e2", NOW)
        assert await goes("r-e1.2", Going.DROPPED, "e2", NOW, "x")
        assert await work.actions.heads_of(["e2"]) == ()
        assert len(await work.actions.in_cycle("2026Q4")) == 3
        assert await work.actions.in_cycle("2026Q3") == ()
        assert len(await work.actions.of("e1")) == 3
        assert [one.id for one in await work.actions.of("e2")] == ["r-e1.1", "r-e1.2"]


async def _write_all(folder: Path) -> None:
    async with opened(url_in(folder)) as database, database.begin() as work:
        await start(work)
        await work.interviews.prepare(Prepared(review="r-e1", employee_id="e1", at=NOW, part=PART))
        copy = full_review("e1", CANARY)
        await work.appeals.file(
            Appeal(review="r-e1", filed_at=NOW, words=CANARY, copy=copy, why=CANARY)
        )
        await work.actions.put(ACTION)
        await work.actions.goes(ACTION.id, Going.STUCK, "e2", NOW, CANARY)


def test_no_word_stands_open_in_the_file(tmp_path: Path) -> None:
    asyncio.run(_write_all(tmp_path))
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"r-e1.1" in kept
    assert CANARY.encode() not in kept
