"""Where a group's ratings leave the policy, and how unusual that is. It warns, no more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from review import tails
from review.groups import COMPANY, Group, GroupName, Ratings, groups
from review.policy import Distribution, Policy, Score
from review.quotas import Reading, allowed, counted, in_quota, read, reading_of, readings
from review.roster import Roster

__all__ = [
    "Bar",
    "Board",
    "Breach",
    "Preview",
    "Reading",
    "Tier",
    "allowed",
    "board",
    "breaches",
    "counted",
    "in_quota",
    "read",
    "readings",
    "with_rating",
]


class Tier(IntEnum):
    """How much a breach is worth."""

    NOTE = 1
    """Outside the allowed count."""
    NOTABLE = 2
    """And unusual by chance alone."""
    STRONG = 3
    """And among the few that stand out of all tests made, or notable two cycles running."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A group outside a quota that warns."""

    group: Group
    reading: Reading
    tier: Tier
    so_far: bool
    """Not enough of the group is rated yet: it stays a note."""
    again: bool = False
    """It was notable in the cycle before, too."""

    @property
    def key(self) -> tuple[GroupName, str]:
        """What it is: the group and the quota. It stays the same while ratings come."""
        return self.group.name, self.reading.quota.key


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the scale in the company."""

    score: Score
    band: str
    count: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Board:
    """A cycle and track's whole picture: counts, never a person."""

    members: int
    rated: int
    bars: tuple[Bar, ...]
    """Best step first; empty while fewer are rated than the smallest group."""
    company: tuple[Reading, ...]
    """Every quota in use over the company, those that only inform too; empty with the bars."""
    breaches: tuple[Breach, ...]
    """Strongest first."""
    tests: int
    """Groups times quotas that warn: so many tests were made together."""
    so_far: bool
    """Whether the company as a whole is not rated far enough to be more than a note."""
    notable: frozenset[tuple[GroupName, str]]
    """What was notable by itself, under every name; keep it for the next cycle."""

    def within(self, names: Collection[GroupName]) -> tuple[Breach, ...]:
        """The breaches of some groups only (review.groups.scope_of), strongest first."""
        wanted = frozenset(names)
        return tuple(b for b in self.breaches if not wanted.isdisjoint(b.group.names))


@dataclass(frozen=True, slots=True)
class Preview:
    """What one more rating, or a changed one, would do to a group."""

    before: tuple[Reading, ...]
    after: tuple[Reading, ...]

    @property
    def breaks(self) -> tuple[Reading, ...]:
        """Quotas that this rating would leave."""
        was = {reading.quota.key for reading in self.before if reading.outside}
        return tuple(r for r in self.after if r.outside and r.quota.key not in was)

    @property
    def mends(self) -> tuple[Reading, ...]:
        """Quotas that this rating would come back to."""
        still = {reading.quota.key for reading in self.after if reading.outside}
        return tuple(r for r in self.before if r.outside and r.quota.key not in still)


def board(
    ratings: Ratings,
    roster: Roster,
    policy: Policy,
    notable_before: Collection[tuple[GroupName, str]] = (),
) -> Board:
    """The whole picture. `notable_before` is the last cycle's Board.notable of this track."""
    rules = policy.distribution
    every = groups(ratings, roster)
    tested, tests = _tests(every, rules)
    found = _found(tested, tests, rules, notable_before)
    company = next(group for group in every if COMPANY in group.names)
    return Board(
        members=company.members,
        rated=company.rated,
        bars=_bars(company, policy),
        company=readings(company.counts, rules),
        breaches=found,
        tests=len(tests),
        so_far=not _settled(company, rules),
        notable=_notable(found, rules),
    )


def breaches(
    every: Iterable[Group],
    policy: Distribution,
    notable_before: Collection[tuple[GroupName, str]] = (),
) -> tuple[Breach, ...]:
    """Where groups leave the policy, strongest first; all of them are one family of tests.

    A group that is too small makes no test; one that is not rated far enough makes its tests,
    but stays a note (ours).
    """
    return _found(*_tests(every, policy), policy, notable_before)


def with_rating(
    counts: Mapping[Score, int], old: Score | None, new: Score, policy: Distribution
) -> Preview:
    """What a rating would change for a group: `old` is replaced (None: one more), `new` comes."""
    after = dict(counts)
    after[new] = after.get(new, 0) + 1
    if old is not None:
        after[old] = after.get(old, 0) - 1
    return Preview(readings(counts, policy), readings(after, policy))


