"""What an assessment lacks."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rule_samples import POLICY, SHEET, assessment, ladder, rated

from review.assessment import Assessment
from review.needs import Hint, NeedKind, Who, hints, needs, overall_case, standards_missed
from review.score import GateWord, outcome_so_far, with_gate_words

F = Fraction


def lacking(part: Assessment, who: Who = Who.MANAGER) -> list[tuple[str, str]]:
    found = outcome_so_far(part.scores, part.levels, SHEET, has_reports=False, policy=POLICY)
    return [(need.kind.value, need.about) for need in needs(part, found, SHEET, POLICY, who)]


def test_needs_of_an_empty_assessment() -> None:
    empty = Assessment(scores={})
    rows = [("score", "sales"), ("score", "conduct")]
    levels = [("level", "customer_first:1"), ("level", "teamwork:1")]
    assert lacking(empty, Who.SELF) == rows + levels
    assert lacking(empty) == [*rows, *levels, ("rating", "overall"), ("sentence", "overall")]


def test_needs_of_a_whole_self_review_are_none() -> None:
    assert lacking(assessment(), Who.SELF) == []


def test_needs_a_case_for_low_and_high_values() -> None:
    part = assessment(values=("2", "3"))
    assert lacking(part, Who.SELF) == [
        ("case", "value:customer_first"),
        ("case", "value:teamwork"),
    ]
    told = replace(part, cases={"value:customer_first": "When.", "value:teamwork": "  "})
    assert lacking(told, Who.SELF) == [("case", "value:teamwork")]


def test_needs_a_score_on_the_scale() -> None:
    part = replace(assessment(rating="3.6"), scores={"sales": F("3.6"), "conduct": F("3.5")})
    assert lacking(part)[:2] == [("score", "sales"), ("rating", "overall")]


@pytest.mark.parametrize(
    ("score", "rating", "expected"),
    [
        ("3.5", "3.5", [("sentence", "overall")]),
        ("3.75", "3.75", [("sentence", "overall")]),
        ("4", "4", [("case", "overall")]),
        ("3", "3.25", [("case", "overall"), ("case", "missed")]),
        ("3.5", "3.75", [("reason", "suggestion"), ("sentence", "overall")]),
    ],
)
def test_needs_words_for_a_rating(score: str, rating: str, expected: list[tuple[str, str]]) -> None:
    part = assessment(score, rating=rating)
    if score == "4":
        part = replace(part, reason="T is 3.85.")
    assert lacking(part) == expected
    full = replace(part, cases={"overall": "So.", "missed": "Both."}, reason="Because.")
    assert lacking(full) == []


def test_needs_no_reason_before_there_is_a_suggestion() -> None:
    part = replace(rated(rating="3.75"), levels={})
    assert lacking(part) == [("level", "customer_first:1"), ("level", "teamwork:1")]


def test_gated_the_rating_is_the_gates() -> None:
    cases = {"overall": "So.", "missed": "All.", "value:customer_first": "x", "value:teamwork": "y"}
    part = assessment("5", ("1.5", "2"), cases, rating="4.5", reason="Great numbers.")
    assert lacking(part) == [("gate", "overall")]
    assert lacking(replace(part, rating=F("2.5"), reason="")) == []
    found = outcome_so_far(part.scores, part.levels, SHEET, has_reports=False, policy=POLICY)
    assert found is not None
    need = needs(part, found, SHEET, POLICY, Who.MANAGER)[0]
    assert need.error.facts == {"rating": "2.5", "overruled": "4.5"}
    lifted = with_gate_words(found, GateWord.LIFT, GateWord.LIFT, POLICY)
    assert needs(part, lifted, SHEET, POLICY, Who.MANAGER) == ()


def test_hints_at_a_low_value_beside_a_high_rating() -> None:
    cases = {"overall": "So.", "value:customer_first": "x", "value:teamwork": "y"}
    part = assessment("5", ("1.5", "4"), cases, rating="4.5")
    assert hints(part, POLICY) == (Hint("customer_first", F("1.5"), F("4.5")),)
    assert lacking(part) == [("reason", "care")]
    assert lacking(replace(part, reason="Seen by all.")) == []
    assert hints(replace(part, rating=F("3.75")), POLICY) == ()
    assert hints(replace(part, rating=None), POLICY) == ()
    assert hints(replace(part, levels={"teamwork": ladder("2")}), POLICY) == ()


def test_needs_shorter_texts() -> None:
    long = "字" * 3001
    part = replace(
        assessment(cases={"overall": long}),
        comments={"sales": long},
        comment=long,
        reason="好" * 3000,
    )
    found = needs(part, None, SHEET, POLICY, Who.SELF)
    assert [(need.kind, need.about) for need in found] == [
        (NeedKind.SHORTER, "comment:sales"),
        (NeedKind.SHORTER, "case:overall"),
        (NeedKind.SHORTER, "comment"),
    ]
    assert found[2].error.facts == {"field": "comment", "limit": 3000, "length": 3001}


def test_a_case_is_asked_from_4_and_to_325() -> None:
    ratings = [F(text) for text in ("2.5", "3.25", "3.5", "3.75", "4", "5")]
    assert [overall_case(rating, POLICY) for rating in ratings] == [
        True, True, False, False, True, True,
    ]  # fmt: skip
    assert [standards_missed(rating, POLICY) for rating in ratings] == [True, True] + [False] * 4
