"""Policies and libraries that make no sense, and errors that say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from rule_samples import POLICY

from review import errors, policy_check
from review.errors import PolicyFault, ReviewError
from review.library import Ladder, Library, StartingGoal, check
from review.policy import Calendar, CheckIns, Distribution, Policy, Quota, Scoring, SheetRules, Step
from review.wording import Wording

F = Fraction
WORDS: Wording = {"zh-CN": "词", "en": "words"}
LADDER = Ladder("a", WORDS, (WORDS,) * 5)
GOAL = StartingGoal("g", WORDS, 80, WORDS, {"3.5": WORDS})


def said(faults: tuple[PolicyFault, ...]) -> list[tuple[object, object]]:
    return [(fault.facts["setting"], fault.facts["fault"]) for fault in faults]


KNOWN = Library({"a": LADDER, "b": LADDER}, {})
FAR, MOVED = ("XX", date(2027, 2, 20)), ("CN", date(2027, 2, 20))
OURS = replace(POLICY, values=("a", "b"))


def complaints(policy: Policy) -> list[tuple[str, str]]:
    found = policy_check.complaints(policy, KNOWN, {"CN", "HK", "DE", "GB", "US", "SG"})
    return [(".".join(map(str, one.place)), one.key.removeprefix("policy.")) for one in found]


def quotas(*given: Quota, **more: Any) -> Policy:
    return replace(OURS, distribution=Distribution(quotas=given, **more))


def scoring(**changed: Any) -> Policy:
    return replace(OURS, scoring=Scoring(**changed))


def scale(*scores: str) -> Policy:
    steps = tuple(Step(F(score), "b", WORDS) for score in scores)
    return replace(OURS, scale=steps, distribution=Distribution(quotas=()))


def test_the_default_policy_makes_sense() -> None:
    assert complaints(OURS) == []


Q = "distribution.quotas"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (scale("2.5"), [("scale", "short_scale")]),
        (scale("2.5", "3"), [("scale.1.score", "scale_order")]),
        (scale("16/3", "2.5"), [("scale.0.score", "decimal")]),
        (scale("5", "3"), [("scoring.gate_rating", "not_on_scale")]),
        (
            replace(OURS, scale=(*OURS.scale[:-1], replace(OURS.scale[-1], name={"en": ""}))),
            [("scale.7.name", "step_name")],
        ),
        (scoring(values_curve=()), [("scoring.values_curve", "curve")]),
        (
            scoring(values_curve=((F(1), F(3)), (F(1), F(4)))),
            [("scoring.values_curve", "curve")],
        ),
        (
            scoring(values_curve=((F(1), F(3)), (F(2), F(2)))),
            [("scoring.values_curve", "curve")],
        ),
        (scoring(values_weight=F(1, 2)), [("scoring.performance_weight", "weights")]),
        (
            scoring(performance_weight=F(2), values_weight=F(-1)),
            [("scoring.performance_weight", "share"), ("scoring.values_weight", "share")],
        ),
        (replace(OURS, values=()), [("values", "no_ladder")]),
        (replace(OURS, values=("a", "a")), [("values", "ladder_twice")]),
        (replace(OURS, values=("a", "c")), [("values", "unknown_ladder")]),
        (quotas(Quota("q")), [(f"{Q}.0.key", "no_limit")]),
        (quotas(Quota("q", at_most=F(2))), [(f"{Q}.0.at_most", "share")]),
        (quotas(Quota("q", at_most=F(1, 4), at_least=F(1, 2))), [(f"{Q}.0.at_least", "limits")]),
        (
            quotas(Quota("q", lowest=F(4), highest=F(3), at_most=F(1, 4))),
            [(f"{Q}.0.lowest", "band")],
        ),
        (
            quotas(Quota("q", at_most=F(1, 4)), Quota("q", at_least=F(1, 4))),
            [(f"{Q}.1.key", "quota_twice")],
        ),
        (quotas(Quota("none", highest=F(1), at_least=F(1, 2))), [(f"{Q}.0", "cannot_hold")]),
        (
            quotas(
                Quota("x", lowest=F(4), at_least=F(1, 2)),
                Quota("free", at_most=F(1)),
                Quota("y", highest=F(3), at_least=F(3, 5)),
            ),
            [(f"{Q}.2", "cannot_hold")],
        ),
        (
            quotas(count_on="mood", smallest_group=0),
            [("distribution.smallest_group", "not_below"), ("distribution.count_on", "choice")],
        ),
        (replace(OURS, check_in=CheckIns(day="payday")), [("check_in.day", "choice")]),
        (
            replace(OURS, sheet=SheetRules(conduct_weight=100)),
            [("sheet.conduct_weight", "conduct_weight")],
        ),
        (replace(OURS, calendar=Calendar(self_due=0)), [("calendar.self_due", "not_before")]),
        (
            replace(OURS, calendar=Calendar(worked_dates=(MOVED, FAR), free_dates=(MOVED,))),
            [
                ("calendar.worked_dates.1", "not_in_use"),
                ("calendar.worked_dates.0", "worked_and_free"),
            ],
        ),
        (
            replace(OURS, calendar=Calendar(hours_from=Calendar().hours_to)),
            [("calendar.hours_from", "hours")],
        ),
        (
            replace(OURS, calendar=Calendar(countries=(("Mars", "QQ"),))),
            [("calendar.countries.0", "country")],
        ),
    ],
)
def test_a_policy_that_makes_no_sense(policy: Policy, expected: list[tuple[str, str]]) -> None:
    assert complaints(policy) == expected


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
