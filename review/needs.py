"""What an assessment still lacks before it can be sent, and what is pointed out beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from review import scale, values
from review.assessment import MISSED, OVERALL, Assessment, value_case
from review.errors import (
    MissingCase,
    MissingLevel,
    MissingReason,
    MissingScore,
    RatingGated,
    ReviewError,
    TooLong,
    UnknownScore,
)
from review.goals import Sheet
from review.policy import Policy, Score
from review.score import GateState, Outcome
from review.surprise import Told, is_surprise, value_scores

SURPRISE = "surprise"
"""Asks why a rating goes on although the person has not heard of it before."""


class Who(StrEnum):
    """Whose assessment it is."""

    SELF = "self"
    MANAGER = "manager"


class NeedKind(StrEnum):
    """What is lacking."""

    SCORE = "score"
    """About a row's id."""
    LEVEL = "level"
    """About "<value key>:<level>", the level that is asked next, from 1."""
    RATING = "rating"
    """About "overall"."""
    GATE = "gate"
    """The rating has to be the gate's; about "overall"."""
    CASE = "case"
    """About "overall", "missed" or "value:<key>"."""
    SENTENCE = "sentence"
    """At least a sentence; about "overall"."""
    REASON = "reason"
    """About "suggestion" (the rating differs from it), "care" (against a hint) or "surprise"
    (the person has not heard of it before)."""
    SHORTER = "shorter"
    """Too many characters; about the field, such as "case:overall" or "comment:<row id>"."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is lacking; it can't be sent without. What is only pointed out is a Hint."""

    kind: NeedKind
    about: str
    error: ReviewError = field(compare=False)
    """The refusal, should it be sent without."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A high rating beside a low value: pointed out, and it needs a reason (ours)."""

    value: str
    score: Fraction
    rating: Score


def needs(
    assessment: Assessment,
    outcome: Outcome | None,
    sheet: Sheet,
    policy: Policy,
    who: Who,
    *,
    told: Told | None = None,
) -> tuple[Need, ...]:
    """Everything that is lacking, in the order it is asked; empty when it can be sent.

    `outcome` is what the assessment's own scores make, None while they are not complete. `told`
    is what the person has heard, None where nobody looked.
    """
    every = [
        *_scores(assessment, sheet, policy),
        *_levels(assessment, policy),
        *_value_cases(assessment, policy),
    ]
    if who is Who.MANAGER:
        every += [
            *_overall(assessment, outcome, policy),
            *_surprise(assessment, outcome, told, policy),
        ]
    return (*every, *_lengths(assessment, policy))


def hints(
    assessment: Assessment, policy: Policy, outcome: Outcome | None = None
) -> tuple[Hint, ...]:
    """The values that a rating of 4 or above asks to be higher: below 2 (ours).

    `outcome`: what the scores make, for a year of the quarters'; without it the ladders are read.
    """
    rules, rating = policy.scoring, assessment.rating
    if rating is None or rating < rules.care_rating_from:
        return ()
    return tuple(
        Hint(key, score, rating)
        for key, score in value_scores(assessment, policy, outcome).items()
        if score < rules.care_value_below
    )


def overall_case(rating: Score, policy: Policy) -> bool:
    """Whether a rating asks for a whole case, not only a sentence: 4 or above, 3.25 or below."""
    return rating >= policy.scoring.rating_case_from or standards_missed(rating, policy)


def standards_missed(rating: Score, policy: Policy) -> bool:
    """Whether a rating asks which standards were missed: 3.25 or below (the scheme)."""
    return rating <= policy.scoring.rating_case_to


def _scores(assessment: Assessment, sheet: Sheet, policy: Policy) -> Iterator[Need]:
    steps = scale.steps(policy)
    for row in sheet.rows:
        score = assessment.scores.get(row.id)
        if score is None:
            yield Need(NeedKind.SCORE, row.id, MissingScore(row.id))
        elif score not in steps:
            yield Need(NeedKind.SCORE, row.id, _off_scale(score, policy))


def _levels(assessment: Assessment, policy: Policy) -> Iterator[Need]:
    for key in policy.values:
        way = values.climb(assessment.levels.get(key, ()))
        if not way.complete:
            about = f"{key}:{way.reached}"
            yield Need(NeedKind.LEVEL, about, MissingLevel(key, way.reached))


def _value_cases(assessment: Assessment, policy: Policy) -> Iterator[Need]:
    for key in policy.values:
        way = values.climb(assessment.levels.get(key, ()))
        about = value_case(key)
        asked = way.complete and values.case_for(way.score, policy) is not None
        if asked and _blank(assessment.cases, about):
            yield Need(NeedKind.CASE, about, MissingCase(about))


def _overall(assessment: Assessment, outcome: Outcome | None, policy: Policy) -> Iterator[Need]:
    rating = assessment.rating
    if rating is None:
        yield Need(NeedKind.RATING, OVERALL, MissingScore(OVERALL))
    elif rating not in scale.steps(policy):
        yield Need(NeedKind.RATING, OVERALL, _off_scale(rating, policy))
    else:
        yield from _rating(assessment, rating, outcome, policy)
    if _blank(assessment.cases, OVERALL):
        whole = rating is not None and overall_case(rating, policy)
        kind = NeedKind.CASE if whole else NeedKind.SENTENCE
        yield Need(kind, OVERALL, MissingCase(OVERALL))
    if rating is not None and standards_missed(rating, policy) and _blank(assessment.cases, MISSED):
        yield Need(NeedKind.CASE, MISSED, MissingCase(MISSED))


def _rating(
    assessment: Assessment, rating: Score, outcome: Outcome | None, policy: Policy
) -> Iterator[Need]:
    if outcome is None:
        return
    if outcome.gate is GateState.GATED:
        if rating != outcome.suggested:
            gate, overruled = outcome.suggested, outcome.suggested_ungated
            error = RatingGated(scale.show(gate), scale.show(overruled))
            yield Need(NeedKind.GATE, OVERALL, error)
        return
    if assessment.reason.strip():
        return
    if rating != outcome.suggested:
        yield Need(NeedKind.REASON, "suggestion", MissingReason("suggestion"))
    elif hints(assessment, policy, outcome):
        yield Need(NeedKind.REASON, "care", MissingReason("care"))


def _surprise(
    assessment: Assessment, outcome: Outcome | None, told: Told | None, policy: Policy
) -> Iterator[Need]:
    silent = not assessment.surprise_reason.strip()
    if told is not None and silent and is_surprise(assessment, told, policy, outcome):
        yield Need(NeedKind.REASON, SURPRISE, MissingReason(SURPRISE))


def _lengths(assessment: Assessment, policy: Policy) -> Iterator[Need]:
    limit = policy.sheet.text_limit
    texts = {
        **{f"comment:{row}": text for row, text in assessment.comments.items()},
        **{f"case:{about}": text for about, text in assessment.cases.items()},
        "comment": assessment.comment,
        "reason": assessment.reason,
        "surprise_reason": assessment.surprise_reason,
    }
    for name, text in texts.items():
        if len(text) > limit:
            yield Need(NeedKind.SHORTER, name, TooLong(name, limit, len(text)))


def _blank(words: Mapping[str, str], key: str) -> bool:
    return not words.get(key, "").strip()


def _off_scale(score: Score, policy: Policy) -> UnknownScore:
    steps = ", ".join(scale.show(step) for step in scale.steps(policy))
    return UnknownScore(scale.shown(score), steps)
