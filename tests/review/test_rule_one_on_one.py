"""When a pair's one-on-one falls due, and how a team is spread over its rhythm."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import slots
from review.errors_one_on_one import NotYourPair, NotYourTalk
from review.one_on_one import (
    OneOnOne,
    State,
    check_theirs,
    first_due,
    is_unsaid,
    leads,
    too_long,
    waits,
)
from review.people import Person

NOW = datetime(2026, 10, 14, 2, tzinfo=UTC)
TODAY = date(2026, 10, 14)
WEEK = timedelta(weeks=1)
ONE = OneOnOne(id="t", person="e1", manager="mia", number=1, starts_at=NOW, minutes=45)


def test_twelve_are_spread_over_the_four_weeks_three_a_week() -> None:
    days = [first_due(rank, 12, 4, TODAY) for rank in range(12)]
    assert len(set(days)) == 12
    assert min(days) >= TODAY
    assert max(days) < TODAY + timedelta(days=28)
    assert {day.weekday() for day in days} <= set(range(5))
    weeks = Counter((day - date(2024, 1, 1)).days // 7 % 4 for day in days)
    assert set(weeks.values()) == {3}


@given(
    team=st.integers(1, 60),
    weeks=st.sampled_from([1, 2, 3, 4, 6]),
    after=st.dates(date(2024, 1, 1), date(2040, 1, 1)),
)
def test_no_working_day_has_more_than_its_share(team: int, weeks: int, after: date) -> None:
    days = [first_due(rank, team, weeks, after) for rank in range(team)]
    assert all(after <= day < after + timedelta(weeks=weeks) for day in days)
    assert max(Counter(days).values()) <= -(-team // (weeks * 5))
    assert {day.weekday() for day in days} <= set(range(5))


def test_a_talk_has_an_end_and_another_side() -> None:
    assert ONE.ends_at == NOW + timedelta(minutes=45)
    assert replace(ONE, starts_at=None).ends_at is None
    assert (ONE.other("e1"), ONE.other("mia"), ONE.pair) == ("mia", "e1", ("e1", "mia"))


def test_one_leads_the_other_or_they_are_no_pair() -> None:
    boss, mia, max_, e1 = (
        Person(employee_id=who, name=who, manager_id=above)
        for who, above in (("boss", None), ("mia", "boss"), ("max", "boss"), ("e1", "mia"))
    )
    assert leads(mia, e1)
    assert not leads(e1, mia)
    assert not leads(mia, mia)
    for actor, other in ((boss, e1), (e1, boss), (max_, mia), (max_, e1)):
        with pytest.raises(NotYourPair) as refused:
            leads(actor, other)
        assert refused.value.facts == {"name": other.name}


def test_a_talk_is_its_two_peoples() -> None:
    assert check_theirs(ONE, "e1") is check_theirs(ONE, "mia") is ONE
    for talk, who in ((ONE, "boss"), (None, "e1")):
        with pytest.raises(NotYourTalk):
            check_theirs(talk, who)


@pytest.mark.parametrize(
    ("talk", "wanted"),
    [
        (None, True),
        (replace(ONE, state=State.HELD), True),
        (ONE, False),
        (replace(ONE, starts_at=None), True),
        (replace(ONE, starts_at=None, planned_at=NOW), False),
        (replace(ONE, starts_at=None, planned_at=NOW - 2 * WEEK), True),
    ],
)
def test_the_bot_looks_for_a_time_where_none_is_agreed(
    talk: OneOnOne | None, wanted: object
) -> None:
    assert waits(talk, NOW, 2) is wanted


def test_after_a_week_nobody_says_any_more_whether_it_was_held() -> None:
    late = NOW + timedelta(minutes=45) + WEEK
    assert is_unsaid(ONE, late)
    assert not is_unsaid(ONE, late - timedelta(seconds=1))
    assert not is_unsaid(replace(ONE, starts_at=None), late)
    assert not is_unsaid(replace(ONE, state=State.SKIPPED), late)


@pytest.mark.parametrize(("weeks", "days"), [(4, 42), (2, 21), (1, 14)])
def test_too_long_is_the_rhythm_and_half_of_it(weeks: int, days: int) -> None:
    assert too_long(TODAY - timedelta(days=days), TODAY, weeks)
    assert not too_long(TODAY - timedelta(days=days - 1), TODAY, weeks)


SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=SHANGHAI)


def test_a_good_hour_later_goes_before_an_odd_hour_sooner() -> None:
    free = {at(14, 9), at(15, 12), at(16, 15)}
    assert slots.first(free.__contains__, TODAY, SHANGHAI) == at(16, 15)
    assert slots.first({at(14, 9), at(15, 12)}.__contains__, TODAY, SHANGHAI) == at(14, 9)
    assert slots.first({at(28, 10)}.__contains__, TODAY, SHANGHAI) is None
    assert slots.first({at(27, 10), at(13, 10)}.__contains__, TODAY, SHANGHAI) == at(27, 10)
