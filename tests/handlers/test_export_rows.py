"""What an export holds: order of keys, scores as text, times with offset, nothing made up."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from world import (
    Home,
    home,
    open_cycle,
    opened,
    rating_answers,
    review_of,
    self_answers,
    team,
)

from handlers import export
from handlers.work import Work
from review.cycle import Cycle


async def rows(place: Home, cycle: Cycle, what: str = "reviews") -> list[dict[str, Any]]:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return await getattr(export, what)(cycle, work)  # type: ignore[no-any-return]


async def rate(place: Home, cycle: Cycle, who: str, score: str = "3.5") -> None:
    review = await review_of(place, cycle, who)
    form = opened(await place.press(who, "self_review.open", review))
    await place.fill(who, form, self_answers(place, "3.75"))
    form = opened(await place.press("mia", f"rate:{score}", review))
    await place.fill("mia", form, rating_answers(place, score, reason="So it is."))


async def test_reviews_before_anything_is_there(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        found = next(row for row in await rows(place, cycle) if row["employee_id"] == "e1")
    nothing = {"self_score": None, "manager_score": None}
    goals = [
        ("Repeat-purchase rate", "goal", 45),
        ("Open and conversion rate of messages", "goal", 35),
        ("How it was done", "conduct", 20),
    ]
    value = nothing | {"self_levels": None, "manager_levels": None}
    assert found == {
        "employee_id": "e1",
        "cycle": "2026Q3",
        "track": "staff",
        "stage": "self_review",
        "excluded_reason": None,
        "goals": [
            {"title": title, "kind": kind, "weight": weight, **nothing}
            for title, kind, weight in goals
        ],
        "values": {"customer_first": value, "teamwork": value},
        "cases": [],
        "sign_offs": [],
        **dict.fromkeys(
            ("k", "v", "total", "suggested", "gate", "rating", "rating_reason", "surprise",
             "surprise_reason", "acknowledged_at", "appeal")
        ),
    }  # fmt: skip


async def test_reviews_once_it_is_rated(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        await rate(place, cycle, "e1")
        every = await rows(place, cycle)
    found = next(row for row in every if row["employee_id"] == "e1")
    assert [tuple(row) for row in every] == [export.REVIEW] * len(every)
    assert [row["employee_id"] for row in every] == sorted(row["employee_id"] for row in every)
    assert {(g["self_score"], g["manager_score"]) for g in found["goals"]} == {("3.75", "3.5")}
    levels = ["yes", "yes", "partly", None, None]
    assert found["values"]["teamwork"] == {
        "self_score": "2.5",
        "manager_score": "2.5",
        "self_levels": levels,
        "manager_levels": levels,
    }
    assert [found[key] for key in ("k", "v", "total", "suggested", "gate", "rating")] == [
        "3.50",
        "2.50",
        "3.50",
        "3.5",
        False,
        "3.5",
    ]
    json.dumps(every, allow_nan=False)


async def test_distribution_counts_groups_and_names_no_report(tmp_path: Path) -> None:
    async with home(tmp_path, team(6)) as place:
        cycle = await open_cycle(place)
        assert await rows(place, cycle, "distribution") == []
        for number in range(1, 7):
            await rate(place, cycle, f"e{number}", "4.5")
        found = await rows(place, cycle, "distribution")
    assert [tuple(row) for row in found] == [export.READING] * len(found)
    company = {row["quota"]: row for row in found if row["kind"] == "company"}
    assert company["top"] | {"tail": 0} == {
        "kind": "company",
        "group": "",
        "quota": "top",
        "count": 6,
        "rated": 6,
        "share": "1.00",
        "most": 2,
        "least": None,
        "outside": True,
        "tail": 0,
        "tier": "note",
        "so_far": True,
    }
    assert company["top"]["tail"] == round(float(Fraction(1, 5) ** 6), 4)
    assert "Person" not in json.dumps(found)
    assert [row["quota"] for row in found if row["kind"] == "company"] == [*company]


async def test_everything_of_one_person_and_drafts_by_name_only(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        await rate(place, cycle, "e1")
        review = await review_of(place, cycle, "e2")
        form = opened(await place.press("e2", "self_review.open", review))
        await place.fill("e2", form, {"goal:repeat_rate": "4", "comment:repeat_rate": "Canary"})
        await place.tick()
        async with place.deps.database.begin() as tx:
            await tx.people.link("slack", "U1", "e1")
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            rated = await export.person("e1", work)
            drafting = await export.person("e2", work)
            nobody = await export.person("e9", work)
    assert nobody is None
    assert rated is not None
    assert drafting is not None
    assert (rated["person"]["name"], rated["accounts"][0]["account_id"]) == ("Person 1", "U1")
    assert [one["employee_id"] for one in rated["reviews"]] == ["e1"]
    assert rated["reviews"][0]["manager_part"]["scores"]["conduct"] == "3.5"
    assert rated["audit"]
    assert rated["messages"]
    assert [set(draft) for draft in drafting["drafts"]] == [{"form", "subject", "step"}]
    assert "Canary" not in json.dumps(drafting, ensure_ascii=False, allow_nan=False)
