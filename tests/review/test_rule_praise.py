"""Praise: whom it may be for, what a month counts, and how a line is understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors_feedback import PersonGone
from review.errors_praise import PraiseToOneself
from review.people import Person
from review.praise import (
    Deed,
    Month,
    Praise,
    Praised,
    Spoken,
    check_receiver,
    counted,
    next_month,
    readings,
)

ANN = Person(employee_id="ann", name="Ann")
TODAY = date(2026, 11, 2)
NAMES = {
    "customer_first": ("customer_first", "Customer first", "客户第一"),
    "teamwork": ("teamwork", "Teamwork", "团队合作"),
}


def test_anybody_who_is_there_may_be_praised_but_oneself() -> None:
    check_receiver("bob", ANN, TODAY)
    with pytest.raises(PraiseToOneself):
        check_receiver("ann", ANN, TODAY)
    with pytest.raises(PersonGone):
        check_receiver("bob", replace(ANN, left_on=date(2026, 11, 1)), TODAY)


def test_praise_stands_until_it_is_taken_back() -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    one = Praise(id="p", giver="a", receiver="b", value="v", said=Deed(text="So."), at=at)
    assert (one.taken_at, one.reached_at, one.said.value_name) == (None, None, {})


def test_a_month_is_counted_by_value_and_by_people() -> None:
    pairs = (("a", "b", "teamwork"), ("a", "c", "teamwork"), ("b", "a", "customer_first"))
    found = counted(Praised(giver=g, receiver=r, value=v) for g, r, v in pairs)
    assert found == Month(
        count=3,
        values={"teamwork": 2, "customer_first": 1},
        receivers=frozenset("abc"),
        givers=frozenset("ab"),
    )
    assert counted(()).count == 0


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)))
def test_the_next_month_begins_after_every_day_of_this_one(day: date) -> None:
    found = next_month(day)
    assert (found.day, found > day, (found - day).days <= 31) == (1, True, True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("@ann Customer first So.", Spoken(who="@ann", value="customer_first", text="So.")),
        ("Ann Lee teamwork: So", Spoken(who="Ann Lee", value="teamwork", text="So")),
        ("安娜 客户第一连夜发货", Spoken(who="安娜", value="customer_first", text="连夜发货")),
        ("ann TEAMWORK", Spoken(who="ann", value="teamwork", text="")),
        ("ann teamworker of old", Spoken(who="ann", value=None, text="teamworker of old")),
        ("ann", Spoken(who="ann", value=None, text="")),
        ("ann stayed late", Spoken(who="ann", value=None, text="stayed late")),
    ],
)  # fmt: skip
def test_a_line_is_understood_as_whom_value_and_words(line: str, expected: Spoken) -> None:
    assert next(iter(readings(line, NAMES))) == expected


def test_every_way_to_understand_it_is_offered_and_the_last_keeps_all_words() -> None:
    assert [*readings("ann helped with teamwork a lot", NAMES)] == [
        Spoken(who="ann helped with", value="teamwork", text="a lot"),
        Spoken(who="ann", value=None, text="helped with teamwork a lot"),
    ]
    assert next(readings("ann x", {"odd": ("", "x")})).value == "odd"
