"""What the screens of the spread of ratings are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from review.distribution import Bar as Step
from review.distribution import Breach, Reading
from review.policy import Distribution, Score


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A group out of policy in one quota, with the name to show."""

    name: str
    breach: Breach


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadFacts:
    """A scope's ratings against the policy."""

    cycle: str
    company: bool
    """The whole company, or somebody's own sub-tree."""
    people: int
    self_in: int
    rated: int
    bars: tuple[Step, ...]
    """Empty while too few are rated to be looked at."""
    readings: tuple[Reading, ...]
    groups: tuple[GroupLine, ...]
    more: int = 0
    """Groups out of policy that are not listed."""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What one rating would do to the manager's own sub-tree."""

    counts: Mapping[Score, int]
    """Ratings there without this one's change."""
    old: Score | None
    """This person's rating so far."""
    policy: Distribution
