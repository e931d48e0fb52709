"""The year, the nine boxes, and the gaps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rule_samples import NOW, POLICY, assessment, rated, review

from review.annual import Part, annual
from review.assessment import Assessment
from review.errors import AlreadySent, MissingReason, NothingToReview
from review.errors_year import NoQuarters, NotAYear
from review.flow import Stage
from review.goals import Sheet
from review.library import Library
from review.matrix import Animal, Box, Third, box
from review.needs import NeedKind, Who, needs
from review.no_surprise import Gap, gaps
from review.policy import Rewards
from review.policy_check import complaints
from review.record import Review, rules_for, standing
from review.rewards import Trend, bonus_factor, may_be_promoted, strong, trend
from review.score import GateState
from review.seals import as_seen
from review.steps import rate, submit_self
from review.surprise import Told

F = Fraction


def parts(ks: str, vs: str) -> list[Part]:
    return [
        Part(name=f"2026Q{at}", at=at, k=F(k), v=F(v), values={"a": F(v), "b": F(v)})
        for at, (k, v) in enumerate(zip(ks.split(), vs.split(), strict=True), start=1)
    ]


def test_annual_of_the_worked_example() -> None:
    found = annual(parts("3.5 3.75 4 4", "2.5 2.75 3 3.25"), POLICY, has_reports=False)
    assert (found.outcome.k, found.outcome.v) == (F("3.8125"), F("3.125"))
    assert (found.outcome.total, found.outcome.suggested) == (F("3.8875"), F(4))
    assert (found.parts, found.slope, found.adjustment) == (4, F("0.25"), F("0.25"))
    assert found.gated == ()


@pytest.mark.parametrize(
    ("vs", "adjustment", "v"),
    [
        ("3 2.75 2.5 2.25", "-0.25", "2.375"),
        ("2.5 2.6 2.7 2.8", "0", "2.65"),
        ("2.8 2.7 2.6 2.5", "0", "2.65"),
        ("4.5 5 5 5", "0.25", "5"),
        ("0.5 0 0 0", "-0.25", "0"),
        ("3", "0", "3"),
        ("3 3.5", "0.25", "3.5"),
    ],
)
def test_annual_follows_the_trend_of_values(vs: str, adjustment: str, v: str) -> None:
    found = annual(parts(" ".join(["3.5"] * len(vs.split())), vs), POLICY, has_reports=False)
    assert (found.adjustment, found.outcome.v) == (F(adjustment), F(v))


def test_annual_leaves_a_missing_quarters_place_empty() -> None:
    first, second = parts("3.5 3.5", "2.5 2.75")
    near = annual([first, second], POLICY, has_reports=False)
    far = annual([first, replace(second, at=4)], POLICY, has_reports=False)
    assert (near.slope, far.slope) == (F(1, 4), F(1, 12))
    assert (near.adjustment, far.adjustment, far.parts) == (F(1, 4), F(0), 2)


def test_annual_names_a_gated_quarter_and_keeps_the_gate() -> None:
    first, second = parts("4 4", "3 3")
    found = annual(
        [
            replace(first, gated=True, values={"a": F(0)}),
            replace(second, values={"a": F(1), "b": F(5)}),
        ],
        POLICY,
        has_reports=False,
    )
    assert found.gated == ("2026Q1",)
    assert found.outcome.values == {"a": F(1, 2), "b": F(5)}
    assert (found.outcome.gate, found.outcome.suggested) == (GateState.GATED, F("2.5"))
    assert annual(parts("4", "2.25"), POLICY, has_reports=True).outcome.gate is GateState.GATED
    assert annual(parts("4", "2.25"), POLICY, has_reports=False).outcome.gate is GateState.NONE


def test_annual_of_nothing_is_refused() -> None:
    with pytest.raises(NothingToReview):
        annual([], POLICY, has_reports=False)


def test_annual_weighs_a_half_year_as_two_quarters() -> None:
    first, second = parts("3 4", "2.5 2.8")
    half = replace(second, at=4, quarters=2)
    found = annual([first, half], POLICY, has_reports=False)
    assert (found.outcome.k, found.slope, found.parts) == (F(11, 3), F(1, 10), 2)
    assert (found.adjustment, found.outcome.v) == (F(0), F("2.7"))
    assert found.outcome.values == {"a": F("2.7"), "b": F("2.7")}


def of_year(stage: Stage = Stage.MANAGER_REVIEW) -> Review:
    return replace(review(stage), cycle="2026", sheet=Sheet(()))


def year_rated(part: Assessment, *vs: str, told: Told | None = None) -> Review:
    """That rating of a year with K 3.5 and those V, sent by the manager."""
    made = parts(" ".join(["3.5"] * len(vs)), " ".join(vs))
    return rate(
        of_year(),
        part,
        by="mia",
        holder="mia",
        has_reports=False,
        at=NOW,
        policy=POLICY,
        told=told,
        year=made,
    )


def picked(rating: str, reason: str = "", surprise: str = "") -> Assessment:
    """An overall rating, with no row scored and no ladder climbed."""
    return Assessment(
        scores={},
        cases={"overall": "What happened.", "missed": "Both."},
        rating=F(rating),
        reason=reason,
        surprise_reason=surprise,
    )


def test_year_is_rated_from_its_quarters_alone() -> None:
    done = year_rated(picked("3.5"), "2.5", "2.5")
    assert done.outcome is not None
    assert done.year is not None
    assert (done.stage, done.rating, done.outcome.k) == (Stage.SKIP_LEVEL, F("3.5"), F("3.5"))
    assert [part.name for part in done.year] == ["2026Q1", "2026Q2"]
    assert gaps(done, POLICY) == ()
    assert standing(done.manager_part, done, POLICY) is None


def test_year_needs_a_reason_for_another_rating_and_a_high_one_beside_low_values() -> None:
    with pytest.raises(MissingReason, match="suggestion"):
        year_rated(picked("3.75"), "2.5", "2.5")
    low = replace(parts("5", "4")[0], values={"a": F("1.5"), "b": F("5")})
    found = annual([low], POLICY, has_reports=False).outcome
    assert found.suggested == F(5)
    lacking = needs(picked("5"), found, Sheet(()), rules_for(of_year(), POLICY), Who.MANAGER)
    assert [(need.kind, need.about) for need in lacking] == [(NeedKind.REASON, "care")]


def test_year_is_a_surprise_where_a_mean_of_values_is_low() -> None:
    silent, warned = Told(warned=False, praised=True), Told(warned=True, praised=True)
    with pytest.raises(MissingReason, match="surprise"):
        year_rated(picked("3.5"), "2.4", told=silent)
    assert year_rated(picked("3.5", surprise="Late."), "2.4", told=silent).surprise is True
    assert year_rated(picked("3.5"), "2.5", told=silent).surprise is False
    assert year_rated(picked("3.5"), "2.4", told=warned).surprise is False


def test_year_without_a_quarter_is_refused() -> None:
    with pytest.raises(NothingToReview):
        year_rated(picked("3.5"))


def test_year_sent_again_counts_only_where_a_quarter_changed() -> None:
    done = year_rated(picked("3.5"), "2.5")
    who = {"by": "mia", "holder": "mia", "has_reports": False, "at": NOW, "policy": POLICY}
    with pytest.raises(AlreadySent):
        rate(done, picked("3.5"), year=parts("3.5", "2.5"), **who)  # type: ignore[arg-type]
    changed = rate(done, picked("3.5"), year=parts("3.5", "2.6"), **who)  # type: ignore[arg-type]
    assert changed.year == tuple(parts("3.5", "2.6"))


def test_year_asks_nothing_of_the_person() -> None:
    mine = Assessment(scores={}, comment=" The spring was hard. ")
    sent = submit_self(of_year(Stage.SELF_REVIEW), mine, by="ana", at=NOW, policy=POLICY)
    assert sent.self_part == replace(mine, comment="The spring was hard.")
    empty = submit_self(
        of_year(Stage.SELF_REVIEW), Assessment(scores={}), by="ana", at=NOW, policy=POLICY
    )
    assert empty.stage is Stage.MANAGER_REVIEW


def test_seal_of_a_year_holds_its_quarters() -> None:
    done = year_rated(picked("3.5"), "2.5")
    seen = as_seen(done, done.sign_offs[0])
    assert [part["name"] for part in seen["year"]] == ["2026Q1"]
    assert as_seen(replace(done, year=tuple(parts("4", "2.5"))), done.sign_offs[0]) != seen


@pytest.mark.parametrize(
    ("k", "v", "performance", "values", "animal"),
    [
        ("3.75", "2", Third.HIGH, Third.LOW, Animal.WILD_DOG),
        ("3.75", "2.5", Third.HIGH, Third.MIDDLE, Animal.BULL),
        ("5", "3", Third.HIGH, Third.HIGH, Animal.STAR),
        ("3.5", "2.4", Third.MIDDLE, Third.LOW, Animal.WILD_DOG),
        ("3.5", "2.9", Third.MIDDLE, Third.MIDDLE, Animal.BULL),
        ("3.6", "5", Third.MIDDLE, Third.HIGH, Animal.BULL),
        ("3.25", "2.4", Third.LOW, Third.LOW, Animal.DOG),
        ("3.375", "2.5", Third.LOW, Third.MIDDLE, Animal.RABBIT),
        ("2.5", "3", Third.LOW, Third.HIGH, Animal.RABBIT),
    ],
)
def test_box_of_performance_and_values(
    k: str, v: str, performance: Third, values: Third, animal: Animal
) -> None:
    found = box(F(k), F(v), POLICY)
    assert (found, found.animal) == (Box(performance, values), animal)


def test_gaps_of_half_a_step_and_more() -> None:
    both = {"value:customer_first": "x", "value:teamwork": "y"}
    mine = replace(assessment("4", ("3", "2.5"), both), comment="Good.")
    sent = submit_self(review(), mine, by="ana", at=NOW, policy=POLICY)
    assert gaps(sent, POLICY) == ()
    theirs = replace(
        rated("3.5", "3.5"), scores={"sales": F("3.5"), "conduct": F("3.75")}, reason="Why."
    )
    done = rate(sent, theirs, by="max", holder="max", has_reports=False, at=NOW, policy=POLICY)
    assert gaps(done, POLICY) == (
        Gap("goal:sales", F(4), F("3.5")),
        Gap("value:customer_first", F(3), F("2.5")),
        Gap("overall", F(4), F("3.5")),
    )
    assert gaps(done, POLICY)[0].size == F("0.5")


def test_gaps_of_the_whole() -> None:
    mine = assessment("2.5")
    sent = submit_self(review(), mine, by="ana", at=NOW, policy=POLICY)
    done = rate(sent, rated(), by="max", holder="max", has_reports=False, at=NOW, policy=POLICY)
    assert [gap.about for gap in gaps(done, POLICY)] == ["goal:sales", "goal:conduct", "overall"]
    assert gaps(done, POLICY)[2].size == F("-0.5")


def test_gaps_need_a_rating_for_the_whole() -> None:
    unpicked = replace(
        review(Stage.MANAGER_REVIEW), self_part=assessment("2.5"), manager_part=assessment("2.5")
    )
    assert gaps(unpicked, POLICY) == ()


def part(rating: str | None, v: str) -> Part:
    score = None if rating is None else F(rating)
    return Part(name="2026Q1", at=1, k=F("3.5"), v=F(v), values={}, rating=score)


def test_promotion_asks_for_two_strong_quarters_of_the_last_four() -> None:
    strong_one, low_values, low_rating = part("3.75", "3"), part("4", "2.9"), part("3.5", "3.5")
    unrated = part(None, "3")
    four = [strong_one, low_values, low_rating, strong_one]
    assert (strong(four, POLICY), may_be_promoted(four, POLICY)) == (2, True)
    later = [*four, unrated]
    assert (strong(later, POLICY), may_be_promoted(later, POLICY)) == (1, False)
    assert (strong([], POLICY), may_be_promoted([], POLICY)) == (0, False)


def test_bonus_is_what_the_policy_names_for_that_rating() -> None:
    named = replace(POLICY, rewards=Rewards(bonus=((F(4), F("1.25")), (F("3.5"), F(1)))))
    assert [bonus_factor(F(rating), named) for rating in ("4", "3.75")] == [F("1.25"), None]
    assert bonus_factor(F(4), POLICY) is None


@pytest.mark.parametrize(
    ("vs", "expected"),
    [("2.5 3", Trend.RISING), ("3 2.5", Trend.FALLING), ("3 3", Trend.STEADY)],
)
def test_trend_of_the_values_is_named(vs: str, expected: Trend) -> None:
    assert trend(annual(parts("3.5 3.5", vs), POLICY, has_reports=False)) is expected


def test_refusals_of_a_year_name_what_they_are_about() -> None:
    assert NoQuarters("2026", "Ana").facts == {"year": "2026", "name": "Ana"}
    assert NotAYear("2026Q4").facts == {"name": "2026Q4", "year": "2026"}


def test_a_bonus_is_named_for_steps_of_the_scale_and_is_none_below_nothing() -> None:
    bonus = ((F("3.9"), F(1)), (F(4), F(-1)), (F("3.5"), F(1)))
    wrong = replace(POLICY, rewards=Rewards(bonus=bonus))
    found = complaints(wrong, Library(ladders={}, roles={}), ())
    assert [(one.place[-1], one.key) for one in found if one.place[0] == "rewards"] == [
        (0, "policy.not_on_scale"),
        (1, "policy.not_below"),
    ]
