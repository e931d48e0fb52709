"""The book of deliveries, and the figures for whoever watches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage_samples import MINUTE, NOW, cycle, notice, opened, person, review

from storage.figures import Waiting
from storage.notice import State
from storage.transaction import Transaction


async def _claim(work: Transaction, once: str) -> tuple[str, int]:
    found = await work.outbox.find(once)
    assert found is not None
    claim = await work.outbox.claim(found.id, NOW, MINUTE)
    assert claim is not None
    return claim.id, claim.fence


async def _fill(work: Transaction) -> None:
    """One of each: parked, tried in vain, of unknown end, sent, claimed, waiting its turn."""
    for number, once in enumerate(("vain", "parked", "doubt", "sent", "claimed", "waits")):
        due = NOW - (9 - number) * MINUTE
        await work.outbox.put(replace(notice(once), receiver=once, due=due))
    later = NOW + timedelta(hours=1)
    await work.outbox.later(*await _claim(work, "vain"), later, "user_disabled")
    await work.outbox.park(*await _claim(work, "parked"), "user_disabled")
    await work.outbox.intend(*await _claim(work, "doubt"), b"bytes", NOW - 6 * MINUTE)
    await work.outbox.sent(*await _claim(work, "sent"), "D1", "1.0", NOW)
    await _claim(work, "claimed")


async def test_unsent_is_what_was_tried_in_vain_parked_or_is_in_doubt(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _fill(work)
        everything = await work.ledger.unsent(NOW)
        assert [one.once for one in everything] == ["vain", "parked", "doubt"]
        assert [one.since for one in everything] == [NOW - n * MINUTE for n in (9, 8, 7)]
        early = await work.ledger.unsent(NOW - 8 * MINUTE)
        assert [one.once for one in early] == ["vain", "parked"]
        assert [one.once for one in await work.ledger.unsent(NOW - 60 * MINUTE)] == ["parked"]


async def test_who_was_reached_and_how_often(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        assert await work.ledger.sent_count() == 0
        assert await work.ledger.reached(["sent"]) == set()
        await _fill(work)
        assert await work.ledger.sent_count() == 1
        assert await work.ledger.reached(["vain", "sent", "nobody"]) == {"sent"}
        assert await work.ledger.reached([]) == set()


async def test_retry_is_for_what_was_parked_or_tried_in_vain(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _fill(work)
        done = {}
        for one in await work.outbox.ledger():
            done[one.once] = await work.outbox.retry(one.id, NOW)
        assert {once for once, again in done.items() if again} == {"vain", "parked"}
        for once in ("vain", "parked"):
            found = await work.outbox.find(once)
            assert found is not None
            assert (found.state, found.due, found.reason, found.attempts) == (
                State.PENDING,
                NOW,
                None,
                0,
            )


async def test_waiting_is_counted_by_what_it_waits_for(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        nothing = Waiting(due=0, later=0, sending=0, parked=0, oldest=None)
        assert await work.figures.waiting(NOW) == nothing
        await _fill(work)
        assert await work.figures.waiting(NOW) == Waiting(
            due=1, later=1, sending=2, parked=1, oldest=NOW - 4 * MINUTE
        )


async def test_buckets_are_told_but_not_those_of_a_conversation(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        for _ in range(3):
            await work.buckets.reserve([("s:method", 2.0, 5), ("s:channel:C1", 0.0, 9)], NOW)
        await work.buckets.push_back("s:shut", NOW + MINUTE)
        assert dict(await work.figures.buckets(NOW)) == {"s:method": 6.0, "s:shut": 60.0}
        assert dict(await work.figures.buckets(NOW + MINUTE)) == {"s:method": 0.0, "s:shut": 0.0}


async def test_reviews_are_counted_by_stage_while_their_cycle_runs(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all([person("e1"), person("e2")])
        made = cycle()
        await work.cycles.add(made)
        await work.reviews.add_all([review("e1"), review("e2")])
        stage = str(review("e1").stage)
        assert dict(await work.figures.stages()) == {(made.id, stage): 2}
        await work.cycles.save(replace(made, closed_at=NOW))
        assert dict(await work.figures.stages()) == {}
