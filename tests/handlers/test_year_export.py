"""The export of a year: what pay and promotion look at."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from test_year import DUE, FOUR, annual, rated_year
from world import Home, home
from year_world import opened_at, quarter, year

from handlers import export_year, export_year_sheets
from handlers.work import Work
from review.cycle import Cycle
from review.errors_year import NotAYear
from review.policy import Policy, Rewards

PAYS = replace(Policy(), rewards=Rewards(bonus=((Fraction(4), Fraction("1.25")),)))


async def lines(place: Home, cycle: Cycle) -> dict[str, dict[str, Any]]:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        found = await export_year.years(cycle, work)
    assert all(tuple(line) == export_year.ANNUAL for line in found)
    return {line["employee_id"]: line for line in found}


async def test_export_of_a_rated_year(tmp_path: Path) -> None:
    async with home(tmp_path, policy=PAYS) as place:
        await year(place, FOUR)
        cycle, review = await annual(place)
        await place.tick(DUE)
        await rated_year(place, review)
        found = (await lines(place, cycle))["e1"]
        quarters = found.pop("quarters")
        assert found == {
            "employee_id": "e1",
            "name": "Person 1",
            "department": "Shop",
            "cycle": "2026",
            "track": "staff",
            "stage": "skip_level",
            "excluded_reason": None,
            "rating": "4",
            "k": "3.81",
            "v": "3.25",
            "total": "3.91",
            "suggested": "4",
            "gate": False,
            "counted": 4,
            "not_rated": [],
            "values_trend": "rising",
            "values_slope": "0.40",
            "values_added": "0.25",
            "changed_since": False,
            "promotion": True,
            "promotion_quarters": 2,
            "bonus_factor": "1.25",
        }
        assert quarters[2] == {
            "cycle": "2026Q3",
            "k": "4.00",
            "v": "3.50",
            "values": {"customer_first": "3.50", "teamwork": "3.50"},
            "rating": "4",
            "gate": False,
        }


async def test_export_of_a_year_as_sheets(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await year(place, {"2026Q2": ("3.5", 2)})
        cycle, review = await annual(place)
        await place.tick(DUE)
        await rated_year(place, review, reason="What a year.")
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            whole, parts = await export_year_sheets.sheets(cycle, work)
    heads = [column.heading for column in whole.columns]
    mine = dict(zip(heads, next(row for row in whole.rows if row[0] == "e1"), strict=True))
    assert (whole.title, parts.title) == ("Year", "Quarters")
    assert mine["Rating"] == Decimal(4)
    assert mine["Values over the year"] == "steady"
    assert mine["A quarter changed since"] == "no"
    assert (mine["Promotion, by the rules"], mine["Bonus factor"]) == ("no", None)
    other = dict(zip(heads, next(row for row in whole.rows if row[0] == "e2"), strict=True))
    assert (other["Rating"], other["Values gate"], other["Quarters counted"]) == (None, None, 0)
    assert parts.rows == (
        ("e1", "Person 1", "Shop", "2026Q2", *map(Decimal, ("3.5", "3.5", "2.5")), "passed"),
    )


async def test_export_of_a_year_that_is_not_rated_and_of_one_that_changed(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await year(place, {"2026Q2": ("3.5", 2)})
        q4 = await opened_at(place, "2026Q4")
        cycle, review = await annual(place)
        await place.tick(DUE)
        before = (await lines(place, cycle))["e1"]
        names = ("rating", "counted", "not_rated", "changed_since", "promotion", "bonus_factor")
        assert [before[name] for name in names] == [None, 1, ["2026Q4"], None, None, None]
        nothing = (await lines(place, cycle))["e2"]
        assert (nothing["quarters"], nothing["values_trend"]) == ([], None)
        await rated_year(place, review, reason="What a year.")
        await quarter(place, q4, "e1", "4", 3)
        after = (await lines(place, cycle))["e1"]
        assert [after[name] for name in names] == ["4", 1, [], True, False, None]
        assert after["promotion_quarters"] == 1


async def test_export_of_a_year_wants_a_year(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        with pytest.raises(NotAYear):
            await lines(place, await opened_at(place, "2026Q4"))
