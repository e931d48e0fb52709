"""Two quarters of 48 people by the clock: every message that each got, and on which day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from syrupy.assertion import SnapshotAssertion
from weeks import TEAMS, Life, Post, company
from world import home

from handlers.daily import KIND
from handlers.hours import Hours
from review.people import EmployeeId
from review.policy import Policy

WEEKS = 13
LISTS = {"my_review", "team_list", "goal_list", "sign_list", "board"}
"""What is posted once a cycle and edited from then on."""
AUTUMN = date(2026, 10, 5)
"""In the week of China's National Day, with a day of sale in it, and Christmas in Germany."""
WINTER = date(2027, 1, 4)
"""With Spring Festival."""
POLICY = Policy(calendar=replace(Policy().calendar, quiet_dates=(date(2026, 11, 11),)))


async def lived(folder: Path, first: date, review: str, goals: str) -> Life:
    """That quarter: the review of the one before, and goals for it a week later."""
    people = company()
    now = datetime(first.year, first.month, first.day, 1, tzinfo=UTC)
    async with home(folder, people, now=now, policy=POLICY) as place:
        life = Life(place, {one.employee_id: one for one in people})
        await life.open_cycle(review)
        await life.through(first, 1)
        await life.open_cycle(goals)
        await life.through(life.next_day, WEEKS - 1)
        return life


def calendar(life: Life) -> dict[tuple[EmployeeId, date], list[Post]]:
    """What each got on each day, by the receiver's clock."""
    found: dict[tuple[EmployeeId, date], list[Post]] = defaultdict(list)
    for post in life.posts:
        person = life.people.get(post.to)
        if person is not None:
            found[post.to, post.at.astimezone(ZoneInfo(person.time_zone or "")).date()].append(post)
    return found


def shown(days: dict[tuple[EmployeeId, date], list[Post]]) -> str:
    """A line a person and day."""
    return "\n".join(
        f"{who:5} {day:%a %m-%d} {'; '.join(sorted(_as_line(post) for post in posts))}"
        for (who, day), posts in sorted(days.items())
    )


def _as_line(post: Post) -> str:
    return f"{post.kind}: {', '.join(post.says)}" if post.kind == KIND else post.kind


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "review", "goals"),
    [
        pytest.param(AUTUMN, "2026Q3", "2026Q4", id="autumn"),
        pytest.param(WINTER, "2026Q4", "2027Q1", id="winter", marks=pytest.mark.long),
    ],
)
async def test_nobody_gets_two_of_the_bots_own_on_a_day_nor_outside_their_hours(
    tmp_path: Path, snapshot: SnapshotAssertion, first: date, review: str, goals: str
) -> None:
    life = await lived(tmp_path, first, review, goals)
    days = calendar(life)
    twice = [place for place, posts in days.items() if len(_own(posts)) > 1]
    assert twice == []
    outside = [
        (post.to, post.at, post.kind)
        for post in life.posts
        if (person := life.people.get(post.to)) is not None
        and Hours(life.place.deps.company, person).opens(post.at) != post.at
    ]
    assert outside == []
    a_week = {who: n / WEEKS for who, n in Counter(post.to for post in life.posts).items()}
    assert max(a_week[who] for who in life.people if who not in {*TEAMS, "boss", "hr"}) <= 2
    assert a_week["m1"] <= 4  # leads nine
    assert shown(days) == snapshot


def _own(posts: Sequence[Post]) -> list[Post]:
    return [post for post in posts if post.kind not in LISTS]
