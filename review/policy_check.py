"""Whether a company's policy makes sense, before anything starts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from review.errors import PolicyFault
from review.policy import Policy, Quota


def check(policy: Policy) -> tuple[PolicyFault, ...]:
    """All that is wrong with a policy; empty when it can be used."""
    return (
        *_scale(policy),
        *_scoring(policy),
        *(fault for quota in policy.distribution.quotas for fault in _quota(quota)),
        *_counting(policy),
        *_sheet(policy),
        *_calendar(policy),
    )


def _scale(policy: Policy) -> Iterator[PolicyFault]:
    scores = [step.score for step in policy.scale]
    if not scores:
        yield PolicyFault("scale", "empty")
    if any(high <= low for high, low in pairwise(scores)):
        yield PolicyFault("scale", "order")
    if any(not _decimal(score.denominator) for score in scores):
        yield PolicyFault("scale", "decimal")
    if policy.scoring.gate_rating not in scores:
        yield PolicyFault("scoring.gate_rating", "not_on_scale")


def _scoring(policy: Policy) -> Iterator[PolicyFault]:
    rules = policy.scoring
    curve = rules.values_curve
    if not curve:
        yield PolicyFault("scoring.values_curve", "empty")
    if any(left[0] >= right[0] or left[1] > right[1] for left, right in pairwise(curve)):
        yield PolicyFault("scoring.values_curve", "order")
    if rules.performance_weight + rules.values_weight != 1:
        yield PolicyFault("scoring.performance_weight", "sum")
    if min(rules.performance_weight, rules.values_weight) < 0:
        yield PolicyFault("scoring.performance_weight", "share")
    if not policy.values:
        yield PolicyFault("values", "empty")
    if len(set(policy.values)) != len(policy.values):
        yield PolicyFault("values", "twice")


def _quota(quota: Quota) -> Iterator[PolicyFault]:
    name = f"distribution.{quota.key}"
    shares = [share for share in (quota.at_least, quota.at_most) if share is not None]
    if not shares:
        yield PolicyFault(name, "empty")
    if any(not 0 <= share <= 1 for share in shares):
        yield PolicyFault(name, "share")
    if shares != sorted(shares):
        yield PolicyFault(name, "order")
    if quota.lowest is not None and quota.highest is not None and quota.lowest > quota.highest:
        yield PolicyFault(name, "band")


def _counting(policy: Policy) -> Iterator[PolicyFault]:
    rules = policy.distribution
    if rules.count_on not in {"rating", "performance"}:
        yield PolicyFault("distribution.count_on", "unknown")
    if rules.smallest_group < 1:
        yield PolicyFault("distribution.smallest_group", "share")
    if len({quota.key for quota in rules.quotas}) != len(rules.quotas):
        yield PolicyFault("distribution.quotas", "twice")


def _sheet(policy: Policy) -> Iterator[PolicyFault]:
    if not 0 <= policy.sheet.conduct_weight < policy.sheet.total_weight:
        yield PolicyFault("sheet.conduct_weight", "share")


def _calendar(policy: Policy) -> Iterator[PolicyFault]:
    due = policy.calendar
    days = [
        due.self_open,
        due.self_due,
        due.manager_due,
        due.skip_due,
        due.hr_due,
        due.interview_due,
    ]
    if days != sorted(days):
        yield PolicyFault("calendar", "order")
    if due.hours_from >= due.hours_to:
        yield PolicyFault("calendar.hours_from", "order")


def _decimal(denominator: int) -> bool:
    """Whether a fraction with that denominator has an exact decimal text."""
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1
