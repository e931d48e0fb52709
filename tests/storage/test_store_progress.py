"""Progress on goals: sealed, note by note, each number once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from storage_samples import CANARY, MINUTE, NOW, cycle, fill, opened, review

from review.errors import StaleReview
from review.goal_progress import Noted, Outlook, Progress

ONE = Progress(
    id="p1",
    review=review("e1").id,
    row="g1",
    number=1,
    at=NOW,
    outlook=Outlook.AT_RISK,
    said=Noted(title={"": CANARY, "zh-CN": "上线"}, words=f"{CANARY} <!channel> 长"),
)
NEXT = replace(ONE, id="p2", number=2, at=NOW + MINUTE, outlook=Outlook.ON_TRACK)
OTHER = replace(ONE, id="p3", row="g2", at=NOW + MINUTE)


async def test_notes_come_back_whole_by_time(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        await work.reviews.add_all([review("e1"), review("e2")])
        theirs = replace(ONE, id="p4", review=review("e2").id)
        for one in (OTHER, NEXT, ONE, theirs):
            await work.progress.add(one)
        assert await work.progress.on(ONE.review) == (ONE, NEXT, OTHER)
        assert await work.progress.of("e1") == (ONE, NEXT, OTHER)
        assert await work.progress.of("e2") == (theirs,)
        assert await work.progress.latest([ONE.review, "none"]) == {
            ONE.review: {"g1": Outlook.ON_TRACK, "g2": Outlook.AT_RISK}
        }


async def test_a_number_is_given_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1")
        await work.reviews.add_all([review("e1")])
        await work.progress.add(ONE)
        with pytest.raises(StaleReview):
            await work.progress.add(replace(ONE, id="p9", outlook=Outlook.OFF_TRACK))
        assert await work.progress.on(ONE.review) == (ONE,)


async def test_notes_of_a_period_are_found_by_its_days(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1")
        later = replace(cycle("2027Q1"), starts=date(2027, 1, 1), ends=date(2027, 3, 31))
        await work.cycles.add(later)
        after = replace(review("e1", later.id), id="r-later")
        await work.reviews.add_all([review("e1"), after])
        newer = replace(ONE, id="p2", review=after.id)
        for one in (ONE, newer):
            await work.progress.add(one)
        whole = (date(2026, 1, 1), date(2027, 12, 31))
        assert await work.progress.within("e1", *whole) == (ONE, newer)
        assert await work.progress.within("e1", cycle().starts, cycle().ends) == (ONE,)
        assert await work.progress.within("e2", *whole) == ()
