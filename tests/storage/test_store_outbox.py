from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage_samples import MINUTE, NOW, notice, opened

from storage.notice import URGENT, Delivery, Entry, State
from storage.transaction import Transaction


async def _id(work: Transaction, once: str) -> str:
    found = await work.outbox.find(once)
    assert found is not None
    return found.id


async def _claimed(work: Transaction, once: str) -> Delivery:
    found = await work.outbox.claim(await _id(work, once), NOW, MINUTE)
    assert found is not None
    return found


async def _send(work: Transaction, once: str) -> None:
    claim = await _claimed(work, once)
    assert await work.outbox.sent(claim.id, claim.fence, "C1", f"ts-{once}", NOW)


async def _waiting(work: Transaction) -> list[str]:
    return [entry.once for entry in await work.outbox.due(NOW, 100)]


async def test_a_notice_comes_back_whole(url: str) -> None:
    said = notice(
        "n1",
        facts={"text": "好 <!channel>", "n": 3, "rows": [{"a": None, "b": True}]},
        facts_version=2,
        platform="slack",
        priority=URGENT,
        person=True,
    )
    async with opened(url) as database, database.begin() as work:
        assert await work.outbox.put(said)
        found = await work.outbox.find("n1")
        assert found is not None
        assert found == Delivery(
            id=found.id,
            once="n1",
            kind="your_turn",
            receiver="e1",
            subject=None,
            platform="slack",
            priority=URGENT,
            due=NOW,
            thread_of=None,
            person=True,
            state=State.PENDING,
            fence=0,
            attempts=0,
            lease_until=None,
            intent_at=None,
            channel=None,
            ts=None,
            sent_at=None,
            again=False,
            reason=None,
            trace=None,
            since=NOW,
            facts={"text": "好 <!channel>", "n": 3, "rows": [{"a": None, "b": True}]},
            facts_version=2,
            payload=None,
            thread_channel=None,
            thread_ts=None,
        )
        assert await work.outbox.get(found.id) == found
        assert await work.outbox.get("nothing") is None


async def test_the_same_notice_is_said_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        assert await work.outbox.put(notice("n1", facts={"first": True}))
        assert not await work.outbox.put(notice("n1", facts={"second": True}))
        await work.outbox.put_all([notice("n1"), notice("n2"), notice("n2")])
        assert await _waiting(work) in (["n1", "n2"], ["n2", "n1"])
        found = await work.outbox.find("n1")
        assert found is not None
        assert found.facts == {"first": True}


