"""Weekly check-ins: one a person and week, the text sealed, two devices told apart."""

from __future__ import annotations

from datetime import date

from storage_samples import CANARY, MINUTE, NOW, fill, opened

from review.check_in import CheckIn

WEEK, NEXT = date(2026, 11, 23), date(2026, 11, 30)
ONE = CheckIn(employee_id="e1", week=WEEK, answered_at=NOW, revision=1, words=CANARY)


async def test_a_week_is_answered_once_and_its_text_may_change(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        assert await work.check_ins.answer("e1", WEEK, NOW)
        assert not await work.check_ins.answer("e1", WEEK, NOW + MINUTE)
        assert await work.check_ins.write("e1", WEEK, CANARY, NOW + MINUTE, 0)
        assert not await work.check_ins.write("e1", WEEK, "Other.", NOW + MINUTE, 0)
        assert await work.check_ins.get("e1", WEEK) == ONE
        assert await work.check_ins.write("e2", WEEK, "Theirs.", NOW, 0)
        assert await work.check_ins.answer("e1", NEXT, NOW)
        bare = CheckIn(employee_id="e1", week=NEXT, answered_at=NOW)
        assert await work.check_ins.of("e1") == (ONE, bare)
        assert await work.check_ins.worded("e1", WEEK) == (ONE,)
        assert await work.check_ins.worded("e1", NEXT) == ()
        assert await work.check_ins.worded("e1", date(2026, 11, 1), date(2026, 11, 22)) == ()
        assert await work.check_ins.told(["e1", "e3"], WEEK) == {"e1": ONE}
        assert await work.check_ins.answered(WEEK, NEXT) == {WEEK: {"e1": NOW, "e2": NOW}}
        assert await work.check_ins.write("e1", WEEK, "", NOW, 1)
        assert await work.check_ins.worded("e1", WEEK) == ()
        assert await work.check_ins.get("e2", NEXT) is None