def _tests(every: Iterable[Group], policy: Distribution) -> tuple[list[Group], list[Reading]]:
    """Every test that is made: of which group, and what it reads.

    Groups with the same counts share what is read of them, for there are many.
    """
    every = tuple(every)  # all are kept until the end, so that an id of counts stays their own
    read_all = _reader(policy)
    known: dict[int, list[Reading]] = {}
    tested: list[Group] = []
    tests: list[Reading] = []
    for group in every:
        counts = id(group.counts)
        if counts not in known:
            known[counts] = read_all(group)
        tested += [group] * len(known[counts])
        tests += known[counts]
    return tested, tests


def _reader(policy: Distribution) -> Callable[[Group], list[Reading]]:
    """Reads every quota that warns; nothing of a group that is too small."""
    quotas = [quota for quota in policy.quotas if quota.on and quota.warns]
    known: dict[tuple[int, int, int], Reading] = {}
    # A ratio is hashed much faster than the Fraction itself.
    counted_by: dict[tuple[int, int], list[int]] = {}

    def read_all(group: Group) -> list[Reading]:
        n = group.rated
        if n < policy.smallest_group:
            return []
        counts = [0] * len(quotas)
        for score, number in group.counts.items():
            ratio = score.as_integer_ratio()
            if ratio not in counted_by:
                counted_by[ratio] = [at for at, one in enumerate(quotas) if in_quota(score, one)]
            for at in counted_by[ratio]:
                counts[at] += number
        likes = [(at, count, n) for at, count in enumerate(counts)]
        for like in likes:
            if like not in known:
                known[like] = reading_of(quotas[like[0]], like[1], n)
        return [known[like] for like in likes]

    return read_all


def _found(
    tested: Sequence[Group],
    tests: Sequence[Reading],
    rules: Distribution,
    notable_before: Collection[tuple[GroupName, str]],
) -> tuple[Breach, ...]:
    alone = [reading.tail for reading in tests]
    stands_out = tails.rejected(alone, rules.false_discovery_rate)
    unusual = _unusual(alone, rules)
    before = frozenset(notable_before)
    found = [
        _breach(group, reading, rules, out=out, unusual=reading.tail in unusual, before=before)
        for group, reading, out in zip(tested, tests, stands_out, strict=True)
        if reading.outside
    ]
    return tuple(sorted(found, key=_strongest_first))


def _settled(group: Group, rules: Distribution) -> bool:
    share = rules.settled_share
    return group.rated * share.denominator >= share.numerator * group.members


def _unusual(alone: Iterable[float], rules: Distribution) -> frozenset[float]:
    """The tails that are notable; each is compared once, for many are alike."""
    return frozenset(tail for tail in frozenset(alone) if tail < rules.notable_below)


def _breach(
    group: Group,
    reading: Reading,
    rules: Distribution,
    *,
    out: bool,
    unusual: bool,
    before: Collection[tuple[GroupName, str]],
) -> Breach:
    if not _settled(group, rules):
        return Breach(group, reading, Tier.NOTE, so_far=True)
    again = unusual and any((name, reading.quota.key) in before for name in group.names)
    alone = Tier.NOTABLE if unusual else Tier.NOTE
    return Breach(group, reading, Tier.STRONG if out or again else alone, so_far=False, again=again)


def _strongest_first(breach: Breach) -> tuple[int, float, str, str, str]:
    name, quota = breach.key
    return -breach.tier, breach.reading.tail, name.kind, name.key, quota


def _notable(breaches: Iterable[Breach], rules: Distribution) -> frozenset[tuple[GroupName, str]]:
    settled = [breach for breach in breaches if not breach.so_far]
    unusual = _unusual((breach.reading.tail for breach in settled), rules)
    return frozenset(
        (name, breach.reading.quota.key)
        for breach in settled
        if breach.reading.tail in unusual
        for name in breach.group.names
    )


def _bars(company: Group, policy: Policy) -> tuple[Bar, ...]:
    if company.rated < policy.distribution.smallest_group:
        return ()
    return tuple(
        Bar(
            step.score,
            step.band,
            company.counts.get(step.score, 0),
            Fraction(company.counts.get(step.score, 0), company.rated),
        )
        for step in policy.scale
    )
