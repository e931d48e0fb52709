"""What is wrong with a policy as a whole, where each of its numbers alone looks right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from review import library
from review.check_in import ON
from review.library import Library
from review.policy import Calendar, Distribution, Policy, Step
from review.policy_quotas import conflict, faults_of, limits

Place = tuple[str | int, ...]
"""Names and numbers (from 0) from the outside in, such as ("scale", 2, "score")."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong at a place; the key names the words that say what it should be."""

    place: Place
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    beside: Place = ()
    """The other setting it does not go with: the one to look at where the first is a default."""


SHARES: tuple[Place, ...] = (
    ("scoring", "performance_weight"),
    ("scoring", "values_weight"),
    ("distribution", "settled_share"),
    ("distribution", "notable_below"),
    ("distribution", "false_discovery_rate"),
    ("sheet", "late_after"),
    ("membership", "most_leave"),
    ("no_surprise", "same_words"),
)
NOT_BELOW: Mapping[Place, int] = {
    ("distribution", "smallest_group"): 1,
    ("distribution", "board_rows"): 1,
    ("sheet", "text_limit"): 1,
    ("sheet", "total_weight"): 1,
    ("sheet", "conduct_weight"): 0,
    ("membership", "least_days"): 0,
    ("no_surprise", "days_before"): 0,
    ("no_surprise", "nudge_weeks"): 0,
    ("rewards", "promotion_ratings"): 1,
    ("rewards", "promotion_last"): 1,
    ("interviews", "minutes"): 15,
    ("interviews", "late_days"): 0,
    ("interviews", "appeal_days"): 1,
    ("interviews", "decide_days"): 1,
    ("interviews", "actions"): 1,
    ("interviews", "mentor_weeks"): 0,
    ("one_on_one", "weeks"): 1,
    ("one_on_one", "minutes"): 15,
    ("calendar", "goals_due"): 0,
    ("calendar", "self_open"): 0,
    ("calendar", "remind_before"): 0,
    ("calendar", "remind_after"): 0,
}
DEADLINES = ("self_open", "self_due", "manager_due", "skip_due", "hr_due", "interview_due")
"""In the order that a cycle needs them in."""
COUNTED = ("rating", "performance")


def complaints(policy: Policy, ladders: Library, countries: Collection[str]) -> Iterator[Complaint]:
    """All that does not fit together; `ladders` and `countries` are those that there are."""
    yield from _numbers(policy)
    yield from _scale(policy.scale)
    yield from _scoring(policy)
    yield from quotas(policy.distribution, policy.scale)
    yield from _looks(policy)
    if policy.check_in.day not in ON:
        yield Complaint(("check_in", "day"), "policy.choice", {"choices": ON})
    yield from _rewards(policy)
    yield from _calendar(policy, countries)
    yield from _values(policy, ladders)


def _numbers(policy: Policy) -> Iterator[Complaint]:
    for place in SHARES:
        if not 0 <= _at(policy, place) <= 1:
            yield Complaint(place, "policy.share")
    for place, least in NOT_BELOW.items():
        if _at(policy, place) < least:
            yield Complaint(place, "policy.not_below", {"least": least})
    if policy.sheet.conduct_weight >= policy.sheet.total_weight:
        beside = ("sheet", "total_weight")
        yield Complaint(("sheet", "conduct_weight"), "policy.conduct_weight", beside=beside)


def _at(policy: Policy, place: Place) -> Fraction:
    found: object = policy
    for name in place:
        found = getattr(found, str(name))
    assert isinstance(found, (int, Fraction))  # noqa: S101  the tables above name numbers only
    return Fraction(found)


def _scale(scale: tuple[Step, ...]) -> Iterator[Complaint]:
    if len(scale) < 2:  # noqa: PLR2004
        yield Complaint(("scale",), "policy.short_scale")
    for number, (better, worse) in enumerate(pairwise(scale), start=1):
        if better.score <= worse.score:
            yield Complaint(("scale", number, "score"), "policy.scale_order")
    for number, step in enumerate(scale):
        if not _decimal(step.score.denominator):
            yield Complaint(("scale", number, "score"), "policy.decimal")
        if not step.name or not all(step.name.values()):
            yield Complaint(("scale", number, "name"), "policy.step_name")


