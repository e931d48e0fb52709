"""Whether a policy's quotas mean something, and whether they can all be kept at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from review.policy import Quota, Score
from review.quotas import in_quota

Fault = tuple[str, str, Mapping[str, object]]
"""Name of the setting, key of the words, and what they speak of."""


def faults_of(quota: Quota, before: Sequence[Quota]) -> Iterator[Fault]:
    """What is wrong with one quota; `before` are those that stand before it."""
    if quota.key in {other.key for other in before}:
        yield "key", "policy.quota_twice", {"name": quota.key}
    for name, share in (("at_most", quota.at_most), ("at_least", quota.at_least)):
        if share is not None and not 0 <= share <= 1:
            yield name, "policy.share", {}
    if quota.at_most is None and quota.at_least is None:
        yield "key", "policy.no_limit", {"name": quota.key}
    elif (quota.at_least or 0) > (1 if quota.at_most is None else quota.at_most):
        yield "at_least", "policy.limits", limits(quota)
    if quota.lowest is not None and quota.highest is not None and quota.lowest > quota.highest:
        yield "lowest", "policy.band", {}


def limits(quota: Quota) -> Mapping[str, str]:
    """A quota's name and limits, as they are said; "" for none."""
    return {"name": quota.key, "least": _percent(quota.at_least), "most": _percent(quota.at_most)}


def _percent(share: Fraction | None) -> str:
    return "" if share is None else f"{float(share * 100):g} %"


def conflict(quotas: Sequence[Quota], scores: Sequence[Score]) -> tuple[Quota, ...]:
    """A smallest set of quotas in use that can't be kept together; empty if all can."""
    asked = [quota for quota in quotas if quota.on]
    if _can_hold(asked, scores):
        return ()
    for quota in tuple(asked):
        rest = [other for other in asked if other is not quota]
        if not _can_hold(rest, scores):
            asked = rest
    return tuple(asked)


def _can_hold(asked: Sequence[Quota], scores: Sequence[Score]) -> bool:
    """Whether some spread over the steps keeps every quota.

    With P[i] the share of ratings below step i, a quota bounds the difference of two P; such
    bounds can hold together unless going round some loop of them loses (Bellman and Ford).
    """
    whole = len(scores)
    bounds: list[tuple[int, int, Fraction]] = [(0, whole, Fraction(1)), (whole, 0, Fraction(-1))]
    bounds += [(step + 1, step, Fraction(0)) for step in range(whole)]
    for quota in asked:
        first, after = _span(quota, scores)
        if quota.at_most is not None:
            bounds.append((first, after, quota.at_most))
        if quota.at_least is not None:
            bounds.append((after, first, -quota.at_least))
    far = [Fraction(0)] * (whole + 1)
    for _ in range(whole + 2):
        settled = True
        for start, end, most in bounds:
            if far[start] + most < far[end]:
                far[end] = far[start] + most
                settled = False
        if settled:
            return True
    return False


def _span(quota: Quota, scores: Sequence[Score]) -> tuple[int, int]:
    """The first step that the quota counts, and the one after its last."""
    inside = [step for step, score in enumerate(scores) if in_quota(score, quota)]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
