"""Goals that are being agreed: sealed, one sheet a record, never over a newer one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from storage_samples import CANARY, MINUTE, NOW, fill, opened, review

from review.errors import StaleReview
from review.goal_setting import GoalMarks, GoalSheet
from review.goals import Sheet
from review.record import SignOff
from storage.goal_sheets import Marked

OWN = review("e1")
ROW = replace(OWN.sheet.rows[0], doing={"": CANARY}, unit="%", target="3.6")
WORD = SignOff(by="e2", role="manager", decision="return", at=NOW, comment=CANARY)
ONE = GoalSheet(
    review=OWN.id,
    proposed=Sheet((ROW,)),
    before=OWN.sheet,
    words=(WORD,),
    marks=GoalMarks(submitted_at=NOW, returned_at=NOW + MINUTE),
    version=2,
)


async def test_a_sheet_comes_back_whole(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        await work.reviews.add_all([OWN])
        assert await work.goals.get(OWN.id) is None
        await work.goals.save(ONE, None)
        assert await work.goals.get(OWN.id) == ONE
        assert await work.goals.of("e1") == (ONE,)
        assert await work.goals.of("e2") == ()
        assert await work.goals.marks([OWN.id, "other"]) == {OWN.id: Marked(ONE.marks, 2)}


async def test_an_older_hand_does_not_write_over_a_newer_one(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1")
        await work.reviews.add_all([OWN])
        await work.goals.save(ONE, None)
        newer = replace(ONE, version=3, before=None, words=())
        await work.goals.save(newer, ONE)
        for was in (None, ONE):
            with pytest.raises(StaleReview):
                await work.goals.save(replace(ONE, version=4), was)
        assert await work.goals.get(OWN.id) == newer


async def test_only_what_was_agreed_is_gone_on_with(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        await work.reviews.add_all([OWN, review("e2")])
        agreed = replace(ONE, marks=replace(ONE.marks, agreed_at=NOW))
        await work.goals.save(agreed, None)
        await work.goals.save(replace(ONE, review=review("e2").id), None)
        assert await work.goals.last_agreed(["e1", "e2", "e3"]) == {"e1": OWN.sheet}
