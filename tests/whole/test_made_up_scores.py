"""Whatever managers of made-up companies answer, the export says what the scheme's sums say."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sums import SCALE, climbed, counted, numbers, short
from world import Home, company, home, open_cycle, opened, review_of, self_answers, team

from handlers import export
from handlers.answers import Done
from handlers.work import Work
from review.cycle import Cycle
from review.people import Person

STEPS = tuple(short(step) for step in SCALE)
ROLES = ("", "crm", "promotion", "planning", "brand_manager", "operations_lead")
VALUES = tuple(company().policy.values)
SCORES = st.lists(st.sampled_from(STEPS), min_size=12, max_size=12)
LADDER = st.lists(st.sampled_from(("yes", "yes", "yes", "partly", "no")), min_size=5, max_size=5)
REVIEW = st.tuples(
    st.sampled_from(ROLES),
    SCORES,
    st.lists(LADDER, min_size=len(VALUES), max_size=len(VALUES)),
    st.sampled_from(STEPS),
    st.booleans(),
)
Made = tuple[str, list[str], list[list[str]], str, bool]


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(REVIEW, min_size=1, max_size=3))
def test_an_export_says_what_the_schemes_sums_say(made: list[Made]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_rated_and_exported(Path(folder), made))


async def _rated_and_exported(folder: Path, made: list[Made]) -> None:
    async with home(folder, _people(made)) as here:
        cycle = await open_cycle(here)
        await here.tick(here.clock.now().replace(day=19))
        for number, one in enumerate(made, start=1):
            await _rate(here, cycle, f"e{number}", one)
        async with here.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=here.deps.company, now=here.clock.now())
            found = {one["employee_id"]: one for one in await export.reviews(cycle, work)}
        for number, one in enumerate(made, start=1):
            _compare(found[f"e{number}"], one)


def _people(made: list[Made]) -> tuple[Person, ...]:
    """A team of which each has the made-up role, and some a report of their own."""
    everybody = list(team(len(made)))
    for number, (role, _, _, _, leads) in enumerate(made, start=1):
        at = next(i for i, one in enumerate(everybody) if one.employee_id == f"e{number}")
        everybody[at] = replace(everybody[at], role=role)
        if leads:
            below = f"r{number}"
            everybody.append(
                replace(
                    everybody[at],
                    employee_id=below,
                    name=f"Report {number}",
                    manager_id=f"e{number}",
                    slack_id=f"T-{below}",
                )
            )
    return tuple(everybody)


async def _rate(here: Home, cycle: Cycle, employee: str, made: Made) -> None:
    _, scores, ladders, rating, leads = made
    review = await review_of(here, cycle, employee)
    async with here.deps.database.begin(write=False) as tx:
        record = await tx.reviews.get(review)
    assert record is not None
    rows = record.sheet.rows
    sums = numbers(
        [(row.weight, score) for row, score in zip(rows, scores, strict=False)],
        dict(zip(VALUES, ladders, strict=True)),
        has_reports=leads,
    )
    answers = self_answers(here) | {
        "overall": "2.5" if sums["gate"] else rating,
        "reason": "Talked about with both.",
        "surprise_reason": "It came up last week.",
        "case:overall": "What came of it.",
        "case:missed": "The second standard.",
    }
    answers |= {f"goal:{row.id}": score for row, score in zip(rows, scores, strict=False)}
    for key, levels in zip(VALUES, ladders, strict=True):
        answers |= {f"value:{key}:{at}": level for at, level in enumerate(levels, start=1)}
    form = opened(await here.press("mia", f"rate:{rating}", review))
    assert await here.fill("mia", form, answers) == Done()


def _compare(found: dict[str, Any], made: Made) -> None:
    _, scores, ladders, rating, leads = made
    goals = found["goals"]
    sums = numbers(
        [(goal["weight"], score) for goal, score in zip(goals, scores, strict=False)],
        dict(zip(VALUES, ladders, strict=True)),
        has_reports=leads,
    )
    chosen = "2.5" if sums["gate"] else rating
    assert sum(goal["weight"] for goal in goals) == 100
    assert {key: found[key] for key in sums} == sums
    assert [goal["manager_score"] for goal in goals] == scores[: len(goals)]
    assert {key: found["values"][key] for key in VALUES} == {
        key: {
            "self_score": None,
            "manager_score": short(climbed(levels)),
            "self_levels": None,
            "manager_levels": counted(levels),
        }
        for key, levels in zip(VALUES, ladders, strict=True)
    }
    assert (found["rating"], found["stage"]) == (chosen, "skip_level")
