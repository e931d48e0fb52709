"""Living messages: one row, the latest wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from storage_samples import MINUTE, NOW, opened

from storage import trace
from storage.notice import Delivery, Painting, State, living
from storage.transaction import Transaction

GAP = timedelta(seconds=5)
SECOND = timedelta(seconds=1)
ONCE = living("board", "hr", "2026H2/senior", "slack")


async def _paint(work: Transaction, due: datetime = NOW) -> Delivery:
    await work.outbox.paint("board", "hr", "2026H2/senior", due, gap=GAP, platform="slack")
    found = await work.outbox.find(ONCE)
    assert found is not None
    return found


async def _claim(work: Transaction, now: datetime = NOW) -> Delivery:
    found = await work.outbox.find(ONCE)
    assert found is not None
    claim = await work.outbox.claim(found.id, now, MINUTE)
    assert claim is not None
    return claim


async def _sent(work: Transaction, claim: Delivery, at: datetime = NOW) -> Delivery:
    assert await work.outbox.sent(claim.id, claim.fence, "C1", "1.2", at)
    found = await work.outbox.get(claim.id)
    assert found is not None
    return found


async def test_paint_on_what_waits_changes_nothing(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        first = await _paint(work)
        assert (first.kind, first.receiver, first.subject) == ("board", "hr", "2026H2/senior")
        assert (first.platform, first.state, first.facts) == ("slack", State.PENDING, {})
        assert await _paint(work, NOW + MINUTE) == first
        assert len(await work.outbox.ledger()) == 1


async def test_paint_on_what_was_sent_edits_it_after_the_gap(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _paint(work)
        sent = await _sent(work, await _claim(work))
        assert sent.state is State.SENT
        soon = await _paint(work, NOW + SECOND)
        assert soon == replace(sent, state=State.PENDING, due=NOW + GAP, since=NOW + GAP)
        assert (soon.channel, soon.ts) == ("C1", "1.2")


async def test_paint_long_after_is_due_when_asked(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _paint(work)
        await _sent(work, await _claim(work))
        assert (await _paint(work, NOW + MINUTE)).due == NOW + MINUTE


async def test_paint_on_an_edit_that_was_put_off_makes_it_due_again(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _paint(work)
        sent = await _sent(work, await _claim(work))
        soon = await _paint(work, NOW + SECOND)
        await work.outbox.postpone([sent.id], NOW + MINUTE, NOW + SECOND)
        assert await _paint(work, NOW + SECOND) == soon
        claim = await _claim(work, NOW + GAP)
        assert (await _sent(work, claim, NOW + GAP)).state is State.SENT


async def test_paint_on_a_post_that_was_put_off_changes_nothing(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        first = await _paint(work)
        await work.outbox.postpone([first.id], NOW + MINUTE, NOW)
        assert (await _paint(work)).due == NOW + MINUTE


async def test_paint_while_it_is_being_sent_sends_it_again(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _paint(work)
        claim = await _claim(work)
        painted = await _paint(work, NOW + SECOND)
        assert painted == replace(claim, again=True)
        await _paint(work, NOW + 2 * SECOND)
        sent = await _sent(work, claim, NOW + SECOND)
        assert (sent.state, sent.again) == (State.PENDING, False)
        assert (sent.due, sent.ts) == (NOW + SECOND + GAP, "1.2")
        final = await _sent(work, await _claim(work, sent.due), sent.due)
        assert (final.state, final.due) == (State.SENT, sent.due)


async def test_paint_on_a_failed_attempt_needs_no_second_one(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _paint(work)
        claim = await _claim(work)
        await _paint(work)
        assert await work.outbox.later(claim.id, claim.fence, NOW + SECOND, "ratelimited")
        sent = await _sent(work, await _claim(work, NOW + SECOND), NOW + SECOND)
        assert sent.state is State.SENT


async def test_paint_leaves_a_parked_one_and_wakes_a_dropped_one(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await _paint(work)
        claim = await _claim(work)
        await work.outbox.park(claim.id, claim.fence, "channel_not_found")
        assert (await _paint(work)).state is State.PARKED
        assert await work.outbox.drop(claim.id, reason="by hand")
        awake = await _paint(work, NOW + MINUTE)
        assert (awake.state, awake.due, awake.reason) == (State.PENDING, NOW + MINUTE, None)


async def test_living_messages_are_apart_by_kind_receiver_subject_and_platform(
    url: str,
) -> None:
    async with opened(url) as database, database.begin() as work:
        for kind, receiver, subject, platform in (
            ("a", "b", "c", None),
            ("x", "b", "c", None),
            ("a", "x", "c", None),
            ("a", "b", "x", None),
            ("a", "b", "c", "slack"),
            ("a", "b/c", "d", None),
            ("a", "b", "c/d", None),
            ("a", "b", "c", None),
        ):
            await work.outbox.paint(kind, receiver, subject, NOW, platform=platform)
        assert len(await work.outbox.ledger()) == 7


async def test_what_waits_keeps_since_when_and_a_later_paint_begins_anew(url: str) -> None:
    later = NOW + timedelta(hours=3)
    async with opened(url) as database, database.begin() as work:
        with trace.of("t1"):
            await work.outbox.paint("board", "hr", "c1", NOW)
        (waits,) = await work.outbox.due(NOW, 1)
        assert await work.outbox.postpone([waits.id], later, NOW)
        (waits,) = await work.outbox.due(later, 1)
        assert (waits.trace, waits.since, waits.due) == ("t1", NOW, later)
        claimed = await work.outbox.claim(waits.id, later, timedelta(minutes=1))
        assert claimed is not None
        assert await work.outbox.sent(waits.id, claimed.fence, "C1", "1.0", later)
        with trace.of("t2"):
            await work.outbox.paint("board", "hr", "c1", later)
        (again,) = await work.outbox.due(later, 1)
        assert (again.id, again.trace, again.since) == (waits.id, "t2", later)


async def test_paint_all_is_one_round_and_keeps_each_ones_gap(url: str) -> None:
    at = NOW + timedelta(microseconds=1_999_999)
    many = [
        Painting(kind="list", receiver="e1", subject=str(page), due=NOW, gap=page * GAP)
        for page in range(3)
    ]
    async with opened(url) as database, database.begin() as work:
        with database.count_statements() as counted:
            await work.outbox.paint_all(many)
        assert counted.count == 1
        for waits in await work.outbox.due(NOW, 9):
            claim = await work.outbox.claim(waits.id, NOW, MINUTE)
            assert claim is not None
            await _sent(work, claim, at)
        with database.count_statements() as counted:
            await work.outbox.paint_all([replace(one, due=at + SECOND) for one in many])
            await work.outbox.paint_all([])
        assert counted.count == 1
        dues = {one.subject: one.due for one in await work.outbox.ledger()}
    assert dues == {"0": at + SECOND, "1": at + GAP, "2": at + 2 * GAP}


async def test_the_first_paint_of_what_waits_counts(url: str) -> None:
    soon = Painting(kind="list", receiver="e1", subject="0", due=NOW)
    async with opened(url) as database, database.begin() as work:
        await work.outbox.paint_all([soon, replace(soon, due=NOW + MINUTE)])
        (waits,) = await work.outbox.ledger()
        assert waits.due == NOW
        claim = await work.outbox.claim(waits.id, NOW, MINUTE)
        assert claim is not None
        await work.outbox.paint_all([replace(soon, due=NOW + MINUTE), replace(soon, due=NOW)])
        sent = await _sent(work, claim, NOW)
    assert (sent.state, sent.due) == (State.PENDING, NOW)


async def test_what_a_dead_process_had_claimed_can_wait_if_it_was_surely_not_sent(url: str) -> None:
    later, over = NOW + timedelta(hours=3), NOW + timedelta(minutes=1)
    async with opened(url) as database, database.begin() as work:
        await work.outbox.paint("board", "hr", "c1", NOW)
        (waits,) = await work.outbox.due(NOW, 1)
        claimed = await work.outbox.claim(waits.id, NOW, timedelta(minutes=1))
        assert claimed is not None
        assert not await work.outbox.postpone([waits.id], later, NOW)
        assert await work.outbox.postpone([waits.id], later, over)
        assert await work.outbox.expired(over) == ()
        assert await work.outbox.next_due() == later
        assert not await work.outbox.intend(waits.id, claimed.fence, b"late", over)
        (claim,) = (await work.outbox.claim_all([waits.id], later, timedelta(minutes=1))).values()
        assert await work.outbox.intend(waits.id, claim.fence, b"bytes", later)
        assert not await work.outbox.postpone([waits.id], later, later + timedelta(minutes=1))
