"""Names in commands: who is meant, and which of two words nobody has."""

from __future__ import annotations

from pathlib import Path

from signing import rated, said
from world import home, open_cycle, opened, review_of


async def test_rate_leads_to_the_one_who_is_named(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        assert said(await place.command("mia", "rate")) == "Nobody waits for your rating now."
        assert "nobody" in said(await place.command("mia", "rate @nobody"))
        await rated(place, cycle)
        for words in ("rate Person 1", "rate @e1", "评分 person 1"):
            form = opened(await place.command("mia", words))
            assert (form.key, form.subject) == (
                "manager_review",
                await review_of(place, cycle, "e1"),
            )
        several = said(await place.command("mia", "rate Person"))
        assert "Person 1, Person 2, Person 3" in several
        refused = said(await place.command("e1", "rate Person 2"))
        assert refused == "This is for the manager to do."


async def test_a_wrong_date_is_said_to_be_one(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        for dates in ("2026-13-01 2026-10-20", "2026-10-20 2026-10-32", "10-20 10-30"):
            answer = said(await place.command("mia", f"delegate boss {dates}"))
            assert answer.startswith("Please say who stands in and when"), dates


async def test_of_two_names_the_unknown_one_is_named(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        answer = said(await place.command("hr", "rater Person 1 no body"))
        assert "no body" in answer
        assert "Person 1" not in answer
