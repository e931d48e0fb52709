"""What is wrong with a policy as a whole, where each of its numbers alone looks right."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import holidays

from bot.policy_lines import Place
from prompts import library
from review import library as shelf
from review.policy import Distribution, Policy, Quota, Step

Complaint = tuple[Place, str]
"""Where, and a sentence's end that says what it should be."""

SHARES: tuple[Place, ...] = (
    ("scoring", "performance_weight"),
    ("scoring", "values_weight"),
    ("distribution", "settled_share"),
    ("distribution", "notable_below"),
    ("distribution", "false_discovery_rate"),
    ("sheet", "late_after"),
    ("membership", "most_leave"),
)
NOT_BELOW: dict[Place, int] = {
    ("distribution", "smallest_group"): 1,
    ("distribution", "board_rows"): 1,
    ("sheet", "text_limit"): 1,
    ("sheet", "total_weight"): 1,
    ("sheet", "conduct_weight"): 0,
    ("membership", "least_days"): 0,
    ("calendar", "goals_due"): 0,
    ("calendar", "self_open"): 0,
    ("calendar", "remind_before"): 0,
    ("calendar", "remind_after"): 0,
}
DEADLINES = ("self_open", "self_due", "manager_due", "skip_due", "hr_due", "interview_due")
"""In the order that a cycle needs them in."""


def complaints(policy: Policy) -> Iterator[Complaint]:
    """All that does not fit together."""
    yield from _numbers(policy)
    yield from _scale(policy)
    yield from _scoring(policy)
    yield from quotas(policy.distribution, policy.scale)
    yield from _calendar(policy)
    yield from _values(policy)


def _numbers(policy: Policy) -> Iterator[Complaint]:
    for place in SHARES:
        if not 0 <= _at(policy, place) <= 1:
            yield place, "should be a share from 0 to 100 %, such as '20 %'"
    for place, least in NOT_BELOW.items():
        if _at(policy, place) < least:
            yield place, f"should be {least} or more"
    if policy.sheet.conduct_weight >= policy.sheet.total_weight:
        yield ("sheet", "conduct_weight"), "should leave some of total_weight to the goals"


def _at(policy: Policy, place: Place) -> Fraction:
    found: object = policy
    for name in place:
        found = getattr(found, str(name))
    assert isinstance(found, (int, Fraction))  # noqa: S101  the tables above name numbers only
    return Fraction(found)


def _scale(policy: Policy) -> Iterator[Complaint]:
    if len(policy.scale) < 2:  # noqa: PLR2004
        yield ("scale",), "needs two steps at least"
    for number, (better, worse) in enumerate(pairwise(policy.scale), start=1):
        if better.score <= worse.score:
            yield ("scale", number, "score"), "the steps must be different and stand best first"
    for number, step in enumerate(policy.scale):
        if not step.name or not all(step.name.values()):
            yield ("scale", number, "name"), "should have words, such as { en = 'Outstanding' }"


def _scoring(policy: Policy) -> Iterator[Complaint]:
    rules = policy.scoring
    if rules.performance_weight + rules.values_weight != 1:
        words = "performance_weight and values_weight must make 100 % together"
        yield ("scoring", "performance_weight"), words
    if rules.gate_rating not in {step.score for step in policy.scale}:
        yield ("scoring", "gate_rating"), "must be a step of the scale"
    curve = [place for place, _ in rules.values_curve]
    if len(curve) < 2 or curve != sorted(set(curve)):  # noqa: PLR2004
        yield ("scoring", "values_curve"), "must rise from place to place"


def quotas(rules: Distribution, scale: tuple[Step, ...]) -> Iterator[Complaint]:
    """Quotas that mean nothing, or that no spread of ratings can keep all at once."""
    if rules.count_on not in {"rating", "performance"}:
        yield ("distribution", "count_on"), 'must be "rating" or "performance"'
    wrong = False
    keys: set[str] = set()
    for number, quota in enumerate(rules.quotas):
        for name, words in _quota(quota, keys):
            wrong = True
            yield ("distribution", "quotas", number, name), words
        keys.add(quota.key)
    asked = [quota for quota in rules.quotas if quota.on]
    if not wrong and not _can_hold(asked, sorted({step.score for step in scale})):
        said = ", ".join(f"{quota.key} {_limits(quota)}" for quota in asked)
        yield ("distribution", "quotas"), f"no spread of ratings can keep all of them: {said}"


def _quota(quota: Quota, keys: set[str]) -> Iterator[tuple[str, str]]:
    if quota.key in keys:
        yield "key", f"{quota.key!r} is the name of two quotas"
    for name, share in (("at_most", quota.at_most), ("at_least", quota.at_least)):
        if share is not None and not 0 <= share <= 1:
            yield name, "should be a share from 0 to 100 %, such as '20 %'"
    if quota.at_most is None and quota.at_least is None:
        yield "key", f"the quota {quota.key!r} needs at_most or at_least"
    elif (quota.at_least or 0) > (1 if quota.at_most is None else quota.at_most):
        yield "at_least", f"{_limits(quota)}: at_least must not be above at_most"
    if quota.lowest is not None and quota.highest is not None and quota.lowest > quota.highest:
        yield "lowest", "must not be above highest"


def _limits(quota: Quota) -> str:
    least = [] if quota.at_least is None else [f"at least {_percent(quota.at_least)}"]
    most = [] if quota.at_most is None else [f"at most {_percent(quota.at_most)}"]
    return " and ".join(least + most)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g} %"


def _can_hold(asked: list[Quota], scores: list[Fraction]) -> bool:
    """Whether some spread over the steps keeps every quota.

    With P[i] the share of ratings below step i, a quota bounds the difference of two P; such
    bounds can hold together unless going round some loop of them loses (Bellman and Ford).
    """
    whole = len(scores)
    bounds: list[tuple[int, int, Fraction]] = [(0, whole, Fraction(1)), (whole, 0, Fraction(-1))]
    bounds += [(step + 1, step, Fraction(0)) for step in range(whole)]
    for quota in asked:
        inside = [
            step
            for step, score in enumerate(scores)
            if (quota.lowest is None or score >= quota.lowest)
            and (quota.highest is None or score <= quota.highest)
        ]
        first, after = (inside[0], inside[-1] + 1) if inside else (0, 0)
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


def _calendar(policy: Policy) -> Iterator[Complaint]:
    rules = policy.calendar
    for first, second in pairwise(DEADLINES):
        if getattr(rules, first) > getattr(rules, second):
            yield ("calendar", second), f"must not be before {first}"
    if rules.hours_from >= rules.hours_to:
        yield ("calendar", "hours_from"), "must be earlier than hours_to"
    known = holidays.list_supported_countries()
    for number, (zone, country) in enumerate(rules.countries):
        if country not in known:
            words = f"{country!r} (for {zone}) is no country code, such as CN"
            yield ("calendar", "countries", number), words


def _values(policy: Policy) -> Iterator[Complaint]:
    ladders = library.load()
    if not policy.values:
        yield ("values",), "name at least one ladder"
    if len(set(policy.values)) != len(policy.values):
        yield ("values",), "a ladder is named twice"
    for key in policy.values:
        if not shelf.has(ladders, key):
            yield ("values",), f"there is no ladder {key!r}; there are {', '.join(ladders.ladders)}"
