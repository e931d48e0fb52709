"""A year of quarters that were rated, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from world import Home, review_of

from handlers import cycles
from handlers.work import Work
from review.assessment import Assessment
from review.cycle import Cycle
from review.record import Review
from review.stages import Stage
from review.steps import rate
from review.values import Level

LATER = date(2026, 12, 30)
NAMES = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")


async def opened_at(place: Home, name: str, track: str = "", **dates: date) -> Cycle:
    """A cycle that was opened, and is not told of."""
    async with place.deps.database.begin() as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        wanted = cycles.OpenCycle(name=name, dates=dates)
        cycle, _, _ = await cycles.open_cycle(wanted, "hr", work)
    return cycle


async def quarter(
    place: Home, cycle: Cycle, who: str, k: str, levels: int, *, rating: str | None = None
) -> None:
    """Somebody is rated in that cycle, every row alike and every ladder that high and a half."""
    review = await review_of(place, cycle, who)
    async with place.deps.database.begin() as tx:
        kept = await tx.reviews.get(review)
        assert kept is not None
        policy = place.deps.company.policy
        ladder = (*[Level.YES] * levels, Level.PARTLY, *[None] * 4)[:5]
        part = Assessment(
            scores={row.id: Fraction(k) for row in kept.sheet.rows},
            levels=dict.fromkeys(policy.values, ladder),
            cases={"overall": "Why.", "missed": "Both."}
            | {f"value:{key}": "How." for key in policy.values},
            rating=Fraction(rating or (k if levels > 1 else "2.5")),
            reason="The half of it.",
        )
        ready: Review = replace(kept, stage=Stage.MANAGER_REVIEW, sign_offs=())
        made = rate(
            ready,
            part,
            by="mia",
            holder="mia",
            has_reports=False,
            at=place.clock.now(),
            policy=policy,
        )
        await tx.reviews.save(replace(made, revision=kept.revision))


async def year(place: Home, quarters: Mapping[str, tuple[str, int]], who: str = "e1") -> None:
    """Those quarters, each by name with K and the ladders' height."""
    for name, (k, levels) in quarters.items():
        cycle = await opened_at(place, name)
        await quarter(place, cycle, who, k, levels)
