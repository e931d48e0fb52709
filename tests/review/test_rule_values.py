"""The pass-through ladder."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_samples import POLICY, N, P, Y, ladder

from review.errors import UnknownLevel
from review.values import Climb, Level, ValueCase, case_for, climb, normal, read_level, scores

F = Fraction
ANSWERS = st.lists(st.sampled_from([Y, P, N, None]), max_size=5)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((), Climb(F(0), 1, complete=False)),
        ((Y, Y), Climb(F(2), 3, complete=False)),
        ((Y, P, Y, Y, Y), Climb(F(3, 2), 2, complete=True)),
        ((N, Y, Y, Y, Y), Climb(F(0), 1, complete=True)),
        ((Y, None, Y), Climb(F(1), 2, complete=False)),
        ((Y, Y, Y, Y, P), Climb(F(9, 2), 5, complete=True)),
        ((Y, Y, Y, Y, Y), Climb(F(5), 5, complete=True)),
    ],
)
def test_climb_stops_where_it_must(levels: tuple[Level | None, ...], expected: Climb) -> None:
    assert climb(levels) == expected


@given(ANSWERS)
def test_climb_counts_nothing_beyond_the_stop(levels: list[Level | None]) -> None:
    up = len(list(takewhile(lambda level: level is Y, levels)))
    half = F(1, 2) if up < len(levels) and levels[up] is P else 0
    way = climb(levels)
    assert way.score == up + half
    assert way.reached == min(up + 1, 5)
    assert way.complete == (up == 5 or (up < len(levels) and levels[up] is not None))


@given(ANSWERS)
def test_normal_keeps_the_climb_and_nothing_else(levels: list[Level | None]) -> None:
    found = normal(levels)
    assert len(found) == 5
    assert climb(found) == climb(levels)
    assert set(found[climb(levels).reached :]) <= {None}
    assert normal(found) == found


def test_scores_follow_the_policy() -> None:
    levels = {"teamwork": ladder("3.5"), "unknown": ladder("5")}
    assert list(scores(levels, POLICY).items()) == [
        ("customer_first", F(0)),
        ("teamwork", F("3.5")),
    ]


@pytest.mark.parametrize(
    ("score", "case"),
    [
        ("0", ValueCase.NOT_MET),
        ("2", ValueCase.NOT_MET),
        ("2.5", None),
        ("3", ValueCase.PERSUASIVE),
        ("5", ValueCase.PERSUASIVE),
    ],
)
def test_case_for_the_low_and_the_high(score: str, case: ValueCase | None) -> None:
    assert case_for(F(score), POLICY) is case


def test_read_level_refuses_other_words() -> None:
    assert read_level("partly") is P
    with pytest.raises(UnknownLevel):
        read_level("maybe")
