"""Policies and libraries that make no sense, and errors that say so."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from rule_samples import POLICY

from review import errors, policy_check
from review.errors import PolicyFault, ReviewError
from review.library import Ladder, Library, StartingGoal, check
from review.policy import Calendar, Distribution, Policy, Quota, Scoring, SheetRules
from review.wording import Wording

F = Fraction
WORDS: Wording = {"zh-CN": "词", "en": "words"}
LADDER = Ladder("a", WORDS, (WORDS,) * 5)
GOAL = StartingGoal("g", WORDS, 80, WORDS, {"3.5": WORDS})


def quotas(*given: Quota) -> Policy:
    return replace(POLICY, distribution=Distribution(quotas=given))


def said(faults: tuple[PolicyFault, ...]) -> list[tuple[object, object]]:
    return [(fault.facts["setting"], fault.facts["fault"]) for fault in faults]


def test_the_default_policy_makes_sense() -> None:
    assert policy_check.check(POLICY) == ()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            replace(POLICY, scale=()),
            [("scale", "empty"), ("scoring.gate_rating", "not_on_scale")],
        ),
        (replace(POLICY, scale=POLICY.scale[::-1]), [("scale", "order")]),
        (
            replace(POLICY, scale=(replace(POLICY.scale[0], score=F(16, 3)), *POLICY.scale)),
            [("scale", "decimal")],
        ),
        (
            replace(POLICY, scoring=Scoring(values_curve=())),
            [("scoring.values_curve", "empty")],
        ),
        (
            replace(POLICY, scoring=Scoring(values_curve=((F(1), F(3)), (F(1), F(4))))),
            [("scoring.values_curve", "order")],
        ),
        (
            replace(POLICY, scoring=Scoring(values_weight=F(1, 2))),
            [("scoring.performance_weight", "sum")],
        ),
        (
            replace(POLICY, scoring=Scoring(performance_weight=F(2), values_weight=F(-1))),
            [("scoring.performance_weight", "share")],
        ),
        (replace(POLICY, values=()), [("values", "empty")]),
        (replace(POLICY, values=("a", "a")), [("values", "twice")]),
        (quotas(Quota("q")), [("distribution.q", "empty")]),
        (quotas(Quota("q", at_most=F(2))), [("distribution.q", "share")]),
        (
            quotas(Quota("q", at_most=F(1, 4), at_least=F(1, 2))),
            [("distribution.q", "order")],
        ),
        (
            quotas(Quota("q", lowest=F(4), highest=F(3), at_most=F(1, 4))),
            [("distribution.q", "band")],
        ),
        (
            quotas(Quota("q", at_most=F(1, 4)), Quota("q", at_least=F(1, 4))),
            [("distribution.quotas", "twice")],
        ),
        (
            replace(POLICY, distribution=Distribution(count_on="mood", smallest_group=0)),
            [("distribution.count_on", "unknown"), ("distribution.smallest_group", "share")],
        ),
        (
            replace(POLICY, sheet=SheetRules(conduct_weight=100)),
            [("sheet.conduct_weight", "share")],
        ),
        (
            replace(POLICY, calendar=Calendar(self_due=0)),
            [("calendar", "order")],
        ),
        (
            replace(POLICY, calendar=Calendar(hours_from=Calendar().hours_to)),
            [("calendar.hours_from", "order")],
        ),
    ],
)
def test_a_policy_that_makes_no_sense(policy: Policy, expected: list[tuple[str, str]]) -> None:
    assert said(policy_check.check(policy)) == expected


def test_a_library_that_makes_sense() -> None:
    own = replace(LADDER, key="b", name={"": "Ours"})
    assert check(Library({"a": LADDER, "b": own}, {"": (GOAL,)}), ("a", "b")) == ()


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        (Library({}, {}), [("values.a", "no_ladder")]),
        (Library({"a": replace(LADDER, key="b")}, {}), [("ladders.a", "key")]),
        (Library({"a": replace(LADDER, levels=(WORDS,) * 4)}, {}), [("ladders.a", "levels")]),
        (Library({"a": replace(LADDER, name={"en": "A"})}, {}), [("ladders.a", "language")]),
        (
            Library({"a": replace(LADDER, levels=(*(WORDS,) * 4, {"en": "x", "zh-CN": " "}))}, {}),
            [("ladders.a", "language")],
        ),
        (Library({"a": LADDER}, {"r": (GOAL, GOAL)}), [("roles.r", "key")]),
        (Library({"a": LADDER}, {"r": ()}), [("roles.r", "weight")]),
        (Library({"a": LADDER}, {"r": (replace(GOAL, weight=0),)}), [("roles.r", "weight")]),
        (
            Library({"a": LADDER}, {"r": (replace(GOAL, title={"en": "x"}),)}),
            [("roles.r", "language")],
        ),
        (
            Library({"a": LADDER}, {"r": (replace(GOAL, standards={}),)}),
            [("roles.r", "standard")],
        ),
    ],
)
def test_a_library_that_makes_no_sense(library: Library, expected: list[tuple[str, str]]) -> None:
    assert said(check(library, ("a",))) == expected


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.NotEntitled("hr"), "refused.not_entitled who_can=hr"),
        (errors.CycleAlreadyOpen("2026Q4"), "refused.cycle_already_open name=2026Q4"),
        (errors.CycleClosed("2026Q4"), "refused.cycle_closed name=2026Q4"),
        (errors.OutOfPolicy(3), "refused.out_of_policy out=3"),
        (errors.MissingComment(), "refused.missing_comment"),
        (
            errors.TooLong("reason", 3, 4),
            "refused.too_long field=reason limit=3 length=4",
        ),
    ],
)
def test_an_error_says_its_key_and_facts(error: ReviewError, words: str) -> None:
    assert str(error) == words


def test_every_error_has_a_key_of_its_own() -> None:
    kinds: list[Any] = ReviewError.__subclasses__()
    keys = [kind.key for kind in kinds]
    assert len(set(keys)) == len(keys)
    assert ReviewError.key not in keys
