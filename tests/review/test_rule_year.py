"""The year, the nine boxes, and the gaps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rule_samples import NOW, POLICY, assessment, rated, review

from review.annual import Part, annual
from review.errors import NothingToReview
from review.flow import Stage
from review.matrix import Animal, Box, Third, box
from review.no_surprise import Gap, gaps
from review.score import GateState
from review.steps import rate, submit_self

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
