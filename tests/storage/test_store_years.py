"""The quarters of a year as they stand: whose, which, and how far."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from storage_samples import NOW, cycle, fill, full_review, opened

from review.annual import Part
from review.cycle import Cycle
from review.people import Track
from review.stages import Stage
from storage.years import YearSoFar


def named(name: str, month: int, track: Track = Track.STAFF) -> Cycle:
    first = cycle()
    return replace(
        first,
        name=name,
        track=track,
        starts=first.starts.replace(month=month - 1, day=1),
        ends=first.ends.replace(month=month, day=28),
        revision=0,
    )


def part(name: str, at: int, quarters: int = 1) -> Part:
    return Part(
        name=name,
        at=at,
        k=Fraction(7, 2),
        v=Fraction(8, 3),
        values={"teamwork": Fraction(3, 2)},
        gated=True,
        quarters=quarters,
        rating=Fraction("3.75"),
    )


async def test_a_year_is_what_was_rated_in_it(url: str) -> None:
    cycles = (
        named("2026Q1", 3),
        named("2026Q2", 6),
        replace(named("2026Q3", 9), closed_at=NOW),
        named("2026H2", 12, Track.SENIOR),
        named("2025Q4", 11),
    )
    stages = {
        "2026Q1": Stage.HELD,
        "2026Q2": Stage.HR,
        "2026Q3": Stage.SELF_REVIEW,
        "2026H2/senior": Stage.INTERVIEW,
        "2025Q4": Stage.CLOSED,
    }
    async with opened(url) as store:
        async with store.begin() as work:
            await fill(work, "e1", "e2", "e3")
            for one in cycles:
                if one.id != cycle().id:
                    await work.cycles.add(one)
            for one in cycles:
                whole = full_review("e1")
                mine = replace(whole, id=f"{one.id}/e1", cycle=one.id, stage=stages[one.id])
                if one.name == "2026Q3":
                    mine = replace(mine, outcome=None, manager_part=None, sign_offs=())
                await work.reviews.add_all([mine])
            unrated = replace(full_review("e2"), outcome=None, manager_part=None, sign_offs=())
            first = replace(unrated, id="q1/e2", cycle="2026Q1", stage=Stage.SELF_REVIEW)
            out = replace(full_review("e2"), id="q2/e2", cycle="2026Q2", stage=Stage.EXCLUDED)
            await work.reviews.add_all([first, out])
        async with store.begin(write=False) as work:
            found = await work.years.so_far("2026", ["e1", "e2", "e3"])
    assert found == {
        "e1": YearSoFar(
            parts=(part("2026Q1", 1), part("2026Q2", 2), part("2026H2", 4, 2)),
            unsigned=("2026Q2",),
            unheld=("2026Q2", "2026H2"),
        ),
        "e2": YearSoFar(unrated=("2026Q1",)),
        "e3": YearSoFar(),
    }
