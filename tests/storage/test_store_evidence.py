"""Kept messages: sealed, once a keeper, gone when their period is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage_samples import CANARY, MINUTE, NOW, fill, opened, review

from review.evidence import Evidence, Message

ONE = Evidence(
    id="m1",
    keeper="e1",
    about="e2",
    place="C1/1.1",
    sent_at=NOW,
    kept_at=NOW + MINUTE,
    message=Message(text=CANARY, author="Ana", link="https://chat/1", note="<!channel> 长"),
)


async def test_a_message_comes_back_whole_and_is_kept_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        assert await work.evidence.keep(ONE) == ONE
        assert await work.evidence.keep(replace(ONE, id="m2", about="e1")) == ONE
        other = replace(ONE, id="m3", keeper="e2")
        assert await work.evidence.keep(other) == other
        assert [await work.evidence.get(one) for one in ("m1", "m2")] == [ONE, None]
        assert await work.evidence.of("e1") == (ONE,)
        assert await work.evidence.of("e2") == (ONE, other)
        changed = replace(ONE, about="e1", message=replace(ONE.message, note="Other."))
        await work.evidence.change(changed)
        assert await work.evidence.get("m1") == changed


async def test_what_is_kept_is_found_by_keeper_person_and_time(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        later = replace(ONE, id="m2", place="C1/1.2", sent_at=NOW + MINUTE)
        for one in (ONE, later, replace(ONE, id="m3", keeper="e2")):
            await work.evidence.keep(one)
        assert await work.evidence.kept("e1", "e2", NOW) == (later, ONE)
        assert await work.evidence.kept("e1", "e2", NOW + MINUTE) == (later,)
        assert await work.evidence.kept("e1", "e1", NOW) == ()


async def test_the_people_of_a_cycle_lose_what_was_sent_before(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        await work.reviews.add_all([review("e2")])
        late = replace(ONE, id="m2", place="C1/1.2", sent_at=NOW + timedelta(days=1))
        outside = replace(ONE, id="m3", place="C1/1.3", about="e3")
        for one in (ONE, late, outside):
            await work.evidence.keep(one)
        assert await work.evidence.erase("2026Q4", NOW + MINUTE) == 1
        assert await work.evidence.of("e1") == (late, outside)