async def test_due_gives_urgent_ones_first_and_none_before_their_time(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put_all(
            [
                notice("bulk", due=NOW - 2 * MINUTE),
                notice("urgent", priority=URGENT),
                notice("older", due=NOW - 3 * MINUTE),
                notice("later", due=NOW + MINUTE, priority=URGENT),
            ]
        )
        assert await _waiting(work) == ["urgent", "older", "bulk"]
        assert [entry.once for entry in await work.outbox.due(NOW, 1)] == ["urgent"]
        assert await work.outbox.next_due() == NOW - 3 * MINUTE


async def test_a_claim_is_had_by_one(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        claim = await _claimed(work, "n1")
        assert (claim.state, claim.fence, claim.attempts) == (State.SENDING, 1, 1)
        assert claim.lease_until == NOW + MINUTE
        assert await work.outbox.claim(claim.id, NOW, MINUTE) is None
        assert await _waiting(work) == []
        assert await work.outbox.next_due() == NOW + MINUTE


async def test_what_is_not_due_cannot_be_claimed(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1", due=NOW + MINUTE))
        assert await work.outbox.claim(await _id(work, "n1"), NOW, MINUTE) is None


async def test_sent_is_the_end(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        claim = await _claimed(work, "n1")
        assert await work.outbox.intend(claim.id, claim.fence, b"bytes", NOW)
        assert await work.outbox.sent(claim.id, claim.fence, "C1", "1.2", NOW + MINUTE)
        found = await work.outbox.get(claim.id)
        assert found == replace(
            claim,
            state=State.SENT,
            attempts=0,
            lease_until=None,
            channel="C1",
            ts="1.2",
            sent_at=NOW + MINUTE,
        )
        assert await work.outbox.next_due() is None


async def test_a_crash_after_the_intent_leaves_it_to_look_back_for(url: str) -> None:
    async with opened(url) as database:
        async with database.begin() as work:
            await work.outbox.put(notice("n1"))
            claim = await _claimed(work, "n1")
        async with database.begin() as work:
            assert await work.outbox.intend(claim.id, claim.fence, b"the bytes", NOW)
    async with opened(url) as database, database.begin() as work:
        over = NOW + MINUTE
        assert await work.outbox.expired(over - timedelta(seconds=1)) == ()
        assert [entry.id for entry in await work.outbox.expired(over)] == [claim.id]
        assert await _waiting(work) == []
        again = await work.outbox.claim(claim.id, over, MINUTE)
        assert again == replace(
            claim,
            fence=2,
            attempts=2,
            lease_until=over + MINUTE,
            payload=b"the bytes",
            intent_at=NOW,
        )


async def test_a_crash_before_the_intent_leaves_nothing_to_look_back_for(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        claim = await _claimed(work, "n1")
        again = await work.outbox.claim(claim.id, NOW + MINUTE, MINUTE)
        assert again is not None
        assert (again.fence, again.payload, again.intent_at) == (2, None, None)


async def test_a_second_intent_keeps_the_first_ones_time(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        claim = await _claimed(work, "n1")
        await work.outbox.intend(claim.id, claim.fence, b"one", NOW)
        await work.outbox.intend(claim.id, claim.fence, b"one", NOW + MINUTE)
        found = await work.outbox.get(claim.id)
        assert found is not None
        assert found.intent_at == NOW


async def test_every_write_of_a_zombie_fails(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        old = await _claimed(work, "n1")
        new = await work.outbox.claim(old.id, NOW + MINUTE, MINUTE)
        outbox = work.outbox
        assert [
            await outbox.intend(old.id, old.fence, b"zombie", NOW),
            await outbox.sent(old.id, old.fence, "C9", "9.9", NOW),
            await outbox.later(old.id, old.fence, NOW, "zombie"),
            await outbox.unknown(old.id, old.fence, NOW),
            await outbox.park(old.id, old.fence, "zombie"),
            await outbox.drop(old.id, fence=old.fence),
            await outbox.drop(old.id),
        ] == [False] * 7
        assert await outbox.get(old.id) == new


async def test_the_end_can_be_told_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        claim = await _claimed(work, "n1")
        assert await work.outbox.sent(claim.id, claim.fence, "C1", "1", NOW)
        assert not await work.outbox.sent(claim.id, claim.fence, "C1", "2", NOW)
        assert not await work.outbox.later(claim.id, claim.fence, NOW, "late")


async def test_later_forgets_the_intent_for_it_was_surely_not_sent(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        claim = await _claimed(work, "n1")
        await work.outbox.intend(claim.id, claim.fence, b"bytes", NOW)
        assert await work.outbox.later(claim.id, claim.fence, NOW + MINUTE, "ratelimited")
        assert await work.outbox.get(claim.id) == replace(
            claim,
            state=State.PENDING,
            due=NOW + MINUTE,
            lease_until=None,
            reason="ratelimited",
        )


async def test_unknown_waits_and_is_looked_back_for(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        claim = await _claimed(work, "n1")
        await work.outbox.intend(claim.id, claim.fence, b"bytes", NOW)
        assert await work.outbox.unknown(claim.id, claim.fence, NOW + 2 * MINUTE)
        assert await work.outbox.next_due() == NOW + 2 * MINUTE
        again = await work.outbox.claim(claim.id, NOW + 2 * MINUTE, MINUTE)
        assert again is not None
        assert (again.payload, again.intent_at) == (b"bytes", NOW)


async def test_what_was_parked_waits_for_a_word(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put_all([notice("n1"), notice("n2")])
        for once in ("n1", "n2"):
            claim = await _claimed(work, once)
            assert await work.outbox.park(claim.id, claim.fence, "not_in_channel")
        first, second = sorted(await work.outbox.parked(), key=lambda entry: entry.once)
        assert (first.reason, second.reason) == ("not_in_channel", "not_in_channel")
        assert await _waiting(work) == []
        assert await work.outbox.retry(first.id, NOW)
        assert not await work.outbox.retry(first.id, NOW)
        assert await work.outbox.drop(second.id, reason="by hand")
        assert await _waiting(work) == ["n1"]
        ends = await work.outbox.ledger(states=[State.DROPPED])
        assert [(entry.once, entry.reason) for entry in ends] == [("n2", "by hand")]


async def test_the_ledger_shows_no_text(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put_all(
            [notice("n1"), notice("n2", receiver="e2"), notice("n3", due=NOW - MINUTE)]
        )
        ledger = await work.outbox.ledger(receiver="e1")
        assert [(type(entry), entry.once) for entry in ledger] == [(Entry, "n3"), (Entry, "n1")]
        assert [entry.once for entry in await work.outbox.ledger(limit=1)] == ["n3"]


async def test_a_reply_waits_for_what_it_answers(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put_all(
            [notice("parent", due=NOW + MINUTE), notice("reply", thread_of="parent")]
        )
        assert await _waiting(work) == []
        assert await work.outbox.next_due() == NOW + MINUTE
        parent = await work.outbox.claim(await _id(work, "parent"), NOW + MINUTE, MINUTE)
        assert parent is not None
        await work.outbox.sent(parent.id, parent.fence, "C1", "1.2", NOW)
        assert await _waiting(work) == ["reply"]
        claim = await _claimed(work, "reply")
        assert (claim.thread_channel, claim.thread_ts) == ("C1", "1.2")


async def test_a_reply_to_nothing_stands_alone(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put_all(
            [notice("parent"), notice("reply", thread_of="parent"), notice("r", thread_of="none")]
        )
        await work.outbox.drop(await _id(work, "parent"))
        assert sorted(await _waiting(work)) == ["r", "reply"]
        claim = await _claimed(work, "reply")
        assert claim.thread_ts is None


async def test_a_delivery_found_and_sent_is_four_statements(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.outbox.put(notice("n1"))
        with database.count_statements() as counted:
            claim = await _claimed(work, "n1")
            await work.outbox.intend(claim.id, claim.fence, b"bytes", NOW)
            await work.outbox.sent(claim.id, claim.fence, "C1", "1.2", NOW)
        assert counted.count == 4
