"""The matrix: who sees whom in which box, who sees nothing, and never oneself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from calibrating import rate, staff
from text_chat import as_text
from world import Home, home, open_cycle

from handlers.answers import Says
from prompts.card import Card, Picture
from review.matrix import Box, Third
from review.policy import MatrixLines, Policy
from review.stages import Stage

FAR = dict.fromkeys(("skip_due", "hr_due", "interview_due"), date(2026, 12, 18))


def pictures(place: Home, who: str) -> list[Card]:
    """The messages with the matrix that they got."""
    return [
        card
        for card in place.chat.cards(f"T-{who}")
        if any(isinstance(part, Picture) and '"matrix"' in part.data for part in card.parts)
    ]


def data(card: Card) -> dict[str, Any]:
    (picture,) = [part for part in card.parts if isinstance(part, Picture)]
    found: dict[str, Any] = json.loads(picture.data)
    return found


async def asked(place: Home, who: str, text: str = "matrix") -> str:
    """What they are answered; what is due is sent as well."""
    answer = await place.command(who, text)
    assert isinstance(answer, Says)
    await place.tick()
    return as_text(answer.card)


async def three(place: Home) -> None:
    """A star, a bull and a wild dog in the shop; another in the depot."""
    cycle = await open_cycle(place)
    await rate(place, cycle, "e1", "4.5", levels_of="4")
    await rate(place, cycle, "e2", "3.5", levels_of="2")
    await rate(place, cycle, "e3", "4", levels_of="1")
    await rate(place, cycle, "far", "2.5", by="boss", levels_of="1")
    await rate(place, cycle, "mia", "3.5", by="boss", levels_of="3")


async def test_hr_sees_everybody_with_the_animals(tmp_path: Path) -> None:
    async with home(tmp_path, staff(3)) as place:
        await three(place)
        assert await asked(place, "hr") == (
            "## Performance and values 2026Q3\n"
            "5 people rated. Performance is the goals' score alone. Only you see this.\n"
            "Star (performance high, values high) · 1: Person 1\n"
            "Wild dog (performance high, values low) · 1: Person 3\n"
            "Bull (performance middle, values high) · 1: Mia Manager\n"
            "Bull (performance middle, values middle) · 1: Person 2\n"
            "Dog (performance low, values low) · 1: Fay Far\n"
            "The picture is in our direct message."
        )
        (card,) = pictures(place, "hr")
        drawn = data(card)
        assert [len(row["boxes"]) for row in drawn["rows"]] == [3, 3, 3]
        assert drawn["rows"][0]["boxes"][2] == {
            "label": "Star",
            "figure": "1",
            "names": ["Person 1"],
            "more": "",
        }
        assert drawn["columns"] == [
            "Values low: below 2.5",
            "Values middle: 2.5 to below 3",
            "Values high: 3 and above",
        ]
        for other in ("mia", "boss", "e1", "far"):
            assert pictures(place, other) == []


async def test_a_manager_sees_their_own_people_by_plain_labels(tmp_path: Path) -> None:
    async with home(tmp_path, staff(3)) as place:
        await three(place)
        text = await asked(place, "mia", "矩阵")
        assert "performance high, values low · 1: Person 3" in text
        assert not any(word in text for word in ("Mia", "Fay", "Star", "Dog", "dog"))
        (card,) = pictures(place, "mia")
        assert {box["label"] for row in data(card)["rows"] for box in row["boxes"]} == {""}
        assert "Mia" not in as_text(card)


async def test_a_policy_may_give_managers_the_animals(tmp_path: Path) -> None:
    policy = replace(Policy(), matrix=MatrixLines(manager_animals=True))
    async with home(tmp_path, staff(3), policy=policy) as place:
        await three(place)
        assert "Star (performance high, values high) · 1: Person 1" in await asked(place, "mia")


async def test_whoever_has_nobody_is_told_whom_it_is_for(tmp_path: Path) -> None:
    async with home(tmp_path, staff(3)) as place:
        await three(place)
        for who in ("e1", "far"):
            assert await asked(place, who) == (
                "This picture is for HR and, of their own people, for managers."
            )
            assert pictures(place, who) == []
        chinese = await asked(place, "e2")
        assert chinese == "这张图只给 HR，以及上级看自己的团队。"


async def test_only_a_cycle_with_ratings_is_shown_and_the_one_that_is_named(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1)) as place:
        assert await asked(place, "hr") == "Nobody whom you may see here is rated yet."
        first = await open_cycle(place, "2026Q2", **FAR)
        await rate(place, first, "e1", "3.5")
        await open_cycle(place, "2026Q3", **FAR)
        assert "2026Q2" in await asked(place, "hr")
        assert "2026Q2" in await asked(place, "hr", "matrix 2026q2")
        assert await asked(place, "hr", "matrix 2026Q3") == (
            "Nobody whom you may see here is rated yet in 2026Q3."
        )


async def test_whoever_is_left_out_is_in_no_box(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2)) as place:
        cycle = await open_cycle(place)
        review = await rate(place, cycle, "e1", "3.5")
        await rate(place, cycle, "e2", "3.5")
        async with place.deps.database.begin() as tx:
            found = await tx.reviews.get(review)
            assert found is not None
            await tx.reviews.save(replace(found, stage=Stage.EXCLUDED))
        assert "Person 1" not in await asked(place, "hr")


async def test_a_full_box_names_a_few_and_counts_the_others(tmp_path: Path) -> None:
    async with home(tmp_path, staff(9)) as place:
        cycle = await open_cycle(place)
        for number in range(1, 10):
            await rate(place, cycle, f"e{number}", "3.5")
        await asked(place, "hr")
        (card,) = pictures(place, "hr")
        box = data(card)["rows"][1]["boxes"][1]
        assert (box["figure"], len(box["names"]), box["more"]) == ("9", 6, "+3 more")
        assert Box(Third.MIDDLE, Third.MIDDLE).animal == "bull"
