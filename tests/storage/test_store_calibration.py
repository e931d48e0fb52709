"""Calibration sessions: each turn once, each close once; a move's reason is sealed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from sqlalchemy import text
from storage_samples import CANARY, MINUTE, NOW, cycle, fill, full_review, opened, review

from review.calibration import Session
from review.flow import Stage
from review.groups import COMPANY, GroupKind, GroupName
from storage.calibrations import Looked, MoveMade

ONE = Session(
    id="s1",
    cycle="2026Q4",
    group=GroupName(GroupKind.DEPARTMENT, "Shop"),
    turn=1,
    opened_by="hr",
    opened_at=NOW,
)
MOVE = MoveMade(
    id="m1",
    session="s1",
    review="r-e1",
    was=Fraction("3.5"),
    now=Fraction("3.75"),
    by="hr",
    at=NOW,
    because=CANARY,
)


async def test_a_turn_is_opened_once_and_closed_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "hr")
        assert await work.calibrations.add(ONE)
        assert not await work.calibrations.add(replace(ONE, id="s2"))
        assert await work.calibrations.add(replace(ONE, id="s3", group=COMPANY))
        again = replace(ONE, id="s4", turn=2, opened_at=NOW + MINUTE)
        assert await work.calibrations.add(again)
        assert await work.calibrations.with_cycle("s1") == (ONE, cycle())
        assert await work.calibrations.with_cycle("s2") is None
        assert [one.id for one in await work.calibrations.in_cycle("2026Q4")] == ["s1", "s3", "s4"]
        assert await work.calibrations.in_cycle("2026Q3") == ()
        assert await work.calibrations.close("s1", "hr", NOW)
        assert not await work.calibrations.close("s1", "hr", NOW + MINUTE)
        closed = replace(ONE, closed_by="hr", closed_at=NOW)
        assert await work.calibrations.with_cycle("s1") == (closed, cycle())
        assert [one.id for one in await work.calibrations.unfinished()] == ["s1", "s3", "s4"]
        await work.calibrations.finished("s1", NOW)
        assert await work.calibrations.with_cycle("s1") == (replace(closed, done_at=NOW), cycle())
        assert [one.id for one in await work.calibrations.unfinished()] == ["s3", "s4"]
        assert await work.calibrations.close("s3", None, NOW)


async def test_a_move_comes_back_whole_and_its_reason_is_sealed(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "hr", "e1", "e2")
        await work.reviews.add_all([review("e1"), review("e2")])
        await work.calibrations.add(ONE)
        back = replace(MOVE, id="m2", was=None, at=NOW + MINUTE)
        other = replace(MOVE, id="m3", review="r-e2")
        for one in (back, MOVE, other):
            await work.calibrations.add_move(one)
        assert await work.calibrations.about("e1") == (MOVE, back)
        assert await work.calibrations.moved_in("s1") == 2
        assert await work.calibrations.moved_in("s2") == 0
        assert (await work.everything_about("e1"))["calibration_moves"] == (MOVE, back)
        assert await work.calibrations.forget("r-e2") == 1
        assert await work.calibrations.about("e2") == ()
        raw = await work.calibrations._all(text("SELECT because FROM calibration_move"))
        assert all(CANARY.encode() not in bytes(row.because) for row in raw)


async def test_what_lies_with_calibration_is_what_is_rated_and_there(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "hr", "e1", "e2", "e3")
        there = replace(full_review("e1"), stage=Stage.CALIBRATION)
        past = replace(full_review("e2"), stage=Stage.SKIP_LEVEL)
        await work.reviews.add_all([there, past, review("e3")])
        await work.calibrations.add(ONE)
        light = Looked(
            id="r-e1",
            employee_id="e1",
            stage=Stage.CALIBRATION,
            rating=there.rating,
            k=Fraction(7, 2),
            suggested=None if there.outcome is None else there.outcome.suggested,
            gate=None if there.outcome is None else there.outcome.gate,
            surprise=there.surprise,
            self_at=there.self_at,
            rated_at=there.rated_at,
            led_by=there.led_by,
        )
        assert await work.calibrations.looked_at(cycle().id, lying=True) == (light,)
        assert await work.calibrations.looked_at("2026Q3") == ()
        assert there.rated_at is not None
        assert await work.calibrations.newest_rating(cycle().id) == there.rated_at
        assert await work.calibrations.newest_rating("2026Q3") is None
        for number, at in enumerate((there.rated_at - MINUTE, there.rated_at + MINUTE)):
            await work.calibrations.add_move(replace(MOVE, id=f"m{number}", at=at))
            found = await work.calibrations.looked_at(cycle().id)
            assert [one.id for one in found] == ["r-e1", "r-e2", "r-e3"]
            assert found[0] == replace(light, moved=number == 1)
            assert found[2].rating is None
            known = {one.employee_id: one for one in found}
            everybody = await work.calibrations.everybody(cycle().id)
            assert {one.employee_id: at for one, at in everybody} == {"hr": None, **known}


async def test_everybody_rated_is_placed_by_k_and_v(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        left_out = replace(full_review("e2"), stage=Stage.EXCLUDED)
        await work.reviews.add_all([full_review("e1"), left_out, review("e3")])
        (placed,) = await work.reviews.placed("2026Q4")
        outcome = full_review("e1").outcome
        assert outcome is not None
        assert (placed.employee_id, placed.k, placed.v) == ("e1", outcome.k, outcome.v)
