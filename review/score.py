"""From goals and values to a suggested rating; all of it exact.

K is how well the goals were met, V how the values were lived, M(V) V's place on the rating
scale, T the two together; the suggestion is the step of the scale nearest to T.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from review import scale, values
from review.errors import MissingLevel, MissingScore, SheetWeights
from review.goals import RowId, Sheet
from review.policy import Policy, Score
from review.values import Level


class GateState(StrEnum):
    """The values gate: whoever fails the values fails the review (the scheme)."""

    NONE = "none"
    GATED = "gated"
    LIFTED = "lifted"


MEAN_BELOW = "mean_below"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the scores make. Numbers are exact."""

    k: Fraction
    v: Fraction
    values: Mapping[str, Fraction]
    """Value key to its ladder's score."""
    m: Fraction
    total: Fraction
    suggested_ungated: Score
    suggested: Score
    """With the gate applied."""
    gate: GateState
    gate_reasons: tuple[str, ...]
    """"mean_below", and "value_below:<key>" for each value that alone shuts the gate."""


class GateWord(StrEnum):
    """What the skip-level or HR says to a gate."""

    CONFIRM = "confirm"
    LIFT = "lift"


def performance(scores: Mapping[RowId, Score], sheet: Sheet) -> Fraction:
    """K: the sheet's scores, weighted. Raises MissingScore, SheetWeights (weights sum to 0)."""
    for row in sheet.rows:
        if row.id not in scores:
            raise MissingScore(row.id)
    whole = sum(row.weight for row in sheet.rows)
    if whole <= 0:
        raise SheetWeights(whole)
    return sum((row.weight * scores[row.id] for row in sheet.rows), start=Fraction(0)) / whole


def on_scale(v: Fraction, policy: Policy) -> Fraction:
    """M(V): straight lines through the policy's values_curve, flat beyond its ends (ours)."""
    curve = policy.scoring.values_curve
    if v <= curve[0][0]:
        return curve[0][1]
    for (left, low), (right, high) in pairwise(curve):
        if v <= right:
            return low + (high - low) * (v - left) / (right - left)
    return curve[-1][1]


def gate_reasons(
    v: Fraction, by_value: Mapping[str, Fraction], policy: Policy, *, has_reports: bool
) -> tuple[str, ...]:
    """Why the values gate shuts, empty if it does not (thresholds ours)."""
    rules = policy.scoring
    least = rules.gate_mean_below_with_reports if has_reports else rules.gate_mean_below
    low = [f"value_below:{key}" for key, score in by_value.items() if score < rules.gate_any_below]
    return (*([MEAN_BELOW] if v < least else []), *low)


def weigh(
    k: Fraction,
    v: Fraction,
    by_value: Mapping[str, Fraction],
    policy: Policy,
    *,
    has_reports: bool,
) -> Outcome:
    """The outcome of a K and a V, for a cycle as for a year."""
    rules = policy.scoring
    m = on_scale(v, policy)
    total = rules.performance_weight * k + rules.values_weight * m
    ungated = scale.nearest(total, policy)
    reasons = gate_reasons(v, by_value, policy, has_reports=has_reports)
    return Outcome(
        k=k,
        v=v,
        values=dict(by_value),
        m=m,
        total=total,
        suggested_ungated=ungated,
        suggested=rules.gate_rating if reasons else ungated,
        gate=GateState.GATED if reasons else GateState.NONE,
        gate_reasons=reasons,
    )


def outcome(
    scores: Mapping[RowId, Score],
    levels: Mapping[str, Sequence[Level | None]],
    sheet: Sheet,
    has_reports: bool,  # noqa: FBT001  callers name it
    policy: Policy,
) -> Outcome:
    """What complete scores and ladders make.

    Raises MissingScore or MissingLevel for the first that is lacking, SheetWeights if the
    sheet's weights sum to nothing.
    """
    k = performance(scores, sheet)
    for key in policy.values:
        way = values.climb(levels.get(key, ()))
        if not way.complete:
            raise MissingLevel(key, way.reached)
    by_value = values.scores(levels, policy)
    return weigh(k, scale.mean(by_value.values()), by_value, policy, has_reports=has_reports)


def outcome_so_far(
    scores: Mapping[RowId, Score],
    levels: Mapping[str, Sequence[Level | None]],
    sheet: Sheet,
    has_reports: bool,  # noqa: FBT001  callers name it
    policy: Policy,
) -> Outcome | None:
    """The outcome, or None while a score or a level is lacking: nothing is suggested before."""
    try:
        return outcome(scores, levels, sheet, has_reports, policy)
    except (MissingScore, MissingLevel):
        return None


def with_gate_words(
    found: Outcome, skip_level: GateWord | None, hr: GateWord | None, policy: Policy
) -> Outcome:
    """The outcome after what skip-level and HR said: only together do they lift the gate.

    Lifted, the suggestion counts again; an outcome without a gate stays as it is.
    """
    if found.gate is GateState.NONE:
        return found
    if skip_level is GateWord.LIFT and hr is GateWord.LIFT:
        return replace(found, gate=GateState.LIFTED, suggested=found.suggested_ungated)
    return replace(found, gate=GateState.GATED, suggested=policy.scoring.gate_rating)