def _decimal(denominator: int) -> bool:
    """Whether a fraction with that denominator has an exact decimal text."""
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def _scoring(policy: Policy) -> Iterator[Complaint]:
    rules = policy.scoring
    if rules.performance_weight + rules.values_weight != 1:
        beside = ("scoring", "values_weight")
        yield Complaint(("scoring", "performance_weight"), "policy.weights", beside=beside)
    if rules.gate_rating not in {step.score for step in policy.scale}:
        yield Complaint(("scoring", "gate_rating"), "policy.not_on_scale", beside=("scale",))
    curve = rules.values_curve
    risen = all(left[0] < right[0] and left[1] <= right[1] for left, right in pairwise(curve))
    if len(curve) < 2 or not risen:  # noqa: PLR2004
        yield Complaint(("scoring", "values_curve"), "policy.curve")


def quotas(rules: Distribution, scale: tuple[Step, ...]) -> Iterator[Complaint]:
    """Quotas that mean nothing, or that no spread of ratings can keep all at once."""
    if rules.count_on not in COUNTED:
        yield Complaint(("distribution", "count_on"), "policy.choice", {"choices": COUNTED})
    wrong = [
        Complaint(("distribution", "quotas", number, name), key, facts)
        for number, quota in enumerate(rules.quotas)
        for name, key, facts in faults_of(quota, rules.quotas[:number])
    ]
    yield from wrong
    if wrong:
        return
    core = conflict(rules.quotas, sorted({step.score for step in scale}))
    if core:
        last = max(rules.quotas.index(quota) for quota in core)
        said = tuple(limits(quota) for quota in core)
        yield Complaint(("distribution", "quotas", last), "policy.cannot_hold", {"quotas": said})


def _rewards(policy: Policy) -> Iterator[Complaint]:
    known = {step.score for step in policy.scale}
    for number, (rating, factor) in enumerate(policy.rewards.bonus):
        place = ("rewards", "bonus", number)
        if rating not in known:
            yield Complaint(place, "policy.not_on_scale", beside=("scale",))
        if factor < 0:
            yield Complaint(place, "policy.not_below", {"least": 0})


def _looks(policy: Policy) -> Iterator[Complaint]:
    for number, days in enumerate(policy.no_surprise.looks):
        if days < 1:
            yield Complaint(("no_surprise", "looks", number), "policy.not_below", {"least": 1})


def _calendar(policy: Policy, countries: Collection[str]) -> Iterator[Complaint]:
    rules = policy.calendar
    yield from _moved_days(rules)
    for first, second in pairwise(DEADLINES):
        if getattr(rules, first) > getattr(rules, second):
            facts = {
                "value": getattr(rules, second),
                "first": first,
                "first_value": getattr(rules, first),
            }
            beside = ("calendar", first)
            yield Complaint(("calendar", second), "policy.not_before", facts, beside)
    if rules.hours_from >= rules.hours_to:
        beside = ("calendar", "hours_to")
        yield Complaint(("calendar", "hours_from"), "policy.hours", beside=beside)
    for number, (zone, country) in enumerate(rules.countries):
        if country not in countries:
            facts = {"country": country, "zone": zone}
            yield Complaint(("calendar", "countries", number), "policy.country", facts)


def _moved_days(rules: Calendar) -> Iterator[Complaint]:
    used = {code for _, code in rules.countries}
    for name in ("worked_dates", "free_dates"):
        for number, (code, _) in enumerate(getattr(rules, name)):
            if code not in used:
                facts = {"country": code, "known": tuple(sorted(used))}
                yield Complaint(("calendar", name, number), "policy.not_in_use", facts)
    for number, moved in enumerate(rules.worked_dates):
        if moved in rules.free_dates:
            facts = {"country": moved[0], "date": moved[1].isoformat()}
            place, beside = ("calendar", "worked_dates", number), ("calendar", "free_dates")
            yield Complaint(place, "policy.worked_and_free", facts, beside)


def _values(policy: Policy, ladders: Library) -> Iterator[Complaint]:
    if not policy.values:
        yield Complaint(("values",), "policy.no_ladder")
    if len(set(policy.values)) != len(policy.values):
        yield Complaint(("values",), "policy.ladder_twice")
    for name in policy.values:
        if not library.has(ladders, name):
            facts = {"name": name, "known": tuple(ladders.ladders)}
            yield Complaint(("values",), "policy.unknown_ladder", facts)
