"""One-on-ones, their sheets and rhythms: whole, sealed, one ahead at a time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from storage_samples import CANARY, MINUTE, NOW, fill, opened, url_in
from test_store_interview import ACTION

from review.one_on_one import OneOnOne, Rhythm, Sheet, State
from storage.one_on_ones import Written
from storage.transaction import Transaction

ONE = OneOnOne(
    id="t1",
    person="e1",
    manager="e2",
    number=1,
    starts_at=NOW,
    minutes=45,
    sequence=2,
    planned_at=NOW - MINUTE,
)
SHEET = Written(talk="t1", employee_id="e1", at=NOW, sheet=Sheet(topics=CANARY, notes=CANARY))
PRIVATE = replace(ACTION, id="t1.p.1", review=None, talk="t1", owner="e1")


async def start(work: Transaction) -> None:
    await fill(work, "e1", "e2", "e3")
    await work.one_on_ones.save(ONE)


async def test_a_pair_has_one_talk_ahead_and_the_next_one_follows_it(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        kept = work.one_on_ones
        assert await kept.get("t1") == ONE
        assert await kept.get("t2") is None
        assert await kept.next_of("e1", "e2", 30) == ONE
        held = replace(ONE, state=State.HELD, settled_at=NOW + MINUTE)
        await kept.save(held)
        made = await kept.next_of("e1", "e2", 30)
        assert made == OneOnOne(id=made.id, person="e1", manager="e2", number=2)
        assert await kept.next_of("e1", "e2", 30) == made
        assert await kept.last_of("e1", "e2") == made
        assert await kept.last_of("e2", "e1") is None
        assert await kept.of_pair("e1", "e2") == (made, held)
        later = replace(made, starts_at=NOW + timedelta(days=1))
        await kept.save(later)
        other = OneOnOne(id="t9", person="e2", manager="e3", number=1, starts_at=NOW)
        await kept.save(other)
        assert await kept.last() == {("e1", "e2"): later, ("e2", "e3"): other}
        assert await kept.last_day(State.HELD) == {("e1", "e2"): NOW}
        assert await kept.last_day(State.SKIPPED) == {}
        assert await kept.ahead() == (other, later)
        assert await kept.ahead("e1") == (later,)
        assert await kept.ahead("e3", "e1") == (other, later)
        assert await kept.of("e1") == tuple(sorted((later, held), key=lambda one: one.id))


async def test_what_the_bot_plans_gives_way_to_what_the_two_did_meanwhile(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        kept = work.one_on_ones
        new = OneOnOne(id="", person="e3", manager="e2", number=1, starts_at=NOW, planned_at=NOW)
        moved = replace(ONE, starts_at=NOW + MINUTE, sequence=3)
        await kept.plan([new, replace(new, starts_at=None), moved])
        (made,) = await kept.of("e3")
        assert made == replace(new, id=made.id)
        assert await kept.get("t1") == moved
        await kept.plan([replace(ONE, sequence=2)])
        assert await kept.get("t1") == moved
        held = replace(moved, state=State.HELD)
        await kept.save(held)
        await kept.plan([replace(moved, state=State.UNSAID)])
        assert await kept.get("t1") == held


async def test_the_sheets_are_found_by_talk_and_by_either_of_the_two(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        kept = work.one_on_ones
        theirs = replace(SHEET, employee_id="e2", sheet=Sheet(topics="x"))
        for one in (SHEET, theirs, replace(SHEET, at=NOW + MINUTE)):
            await kept.write(one)
        assert await kept.written("t1") == {"e1": SHEET.sheet, "e2": Sheet(topics="x")}
        both = (replace(SHEET, at=NOW + MINUTE), theirs)
        assert await kept.written_around("e1") == await kept.written_around("e2") == both
        assert await kept.written_around("e3") == ()
        assert (await work.everything_about("e2"))["one_on_one_notes"] == both


async def test_a_pairs_own_rhythm_is_kept(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        kept = work.one_on_ones
        made = Rhythm(person="e1", manager="e2", weeks=2, by="e1", at=NOW)
        paused = replace(made, weeks=None, paused_until=date(2027, 1, 8), by="e2")
        assert await kept.rhythm("e1", "e2") is None
        for one in (made, paused):
            await kept.set_rhythm(one)
            assert await kept.rhythm("e1", "e2") == one
        assert await kept.rhythms() == {("e1", "e2"): paused}
        assert await kept.rhythms_of("e2") == (paused,)
        assert await kept.rhythms_of("e3") == ()


async def test_what_was_agreed_is_the_pairs_and_in_no_cycle(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        await work.actions.put(PRIVATE)
        assert await work.actions.agreed_in("t1") == (PRIVATE,)
        assert await work.actions.in_cycle("2026Q4") == ()
        for who, found in (("e1", (PRIVATE,)), ("e2", (PRIVATE,)), ("e3", ())):
            assert await work.actions.open_around(who) == found
            heads = await work.actions.heads_around(who)
            assert [(one.id, one.talk, one.manager) for one in heads] == [
                (one.id, "t1", "e2") for one in found
            ]


async def test_a_manager_who_is_erased_leaves_what_was_talked_about(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await start(work)
        await work.one_on_ones.save(replace(ONE, state=State.HELD))
        ahead = replace(ONE, id="t2", number=2)
        await work.one_on_ones.save(ahead)
        for talk in ("t1", "t2"):
            for who in ("e1", "e2"):
                await work.one_on_ones.write(replace(SHEET, talk=talk, employee_id=who))
        await work.actions.put(PRIVATE)
        traces = await work.erasing.traces("e2")
        await work.erasing.erase(traces, [], "Somebody", NOW)
        assert set(await work.one_on_ones.written("t1")) == {"e1", "e2"}
        assert set(await work.one_on_ones.written("t2")) == {"e1"}
        assert await work.actions.agreed_in("t1") == (PRIVATE,)
        traces = await work.erasing.traces("e1")
        assert traces.about >= {"t1", "t2"}
        await work.erasing.erase(traces, [], "Somebody", NOW)
        assert await work.one_on_ones.of("e2") == ()


async def _write_all(folder: Path) -> None:
    async with opened(url_in(folder)) as database, database.begin() as work:
        await start(work)
        await work.one_on_ones.write(SHEET)
        await work.actions.put(PRIVATE)


def test_no_word_stands_open_in_the_file(tmp_path: Path) -> None:
    asyncio.run(_write_all(tmp_path))
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"t1.p.1" in kept
    assert CANARY.encode() not in kept
