"""Two processes of the program on one PostgreSQL write the same at once.

Each test lets the first hold its transaction open while the second asks for the same, so the
second has to wait; what they would do one after another is what must come of it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from storage_samples import KEY, MINUTE, NOW, cycle, fill, notice, opened, person, review

from review.errors import CycleAlreadyOpen, StaleReview
from storage import database, server
from storage.audit import Happened
from storage.database import Database
from storage.drafts import Draft, Mark
from storage.errors import AlreadyThereError, BusyError
from storage.notice import State
from storage.seal import Keyring
from storage.transaction import Transaction

Write = Callable[[Transaction], Awaitable[Any]]
WAITS = 0.2
"""Seconds in which somebody who need not wait would long be done."""


@asynccontextmanager
async def two(url: str) -> AsyncIterator[tuple[Database, Database]]:
    async with opened(url) as first:
        second = await database.open(url, Keyring.of(KEY))
        try:
            yield first, second
        finally:
            await second.close()


async def _after_each_other(both: tuple[Database, Database], one: Write, other: Write) -> Any:
    """What the second got, who began while the first had written and not committed."""
    wrote = asyncio.Event()
    asked: asyncio.Task[Any]

    async def first() -> None:
        async with both[0].begin() as work:
            await one(work)
            wrote.set()
            await asyncio.sleep(WAITS)
            assert not asked.done()

    async def second() -> Any:
        await wrote.wait()
        async with both[1].begin() as work:
            return await other(work)

    asked = asyncio.create_task(second())
    await asyncio.gather(first(), asyncio.wait([asked]))
    return await asked


async def test_an_event_is_claimed_by_one_and_the_other_gets_its_answer(postgres_url: str) -> None:
    async def claim(work: Transaction) -> bytes | None:
        found = await work.inbound.answer_to("e1")
        if found is None:
            await work.inbound.remember("e1", b"first", NOW)
        return found

    async with two(postgres_url) as both:
        assert await _after_each_other(both, claim, claim) == b"first"


async def test_who_did_not_ask_first_is_told_that_it_was_answered(postgres_url: str) -> None:
    async def remember(work: Transaction) -> None:
        await work.inbound.remember("e1", b"first", NOW)

    async with two(postgres_url) as both:
        with pytest.raises(AlreadyThereError):
            await _after_each_other(both, remember, remember)


async def test_answers_to_a_form_that_nobody_began_before_are_both_kept(postgres_url: str) -> None:
    def answer(field: str) -> Write:
        async def put(work: Transaction) -> None:
            stands = await work.drafts.get("self_review", "r-e1", "e1")
            draft = stands or Draft(employee_id="e1", form="self_review", subject="r-e1")
            await work.drafts.put(replace(draft, marks={**draft.marks, field: Mark(field)}))

        return put

    async with two(postgres_url) as both:
        await _after_each_other(both, answer("a"), answer("b"))
        async with both[0].begin(write=False) as work:
            found = await work.drafts.get("self_review", "r-e1", "e1")
    assert found is not None
    assert (set(found.marks), found.revision) == ({"a", "b"}, 2)


async def test_a_record_that_was_changed_meanwhile_is_stale(postgres_url: str) -> None:
    async def save(work: Transaction) -> None:
        await work.reviews.save(review("e1"))

    async with two(postgres_url) as both:
        async with both[0].begin() as work:
            await fill(work, "e1")
            await work.reviews.add_all([review("e1")])
        with pytest.raises(StaleReview):
            await _after_each_other(both, save, save)


async def test_who_reads_a_record_to_write_it_has_it_alone(postgres_url: str) -> None:
    async def read_and_save(work: Transaction) -> int:
        found = await work.reviews.with_cycle("r-e1")
        assert found is not None
        return (await work.reviews.save(found[0])).revision

    async with two(postgres_url) as both:
        async with both[0].begin() as work:
            await fill(work, "e1")
            await work.reviews.add_all([review("e1")])
        assert await _after_each_other(both, read_and_save, read_and_save) == 2


async def test_a_cycle_is_added_once(postgres_url: str) -> None:
    async def add(work: Transaction) -> None:
        await work.cycles.add(cycle())

    async with two(postgres_url) as both:
        with pytest.raises(CycleAlreadyOpen):
            await _after_each_other(both, add, add)


async def test_a_call_is_taken_out_of_an_unknown_bucket_once(postgres_url: str) -> None:
    async def reserve(work: Transaction) -> Any:
        return await work.buckets.reserve([("channel", 1.0, 1), ("method", 0.1, 5)], NOW)

    async with two(postgres_url) as both:
        assert await _after_each_other(both, reserve, reserve) == NOW + timedelta(seconds=1)


async def test_buckets_asked_for_in_any_order_give_what_they_hold(postgres_url: str) -> None:
    limits = [(f"b{number}", 1.0, 40) for number in range(4)]

    async def reserve(base: Database, turn: int) -> bool:
        async with base.begin() as work:
            asked = limits[turn % 4 :] + limits[: turn % 4]
            return await work.buckets.reserve(asked, NOW) is None

    async with two(postgres_url) as both:
        taken = await asyncio.gather(*(reserve(both[turn % 2], turn) for turn in range(60)))
    assert Counter(taken) == {True: 40, False: 20}


async def test_an_occurrence_happens_for_one(postgres_url: str) -> None:
    async def happens(work: Transaction) -> bool:
        return await work.occurrences.happens("remind", "e1", NOW.date(), "day")

    async with two(postgres_url) as both:
        assert await _after_each_other(both, happens, happens) is False


async def test_a_notice_is_put_by_one(postgres_url: str) -> None:
    async def put(work: Transaction) -> bool:
        return await work.outbox.put(notice("n1"))

    async with two(postgres_url) as both:
        assert await _after_each_other(both, put, put) is False


async def test_what_is_due_is_claimed_by_one(postgres_url: str) -> None:
    async with two(postgres_url) as both:
        async with both[0].begin() as work:
            await work.outbox.put(notice("n1"))
            (entry,) = await work.outbox.due(NOW, 1)

        async def claim(work: Transaction) -> Any:
            return await work.outbox.claim(entry.id, NOW, MINUTE)

        assert await _after_each_other(both, claim, claim) is None


async def test_paint_that_comes_while_a_message_ends_is_not_lost(postgres_url: str) -> None:
    async with two(postgres_url) as both:
        async with both[0].begin() as work:
            await work.outbox.paint("board", "hr", "2026Q4", NOW)
            (entry,) = await work.outbox.due(NOW, 1)
            claimed = await work.outbox.claim(entry.id, NOW, MINUTE)
            assert claimed is not None

        async def paint(work: Transaction) -> None:
            await work.outbox.paint("board", "hr", "2026Q4", NOW)

        async def sent(work: Transaction) -> bool:
            return await work.outbox.sent(claimed.id, claimed.fence, "C1", "1.0", NOW)

        assert await _after_each_other(both, paint, sent) is True
        async with both[0].begin(write=False) as work:
            found = await work.outbox.get(entry.id)
        assert found is not None
        assert found.state is State.PENDING


async def test_the_same_notices_put_in_any_order_never_wait_for_each_other(
    postgres_url: str,
) -> None:
    notices = [notice(f"n{number}") for number in range(300)]

    async def put(base: Database, turn: int) -> None:
        async with base.begin() as work:
            await work.outbox.put_all(notices[:: 1 if turn % 2 else -1])

    async with two(postgres_url) as both:
        await asyncio.gather(*(put(both[turn % 2], turn) for turn in range(8)))
        async with both[0].begin(write=False) as work:
            assert len(await work.outbox.ledger()) == 300


async def test_an_account_linked_twice_at_once_is_linked(postgres_url: str) -> None:
    async def link(work: Transaction) -> None:
        await work.people.link_all("slack", [("U1", "e1"), ("U2", "e2")])

    async with two(postgres_url) as both:
        async with both[0].begin() as work:
            await work.people.put_all([person("e1"), person("e2")])
        await _after_each_other(both, link, link)
        async with both[0].begin(write=False) as work:
            found = [
                (one.account_id, one.employee_id) for one in await work.people.accounts("slack")
            ]
    assert found == [("U1", "e1"), ("U2", "e2")]


async def test_lines_of_the_trail_are_all_kept_in_the_order_of_each(postgres_url: str) -> None:
    async def record(base: Database, number: int) -> None:
        async with base.begin() as work:
            for event in ("first", "second"):
                await work.audit.record_all(
                    [Happened(event=event, subject=f"r{number}", actor=None, at=NOW)]
                )

    async with two(postgres_url) as both:
        await asyncio.gather(*(record(both[number % 2], number) for number in range(30)))
        async with both[0].begin(write=False) as work:
            trail = await work.audit.all()
    for number in range(30):
        assert [one.event for one in trail if one.subject == f"r{number}"] == ["first", "second"]
    assert len({one.seq for one in trail}) == 60


async def test_who_is_patient_for_so_long_is_told_then(postgres_url: str) -> None:
    async with two(postgres_url) as (first, second):
        async with first.begin() as work:
            await work.occurrences.set_mark("remind", NOW)
            began = asyncio.get_running_loop().time()
            with pytest.raises(BusyError):
                async with second.begin(patience=0.4) as other:
                    await other.occurrences.set_mark("remind", NOW)
            took = asyncio.get_running_loop().time() - began
        assert 0.4 <= took < 2
        async with second.begin(patience=0.4) as other:
            await other.occurrences.set_mark("remind", NOW + MINUTE)


@pytest.mark.parametrize("write", [True, False])
async def test_who_finds_every_connection_in_use_is_told_in_time(
    postgres_url: str, *, write: bool
) -> None:
    async with opened(postgres_url) as base:
        release, all_hold = asyncio.Event(), asyncio.Barrier(server.CONNECTIONS + 1)

        async def hold() -> None:
            async with base.begin(write=write) as work:
                await work.people.all()
                await all_hold.wait()
                await release.wait()

        holding = [asyncio.create_task(hold()) for _ in range(server.CONNECTIONS)]
        await all_hold.wait()
        began = asyncio.get_running_loop().time()
        with pytest.raises(BusyError):
            async with base.begin(write=write, patience=0.4):
                pass
        assert 0.4 <= asyncio.get_running_loop().time() - began < 2
        release.set()
        await asyncio.gather(*holding)
        async with base.begin(write=write, patience=0.4) as work:
            assert await work.people.all() == ()
