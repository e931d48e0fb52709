"""Quotas, tails, tiers and groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from rule_samples import POLICY, person

from review.distribution import Tier, allowed, board, breaches, counted, read, readings, with_rating
from review.groups import Group, GroupKind, GroupName
from review.policy import QUOTAS, Distribution, Quota, Score
from review.roster import Roster

F = Fraction
TOP, UPPER, LOWER, MIDDLE = QUOTAS
RULES = POLICY.distribution


def marks(top: int, upper: int, lower: int, n: int) -> list[Score]:
    """Ratings with these counts of (top, top and upper, lower) among n."""
    return (
        [F(4)] * top
        + [F("3.75")] * (upper - top)
        + [F(3)] * lower
        + [F("3.5")] * (n - upper - lower)
    )


def teams(**given: list[Score]) -> tuple[Roster, dict[str, Score | None]]:
    """One department a team, nobody managing, so that groups are the teams and the company."""
    people = [
        person(f"{team}{at}", department=team)
        for team, scores in given.items()
        for at in range(len(scores))
    ]
    ratings: dict[str, Score | None] = {
        f"{team}{at}": score for team, scores in given.items() for at, score in enumerate(scores)
    }
    return Roster.of(people), ratings


def department(name: str) -> GroupName:
    return GroupName(GroupKind.DEPARTMENT, name)


@pytest.mark.parametrize(
    ("n", "top", "upper", "lower"), [(10, 2, 4, 1), (6, 2, 3, 0), (20, 4, 7, 3), (5, 1, 2, 0)]
)
def test_allowed_counts_round_in_the_peoples_favour(
    n: int, top: int, upper: int, lower: int
) -> None:
    assert allowed(TOP, n) == (top, None)
    assert allowed(UPPER, n) == (upper, None)
    assert allowed(LOWER, n) == (None, lower)


def test_allowed_counts_never_contradict_each_other() -> None:
    for n in range(1, 10_001):
        most_top = allowed(TOP, n)[0] or 0
        most_upper = allowed(UPPER, n)[0] or 0
        least_lower = allowed(LOWER, n)[1] or 0
        most_middle, least_middle = allowed(MIDDLE, n)
        assert most_middle is not None
        assert least_middle is not None
        assert most_top <= most_upper
        assert least_middle <= most_middle
        assert least_lower + least_middle <= n
        lower = n - most_middle - most_upper
        assert max(lower, least_lower) + least_middle <= n


WORKED = [
    ("A", 10, (4, 4, 1), (0.1209, 0.4862, 0.5443)),
    ("B", 20, (3, 6, 0), (0.7939, 0.7546, 0.0388)),
    ("C", 8, (5, 5, 1), (0.0104, 0.1061, 0.6572)),
]


@pytest.mark.parametrize(("_name", "n", "counts", "expected"), WORKED)
def test_tails_of_the_worked_example(
    _name: str,
    n: int,
    counts: tuple[int, int, int],
    expected: tuple[float, float, float],
) -> None:
    found = readings(Counter(marks(*counts, n)), RULES)
    assert [reading.count for reading in found[:3]] == list(counts)
    assert tuple(round(reading.tail, 4) for reading in found[:3]) == expected


def test_breaches_of_the_worked_example() -> None:
    three = [Group((department(name),), n, Counter(marks(*c, n))) for name, n, c, _ in WORKED]
    shown = [
        (b.group.name.key, b.reading.quota.key, b.tier, b.reading.odds, b.so_far)
        for b in breaches(three, RULES)
    ]
    assert shown == [
        ("C", "top", Tier.STRONG, 1, False),
        ("B", "lower", Tier.NOTABLE, 4, False),
        ("C", "upper", Tier.NOTE, 11, False),
        ("A", "top", Tier.NOTE, 12, False),
    ]


def test_board_counts_the_company_among_its_tests() -> None:
    roster, ratings = teams(**{name: marks(*counts, n) for name, n, counts, _ in WORKED})
    found = board(ratings, roster, POLICY)
    assert found.tests == 12
    # Against 0.1 * 1 / 12 the tail of 0.0104 no longer passes.
    assert [b.tier for b in found.breaches if b.key == (department("C"), "top")] == [Tier.NOTABLE]
    assert {(department("C"), "top"), (department("B"), "lower")} <= found.notable
    assert (department("A"), "top") not in found.notable


def test_notable_in_two_cycles_running_is_strong() -> None:
    roster, ratings = teams(**{name: marks(*counts, n) for name, n, counts, _ in WORKED})
    before = {(department("B"), "lower"), (department("A"), "top")}
    tiers = {
        (b.group.name.key, b.reading.quota.key): b.tier
        for b in board(ratings, roster, POLICY, before).breaches
    }
    assert tiers["B", "lower"] is Tier.STRONG
    assert tiers["A", "top"] is Tier.NOTE


def test_board_says_so_far_until_most_are_rated() -> None:
    roster, ratings = teams(A=marks(8, 8, 0, 8), B=marks(2, 2, 1, 5))
    waiting: dict[str, Score | None] = {
        one: None if one in {"A6", "A7"} else rating for one, rating in ratings.items()
    }
    found = board(waiting, roster, POLICY)
    assert [
        (b.group.name, b.tier, b.so_far) for b in found.breaches if b.group.name.key == "A"
    ] == [
        (department("A"), Tier.NOTE, True),
        (department("A"), Tier.NOTE, True),
    ]
    assert (found.members, found.rated, found.so_far) == (13, 11, False)
    assert all(name != department("A") for name, _ in found.notable)


def test_board_shows_nothing_of_fewer_than_five() -> None:
    roster, ratings = teams(A=marks(4, 4, 0, 4))
    found = board(ratings, roster, POLICY)
    assert (found.bars, found.company, found.breaches, found.tests) == ((), (), (), 0)
    assert (found.members, found.rated) == (4, 4)


def test_board_bars_and_company_readings() -> None:
    roster, ratings = teams(A=marks(1, 2, 1, 6))
    found = board(ratings, roster, POLICY)
    shares = {bar.score: (bar.count, bar.share, bar.band) for bar in found.bars}
    assert shares[F(4)] == (1, F(1, 6), "top")
    assert shares[F("3.5")] == (3, F(1, 2), "middle")
    assert sum(bar.count for bar in found.bars) == 6
    assert [(r.quota.key, r.count, r.outside) for r in found.company] == [
        ("top", 1, False),
        ("upper", 2, False),
        ("lower", 1, False),
        ("middle", 3, False),
    ]
    # The company and its only department are the very same people.
    assert found.tests == 3


def test_board_within_a_scope() -> None:
    roster, ratings = teams(**{name: marks(*counts, n) for name, n, counts, _ in WORKED})
    found = board(ratings, roster, POLICY)
    assert {b.group.name for b in found.within([department("C")])} == {department("C")}
    assert found.within([]) == ()


def test_a_quota_switched_off_is_not_read() -> None:
    rules = Distribution(quotas=(replace(TOP, on=False), LOWER))
    assert [r.quota.key for r in readings(Counter(marks(4, 4, 0, 8)), rules)] == ["lower"]


def test_a_quota_with_both_limits_reads_the_side_that_is_passed() -> None:
    both = Quota("b", lowest=F("3.5"), highest=F("3.5"), at_most=F(6, 10), at_least=F(4, 10))
    assert read(both, {F("3.5"): 10}).too_many
    assert read(both, {F("3.5"): 10}).tail == pytest.approx(0.6**10, abs=1e-12)
    assert read(both, {F(4): 10}).too_few
    assert read(both, {F(4): 10}).tail == pytest.approx(0.6**10, abs=1e-12)
    between = read(both, {F(4): 5, F("3.5"): 5})
    assert (between.outside, between.tail, between.odds) == (False, 1.0, 100)
    neither = replace(both, at_most=None, at_least=None)
    assert read(neither, {F(4): 5}).tail == 1.0


def test_counted_by_rating_or_performance() -> None:
    by_k = replace(POLICY, distribution=replace(RULES, count_on="performance"))
    assert counted(F("2.5"), F("4.4"), POLICY) == F("2.5")
    assert counted(F("2.5"), F("4.4"), by_k) == F("4.5")
    assert counted(None, F("4.4"), by_k) is None
    assert counted(F("2.5"), None, by_k) == F("2.5")


def test_with_rating_tells_what_changes() -> None:
    counts = Counter(marks(2, 3, 0, 9))
    one_more = with_rating(counts, None, F(4), RULES)
    assert [r.quota.key for r in one_more.breaks] == ["top"]
    assert one_more.mends == ()
    changed = with_rating(Counter(marks(3, 4, 1, 10)), F(4), F("3.75"), RULES)
    assert changed.breaks == ()
    assert [(r.quota.key, r.count, r.most) for r in changed.mends] == [("top", 3, 2)]
    assert with_rating({F(4): 2}, None, F(4), RULES).after == ()


def test_board_puts_the_strongest_first() -> None:
    people = [person("p0")] + [
        person(f"p{at}", f"p{(at - 1) // 7}", department=f"d{at % 30}") for at in range(1, 2_000)
    ]
    steps = [step.score for step in POLICY.scale]
    ratings: dict[str, Score | None] = {
        f"p{at}": steps[at * at % 61 % len(steps)] for at in range(2_000)
    }
    found = board(ratings, Roster.of(people), POLICY)
    order = [(-b.tier, b.reading.tail, b.key) for b in found.breaches]
    assert order == sorted(order)
    assert {b.tier for b in found.breaches} == set(Tier)
