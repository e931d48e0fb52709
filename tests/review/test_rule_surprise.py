"""What counts as heard, and what is a surprise without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from rule_samples import NOW, POLICY, assessment, cycle, person, rated, review

from review.errors import MissingReason
from review.errors_feedback import FeedbackToOneself, PersonGone
from review.feedback import OTHER, Heard, Kind, about_goal, about_value, check_receiver, on_work
from review.needs import SURPRISE, NeedKind, Who, needs
from review.people import EmployeeId
from review.stages import Stage
from review.steps import rate
from review.surprise import Told, below, is_surprise, praise_unspoken, told

RATED_ON = date(2027, 1, 5)
PERIOD = cycle()
NOTHING = Told(warned=False, praised=False)
WARNED, PRAISED = replace(NOTHING, warned=True), replace(NOTHING, praised=True)


def heard(
    day: date,
    kind: Kind = Kind.CONSTRUCTIVE,
    about: str = "goal:sales",
    giver: EmployeeId = "mia",
    *,
    as_manager: bool = False,
) -> Heard:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Heard(giver=giver, kind=kind, about=about, as_manager=as_manager, reached_at=at)


def of(*every: Heard, on: date = RATED_ON) -> Told:
    return told(every, managers=("mia",), span=PERIOD, on=on, day_of=datetime.date, policy=POLICY)


@pytest.mark.parametrize("kind", Kind)
def test_a_word_counts_by_its_kind(kind: Kind) -> None:
    day = date(2026, 11, 2)
    assert (
        of(heard(day, kind))
        == {
            Kind.POSITIVE: PRAISED,
            Kind.CONSTRUCTIVE: WARNED,
            Kind.NEGATIVE: WARNED,
        }[kind]
    )


def test_a_warning_counts_within_the_period_and_two_weeks_before_the_rating() -> None:
    in_time = RATED_ON - timedelta(days=14)
    assert of(heard(in_time)) == WARNED
    assert of(heard(in_time + timedelta(days=1))) == NOTHING
    assert of(heard(PERIOD.starts)) == WARNED
    assert of(heard(PERIOD.starts - timedelta(days=1))) == NOTHING
    late = PERIOD.ends + timedelta(days=60)
    assert of(heard(PERIOD.ends), on=late) == WARNED
    assert of(heard(PERIOD.ends + timedelta(days=1)), on=late) == NOTHING


def test_praise_counts_from_the_periods_start_up_to_the_rating() -> None:
    assert of(heard(PERIOD.starts, Kind.POSITIVE)) == PRAISED
    assert of(heard(RATED_ON, Kind.POSITIVE)) == PRAISED
    assert of(heard(PERIOD.starts - timedelta(days=1), Kind.POSITIVE)) == NOTHING
    assert of(heard(RATED_ON + timedelta(days=1), Kind.POSITIVE)) == NOTHING


def test_only_words_of_the_manager_or_the_one_of_that_time_count() -> None:
    day = date(2026, 11, 2)
    assert of(heard(day, giver="peer")) == NOTHING
    assert of(heard(day, giver="earlier", as_manager=True)) == WARNED
    assert of(heard(day, Kind.POSITIVE, giver="peer")) == NOTHING


def test_a_warning_has_to_be_on_a_goal_or_a_value() -> None:
    day = date(2026, 11, 2)
    every = (about_goal("sales"), about_value("teamwork"), OTHER)
    assert [on_work(about) for about in every] == [True, True, False]
    assert [of(heard(day, about=about)) for about in every] == [WARNED, WARNED, NOTHING]


@pytest.mark.parametrize(
    ("rating", "values", "low"),
    [
        ("3.25", ("2.5", "2.5"), True),
        ("2.5", ("2.5", "2.5"), True),
        ("3.5", ("2.5", "2.5"), False),
        ("3.5", ("2", "2.5"), True),
        ("4", ("2.5", "2"), True),
        (None, ("2.5", "2.5"), False),
        (None, ("2", "2.5"), True),
    ],
)
def test_below_what_is_expected_is_a_rating_or_a_value(
    rating: str | None, values: tuple[str, str], *, low: bool
) -> None:
    part = assessment(values=values, rating=rating)
    assert below(part, POLICY) == low
    found = [is_surprise(part, one, POLICY) for one in (NOTHING, PRAISED, WARNED)]
    assert found == [low, low, False]


def test_a_ladder_half_climbed_says_nothing_yet() -> None:
    part = replace(assessment(rating="3.5"), levels={"teamwork": ()})
    assert not below(part, POLICY)


def test_praise_is_missed_from_four_on() -> None:
    for rating, missed in (("4", True), ("4.5", True), ("3.75", False), (None, False)):
        part = assessment(rating=rating)
        assert praise_unspoken(part, NOTHING, POLICY) == missed
        assert not praise_unspoken(part, PRAISED, POLICY)


def test_a_company_may_set_other_numbers() -> None:
    rules = replace(POLICY.no_surprise, rating_to=Fraction(3), days_before=0)
    policy = replace(POLICY, no_surprise=rules)
    assert not below(assessment(rating="3.25"), policy)
    day = PERIOD.ends
    found = told(
        [heard(day)], managers=("mia",), span=PERIOD, on=day, day_of=datetime.date, policy=policy
    )
    assert found == WARNED


def test_a_surprise_needs_a_reason_and_is_kept_with_it() -> None:
    record = review(Stage.MANAGER_REVIEW)
    part = rated("3.25", "3.25")
    facts = {"by": "mia", "holder": "mia", "has_reports": False, "at": NOW, "policy": POLICY}
    part = replace(part, reason="Why not 3.5.")
    (need,) = needs(part, None, record.sheet, POLICY, Who.MANAGER, told=NOTHING)
    assert (need.kind, need.about) == (NeedKind.REASON, SURPRISE)
    with pytest.raises(MissingReason):
        rate(record, part, told=NOTHING, **facts)  # type: ignore[arg-type]
    said = replace(part, surprise_reason=" It came up last week. ")
    sent = rate(record, said, told=NOTHING, same_words=True, **facts)  # type: ignore[arg-type]
    assert sent.manager_part is not None
    assert (sent.surprise, sent.same_words) == (True, True)
    assert sent.manager_part.surprise_reason == "It came up last week."
    calm = rate(record, said, told=WARNED, same_words=False, **facts)  # type: ignore[arg-type]
    assert calm.manager_part is not None
    assert (calm.surprise, calm.manager_part.surprise_reason) == (False, "")
    unlooked = rate(record, part, **facts)  # type: ignore[arg-type]
    assert (unlooked.surprise, unlooked.same_words) == (None, None)


def test_a_reason_may_not_be_too_long() -> None:
    part = replace(rated(), surprise_reason="x" * 3001)
    (need,) = needs(part, None, review().sheet, POLICY, Who.MANAGER, told=WARNED)
    assert (need.kind, need.about) == (NeedKind.SHORTER, "surprise_reason")


def test_nobody_gives_feedback_to_themself_or_to_one_who_left() -> None:
    check_receiver("mia", person("ana"), RATED_ON)
    with pytest.raises(FeedbackToOneself):
        check_receiver("ana", person("ana"), RATED_ON)
    with pytest.raises(PersonGone) as gone:
        check_receiver("mia", person("ana", left_on=RATED_ON - timedelta(days=1)), RATED_ON)
    assert gone.value.facts == {"name": "Ana"}


def test_praise_in_public_is_a_good_word_from_anybody_in_the_period() -> None:
    def praise(day: date) -> Heard:
        return replace(heard(day, Kind.POSITIVE, "value:teamwork", "peer"), public=True)

    assert of(praise(PERIOD.starts)) == of(praise(RATED_ON)) == PRAISED
    assert of(praise(PERIOD.starts - timedelta(days=1))) == NOTHING
    assert of(praise(RATED_ON + timedelta(days=1))) == NOTHING
