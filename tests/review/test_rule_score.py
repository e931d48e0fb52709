"""K, V, M(V), T, the suggestion and the values gate."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_samples import POLICY, SHEET, N, ladder, row

from review import scale
from review.errors import MissingLevel, MissingScore, SheetWeights
from review.goals import Sheet
from review.score import (
    GateState,
    GateWord,
    Outcome,
    gate_reasons,
    on_scale,
    outcome,
    outcome_so_far,
    weigh,
    with_gate_words,
)

F = Fraction
ROWS = [
    ("3.5", "2.5, 2.5", "2.5", "3.5", "3.5", "3.5", "3.5"),
    ("3.75", "2.5, 2.5", "2.5", "3.5", "3.675", "3.75", "3.75"),
    ("4", "3, 4", "3.5", "4.25", "4.075", "4", "4"),
    ("4.5", "3, 3", "3", "4", "4.35", "4.5", "4.5"),
    ("5", "2, 2.5", "2.25", "3.25", "4.475", "4.5", "4.5"),
    ("5", "1.5, 2", "1.75", "2.9375", "4.38125", "2.5", "4.5"),
    ("4.5", "0.5, 4", "2.25", "3.25", "4.125", "2.5", "4"),
    ("3.25", "3, 2.5", "2.75", "3.75", "3.4", "3.5", "3.5"),
    ("3.375", "2.5, 2.5", "2.5", "3.5", "3.4125", "3.5", "3.5"),
    ("3", "2.5, 3.5", "3", "4", "3.3", "3.25", "3.25"),
    ("3", "3, 4", "3.5", "4.25", "3.375", "3.25", "3.25"),
    ("3.5", "2, 3, 3", "8/3", "11/3", "3.55", "3.5", "3.5"),
    ("2.5", "2.5, 2.5", "2.5", "3.5", "2.8", "3", "3"),
]


@pytest.mark.parametrize("line", ROWS)
def test_outcome_of_the_worked_table(line: tuple[str, ...]) -> None:
    k, scores, v, m, total, suggested, ungated = line
    values = {f"v{at}": F(score) for at, score in enumerate(scores.split(", "))}
    policy = replace(POLICY, values=tuple(values))
    levels = {key: ladder(str(score)) for key, score in values.items()}
    gated = suggested != ungated
    low = [f"value_below:{key}" for key, score in values.items() if score < 1]
    found = outcome({"only": F(k)}, levels, Sheet((row("only", 100),)), False, policy)  # noqa: FBT003
    assert found == Outcome(
        k=F(k),
        v=F(v),
        values=values,
        m=F(m),
        total=F(total),
        suggested_ungated=F(ungated),
        suggested=F(suggested),
        gate=GateState.GATED if gated else GateState.NONE,
        gate_reasons=(*(["mean_below"] if F(v) < 2 else []), *low),
    )


def test_outcome_weighs_the_rows() -> None:
    levels = dict.fromkeys(POLICY.values, ladder("2.5"))
    found = outcome(
        {"sales": F(4), "conduct": F(3)}, levels, SHEET, has_reports=False, policy=POLICY
    )
    assert found.k == F("3.8")


def test_outcome_without_a_score_or_level_is_refused() -> None:
    levels = {"customer_first": ladder("3")}
    with pytest.raises(MissingScore) as missing:
        outcome({"sales": F(4)}, {}, SHEET, has_reports=False, policy=POLICY)
    assert missing.value.facts == {"row": "conduct"}
    scores = {"sales": F(4), "conduct": F(4)}
    with pytest.raises(MissingLevel) as level:
        outcome(scores, levels, SHEET, has_reports=False, policy=POLICY)
    assert level.value.facts == {"value": "teamwork", "level": 1}
    assert outcome_so_far({}, {}, SHEET, has_reports=False, policy=POLICY) is None
    assert outcome_so_far(scores, levels, SHEET, has_reports=False, policy=POLICY) is None


def test_outcome_of_a_sheet_without_weight_is_refused() -> None:
    with pytest.raises(SheetWeights):
        outcome({}, {}, Sheet(()), has_reports=False, policy=POLICY)


@pytest.mark.parametrize(
    ("values", "has_reports", "reasons"),
    [
        (("2", "2"), False, ()),
        (("1.5", "2"), False, ("mean_below",)),
        (("2", "2.5"), True, ("mean_below",)),
        (("2.5", "2.5"), True, ()),
        (("1", "5"), False, ()),
        (("0.5", "5"), False, ("value_below:a",)),
        (("0", "0"), False, ("mean_below", "value_below:a", "value_below:b")),
    ],
)
def test_gate_shuts_for_low_values(
    *, values: tuple[str, str], has_reports: bool, reasons: tuple[str, ...]
) -> None:
    by_value = dict(zip("ab", map(F, values), strict=True))
    v = scale.mean(by_value.values())
    assert gate_reasons(v, by_value, POLICY, has_reports=has_reports) == reasons


def test_gate_opens_only_by_both() -> None:
    gated = weigh(F(5), F("1.75"), {"a": F("1.5"), "b": F(2)}, POLICY, has_reports=False)
    lift, confirm = GateWord.LIFT, GateWord.CONFIRM
    both = with_gate_words(gated, lift, lift, POLICY)
    assert both == replace(gated, gate=GateState.LIFTED, suggested=F("4.5"))
    for one, other in (
        (lift, None), (None, lift), (lift, confirm), (confirm, lift), (None, None),
    ):  # fmt: skip
        assert with_gate_words(both, one, other, POLICY) == gated
    free = weigh(F(5), F(3), {"a": F(3)}, POLICY, has_reports=False)
    assert with_gate_words(free, lift, lift, POLICY) == free


def test_on_scale_is_flat_beyond_the_curve() -> None:
    assert [on_scale(F(v), POLICY) for v in (-1, 0, 1, 5, 6)] == [
        F("2.5"), F("2.5"), F("2.75"), F(5), F(5),
    ]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    scores=st.lists(st.sampled_from(scale.steps(POLICY)), min_size=2, max_size=2),
    halves=st.lists(st.integers(0, 10), min_size=2, max_size=2),
    reports=st.booleans(),
)
def test_suggestion_is_always_on_the_scale(
    *, scores: list[Fraction], halves: list[int], reports: bool
) -> None:
    levels = {key: ladder(str(F(half, 2))) for key, half in zip(POLICY.values, halves, strict=True)}
    marks = dict(zip(("sales", "conduct"), scores, strict=True))
    found = outcome(marks, levels, SHEET, reports, POLICY)
    assert {found.suggested, found.suggested_ungated} <= set(scale.steps(POLICY))
    assert (found.gate is GateState.GATED) == bool(found.gate_reasons)
    better = outcome(dict.fromkeys(marks, F(5)), levels, SHEET, reports, POLICY)
    assert better.suggested_ungated >= found.suggested_ungated


def test_no_answer_stops_the_climb_at_once() -> None:
    assert ladder("0") == (N, None, None, None, None)
