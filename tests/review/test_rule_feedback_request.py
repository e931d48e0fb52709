"""Whom somebody may ask for feedback about themself, and what answers it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from review.errors_feedback import AskedLately, FeedbackToOneself, PersonGone, RequestAnswered
from review.feedback_request import Question, Request, check_asked, is_answered_by
from review.people import Person

TODAY = date(2026, 10, 12)
ANN, BEN = (Person(employee_id=one, name=name) for one, name in (("a", "Ann"), ("b", "Ben")))
ONE = Request(
    id="q1",
    together="t1",
    asker="me",
    asked="a",
    about="value:teamwork",
    at=datetime(2026, 10, 12, 4, tzinfo=UTC),
    said=Question(),
)


def test_colleagues_may_be_asked_about_something_else_or_for_the_first_time() -> None:
    check_asked("me", [ANN, BEN], "other", [ONE], TODAY)
    check_asked("me", [BEN], "value:teamwork", [ONE], TODAY)


def test_nobody_is_asked_the_same_again() -> None:
    with pytest.raises(AskedLately) as refused:
        check_asked("me", [BEN, ANN], "value:teamwork", [ONE], TODAY)
    assert refused.value.facts == {"names": "Ann", "days": 14}


def test_whoever_has_their_answer_is_named() -> None:
    assert RequestAnswered("Ann").facts == {"name": "Ann"}


def test_oneself_and_who_left_are_not_asked() -> None:
    with pytest.raises(FeedbackToOneself):
        check_asked("a", [BEN, ANN], "other", [], TODAY)
    with pytest.raises(PersonGone):
        check_asked("me", [replace(ANN, left_on=date(2026, 10, 11))], "other", [], TODAY)


@pytest.mark.parametrize(
    ("asked", "given", "answers"),
    [
        ("value:teamwork", "value:teamwork", True),
        ("value:teamwork", "other", False),
        ("other", "goal:g1", True),
        ("other", "other", True),
    ],
)
def test_a_word_on_just_that_or_on_anything_answers(
    asked: str, given: str, *, answers: bool
) -> None:
    request = replace(ONE, about=asked)
    assert is_answered_by(request, given) is answers
    assert not is_answered_by(replace(request, answered_at=ONE.at), given)
