from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction

import pytest
from storage_samples import MINUTE, NOW, cycle, fill, full_review, opened, review

from review.errors import CycleAlreadyOpen, StaleReview
from review.flow import Stage
from review.people import Track
from review.record import Review
from storage.errors import AlreadyThereError
from storage.standings import Standing


async def test_a_cycle_comes_back_whole_and_opens_once(url: str) -> None:
    staff, senior = cycle(), cycle("2026H2", Track.SENIOR)
    async with opened(url) as database, database.begin() as work:
        await work.cycles.add(staff)
        await work.cycles.add(senior)
        with pytest.raises(CycleAlreadyOpen):
            await work.cycles.add(staff)
        assert await work.cycles.get("2026H2/senior") == senior
        assert await work.cycles.get("2026H2") is None
        assert await work.cycles.named("2026H2") == (senior,)


async def test_a_closed_cycle_runs_no_more(url: str) -> None:
    staff = cycle()
    async with opened(url) as database, database.begin() as work:
        await work.cycles.add(staff)
        assert await work.cycles.running() == (staff,)
        closed = await work.cycles.save(replace(staff, closed_at=NOW))
        assert closed == replace(staff, closed_at=NOW, revision=1)
        assert await work.cycles.running() == ()
        assert await work.cycles.all() == (closed,)


async def test_a_stale_cycle_is_refused(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.cycles.add(cycle())
        await work.cycles.save(cycle())
        with pytest.raises(StaleReview) as refused:
            await work.cycles.save(replace(cycle(), opened_by="other"))
        assert refused.value.facts == {"expected": 0, "found": 1}
        assert await work.cycles.get("2026Q4") == replace(cycle(), revision=1)


async def test_a_review_comes_back_whole(url: str) -> None:
    whole = full_review("e1", "所有的话 & <!channel> {{ 7*7 }}")
    empty = [one.name for one in fields(Review) if getattr(whole, one.name) in (None, ())]
    assert empty == []
    async with opened(url) as database:
        async with database.begin() as work:
            await fill(work, "e1", "e2")
            await work.reviews.add_all([whole, review("e2")])
        async with database.begin(write=False) as work:
            assert await work.reviews.get("r-e1") == whole
            assert await work.reviews.of("2026Q4", "e2") == review("e2")
            assert await work.reviews.of("2026Q3", "e2") is None
            assert await work.reviews.in_cycle("2026Q4") == (whole, review("e2"))
            assert await work.reviews.in_cycle("2026Q4", ["e2", "e9"]) == (review("e2"),)
            assert await work.reviews.about("e1") == (whole,)


async def test_a_person_has_one_review_a_cycle(url: str) -> None:
    async with opened(url) as database:
        async with database.begin() as work:
            await fill(work, "e1")
            await work.reviews.add_all([review("e1")])
        with pytest.raises(AlreadyThereError):
            async with database.begin() as work:
                await work.reviews.add_all([replace(review("e1"), id="other")])
        async with database.begin(write=False) as work:
            assert await work.reviews.in_cycle("2026Q4") == (review("e1"),)


async def test_a_stale_review_is_refused_and_changes_nothing(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1")
        await work.reviews.add_all([review("e1")])
        saved = await work.reviews.save(replace(review("e1"), rated_by="first"))
        assert saved == replace(review("e1"), rated_by="first", revision=1)
        with pytest.raises(StaleReview) as refused:
            await work.reviews.save(replace(review("e1"), rated_by="second"))
        assert refused.value.facts == {"expected": 0, "found": 1}
        assert await work.reviews.get("r-e1") == saved


async def test_standings_open_no_text(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        await work.reviews.add_all([full_review("e1"), review("e2")])
        with database.count_statements() as counted:
            standings = await work.reviews.standings("2026Q4")
        assert counted.count == 1
        assert "sheet" not in counted.sent[0]
        rated, waiting = standings
        assert rated == Standing(
            id="r-e1",
            employee_id="e1",
            stage=Stage.MANAGER_REVIEW,
            rating=Fraction("3.75"),
            k=Fraction(7, 2),
            self_at=NOW,
            rated_at=NOW + MINUTE,
            excluded_reason="on_leave",
            led_by="boss",
        )
        assert await work.reviews.standings("2026Q4", ["e2"]) == (waiting,)
        assert waiting.rating is None


async def test_move_all_moves_that_stage_of_those_people(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        await work.reviews.add_all([review("e1"), review("e2"), full_review("e3")])
        one = await work.reviews.move_all(
            "2026Q4", Stage.SELF_REVIEW, Stage.MANAGER_REVIEW, ["e2", "e3"]
        )
        rest = await work.reviews.move_all("2026Q4", Stage.SELF_REVIEW, Stage.MANAGER_REVIEW)
        assert (one, rest) == (("e2",), ("e1",))
        stands = await work.reviews.in_cycle("2026Q4")
        assert [(one.stage, one.revision) for one in stands] == [
            (Stage.MANAGER_REVIEW, 1),
            (Stage.MANAGER_REVIEW, 1),
            (Stage.MANAGER_REVIEW, 0),
        ]
        with pytest.raises(StaleReview):
            await work.reviews.save(review("e1"))


async def test_opening_a_cycle_for_many_is_one_statement(url: str) -> None:
    names = [f"e{number}" for number in range(500)]
    async with opened(url) as database, database.begin() as work:
        await fill(work, *names)
        with database.count_statements() as counted:
            await work.reviews.add_all([review(name) for name in names])
        assert counted.count == 1
        assert len(await work.reviews.standings("2026Q4")) == 500
