"""Forms that are asked part by part: one of each for a person on a platform, the latest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from storage_samples import NOW, fill, opened

from storage.askings import Asking, Place
from storage.database import Database

ONE = Asking(
    surface="s1",
    employee_id="e1",
    platform="dingtalk",
    form="goals",
    subject="r-e1",
    touched_at=NOW,
    turn=3,
    place=Place(at="weight:g1", passed=("unit:g1",), queue=("title:g2",), begins=2, base=7),
)


async def test_the_latest_comes_first_and_is_kept_whole(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        later = replace(ONE, surface="s2", form="feedback", touched_at=NOW + timedelta(seconds=1))
        elsewhere = replace(ONE, surface="s3", platform="slack")
        for one in (ONE, later, elsewhere, replace(ONE, surface="s4", employee_id="e2")):
            await work.askings.put(one)
        assert await work.askings.of("e1", "dingtalk") == (later, ONE)
        moved = replace(ONE, turn=4, aside=True, place=Place(before="weight:g1"))
        await work.askings.put(moved)
        assert await work.askings.of("e1", "dingtalk") == (later, moved)
        assert await work.askings.whole("e1") == (later, moved, elsewhere)
        await work.askings.drop("s2")
        assert await work.askings.of("e1", "dingtalk") == (moved,)


async def test_nobody_is_asked_the_same_form_twice_at_once(url: str) -> None:
    async with opened(url) as database:
        async with database.begin() as work:
            await fill(work, "e1")
            await work.askings.put(ONE)
        with pytest.raises(IntegrityError):
            await _put(database, replace(ONE, surface="s2"))


async def _put(database: Database, one: Asking) -> None:
    async with database.begin() as work:
        await work.askings.put(one)
