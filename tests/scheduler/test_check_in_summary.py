"""HR reads once a week how many answered, and never who or what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from goals_world import OCTOBER, setting
from progress_world import subject
from text_chat import as_text
from world import Home, home, opened, team

from review.policy import CheckIns, Policy

FRIDAY = datetime(2026, 10, 30, 4, tzinfo=UTC)
"""The day for goals has passed: everybody's stand."""
MONDAY = datetime(2026, 11, 2, 4, tzinfo=UTC)
PEOPLE = tuple(
    replace(one, department="Brand") if one.employee_id in {"e5", "e6"} else one for one in team(6)
)


def summaries(place: Home) -> list[str]:
    texts = [as_text(card) for card in place.chat.cards("#hr")]
    return [text.replace("*", "") for text in texts if "Check-ins of the week" in text]


async def answered(place: Home, here: str) -> None:
    await place.tick(FRIDAY)
    await place.press("e1", "checkin:at_risk", here)
    form = opened(await place.command("e2", "checkin"))
    await place.fill("e2", form, {"words:0": "秘密的话"})


async def test_it_counts_and_names_nobody(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE, now=OCTOBER) as place:
        here = await setting(place)
        await answered(place, f"|{subject(here)}")
        await place.tick(datetime(2026, 11, 2, 0, 30, tzinfo=UTC))  # half past eight
        assert summaries(place) == []
        await place.tick(MONDAY)
        (said,) = summaries(place)
        assert said.splitlines()[:3] == [
            "## Check-ins of the week from Mon 26 Oct",
            "2 of 9 people checked in.",
            "Goals 🟡 1 at risk",
        ]
        assert "By department" not in said
        assert not any(name in said for name in ("Person", "Mia", "秘密"))
        for day in (2, 3, 6):
            await place.tick(datetime(2026, 11, day, 5, tzinfo=UTC))
        assert summaries(place) == [said]
        await place.tick(datetime(2026, 11, 9, 4, tzinfo=UTC))
        assert summaries(place) == [said]


async def test_departments_that_are_groups_are_named(tmp_path: Path) -> None:
    sizes = {"Brand": range(1, 6), "Shop": range(6, 12)}
    of = {f"e{number}": name for name, numbers in sizes.items() for number in numbers}
    people = tuple(replace(one, department=of.get(one.employee_id, "")) for one in team(11))
    async with home(tmp_path, people, now=OCTOBER) as place:
        here = await setting(place)
        await answered(place, f"|{subject(here)}")
        await place.tick(MONDAY)
        (said,) = summaries(place)
        assert "By department Shop 0/6 · others 2/8" in said


async def test_a_small_company_and_one_without_check_ins_read_nothing(tmp_path: Path) -> None:
    for name, people, policy in (
        ("few", team(1), Policy()),
        ("off", PEOPLE, Policy(check_in=CheckIns(on=False))),
    ):
        (tmp_path / name).mkdir()
        async with home(tmp_path / name, people, now=OCTOBER, policy=policy) as place:
            await setting(place)
            await place.tick(FRIDAY)
            await place.tick(MONDAY)
            assert summaries(place) == []
