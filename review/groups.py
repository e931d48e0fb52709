"""Groups of people whose ratings are counted together: sub-trees, departments, the company.

Everybody reviewed is put in one line in which all people below a manager stand together. So each
sub-tree is a run of the line: two groups are the very same people where their places are the
same, and nothing has to be added up twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from review.people import EmployeeId
from review.policy import Score
from review.roster import Roster

Ratings = Mapping[EmployeeId, Score | None]
"""Everybody reviewed in a cycle of one track, with None for who is not rated yet."""


class GroupKind(StrEnum):
    """What holds a group together."""

    COMPANY = "company"
    DEPARTMENT = "department"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True, order=True)
class GroupName:
    """A group: a department by its name, a sub-tree by its manager's employee_id."""

    kind: GroupKind
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Counts of one group; nobody's name."""

    names: tuple[GroupName, ...]
    """All names it goes by, the one to show first: groups with the very same people are one."""
    members: int
    """People reviewed."""
    counts: Mapping[Score, int]
    """Ratings, by score; only scores that were given."""

    @property
    def name(self) -> GroupName:
        """The name to show."""
        return self.names[0]

    @property
    def rated(self) -> int:
        """People rated so far."""
        return sum(self.counts.values())


COMPANY = GroupName(GroupKind.COMPANY)


_Places = range | tuple[int, ...]
"""Where a group's people stand in the line; always a range where nobody else stands between."""


def groups(ratings: Ratings, roster: Roster) -> tuple[Group, ...]:
    """All groups of a track's cycle, the company first, then departments, then sub-trees.

    A manager's group is everybody reviewed below them, at any depth, themself left out.
    """
    line, runs = _line_up(ratings, roster)
    named: dict[_Places, tuple[GroupName, ...]] = {range(len(line)): (COMPANY,)}
    for kind, found in (
        (GroupKind.DEPARTMENT, _departments(line, roster)),
        (GroupKind.MANAGER, runs),
    ):
        for key, places in found.items():
            named[places] = (*named.get(places, ()), GroupName(kind, key))
    scores = _Scores([*map(ratings.__getitem__, line)])
    return tuple(Group(names, len(places), scores.among(places)) for places, names in named.items())


def subtree(head: EmployeeId, ratings: Ratings, roster: Roster) -> Group:
    """One manager's whole sub-tree, whatever its size."""
    below = [one.employee_id for one in roster.subtree(head) if one.employee_id in ratings]
    given = [rating for one in below if (rating := ratings[one]) is not None]
    return Group((GroupName(GroupKind.MANAGER, head),), len(below), dict(Counter(given)))


def scope_of(
    viewer: EmployeeId, roster: Roster, *, hr_admin: bool = False
) -> frozenset[GroupName] | None:
    """The groups whose counts somebody may see; None for all of them (HR admins).

    A manager sees their own sub-tree and those of the managers in it, an HRBP the departments
    in which they are somebody's HR partner.
    """
    if hr_admin or viewer in roster.hr_admins:
        return None
    below = [person.employee_id for person in roster.subtree(viewer)]
    heads = [viewer, *below] if below else []
    partner_of = {p.department for p in roster.people.values() if p.hrbp_id == viewer}
    return frozenset(
        [GroupName(GroupKind.MANAGER, head) for head in heads if head in roster.reports]
        + [GroupName(GroupKind.DEPARTMENT, name) for name in partner_of if name]
    )


def _line_up(
    ratings: Ratings, roster: Roster
) -> tuple[list[EmployeeId], dict[EmployeeId, _Places]]:
    """Everybody reviewed in line, and each manager's run of it, nearest to the leaves first.

    People in a loop, or gone from the roster, come last: nobody's run has them.
    """
    tops = [one for one, person in roster.people.items() if person.manager_id not in roster.people]
    line = [one for one in tops if one in ratings]
    runs: dict[EmployeeId, _Places] = {}
    began: dict[EmployeeId, int] = {}
    waiting = [one for one in tops if one in roster.reports]
    while waiting:
        head = waiting[-1]
        if head not in began:
            began[head] = len(line)
            line += filter(ratings.__contains__, roster.reports[head])
            waiting += filter(roster.reports.__contains__, roster.reports[head])
            continue
        waiting.pop()
        if began[head] < len(line):
            runs[head] = range(began[head], len(line))
    if len(line) < len(ratings):
        placed = set(line)
        line += [one for one in ratings if one not in placed]
    return line, runs


def _departments(line: Sequence[EmployeeId], roster: Roster) -> dict[str, _Places]:
    """Departments by name, and where their people stand."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(map(roster.people.get, line)):
        if person is not None and person.department:
            found[person.department].append(place)
    return {name: _places(found[name]) for name in sorted(found)}


def _places(ascending: Sequence[int]) -> _Places:
    run = range(ascending[0], ascending[-1] + 1)
    return run if len(run) == len(ascending) else tuple(ascending)


NOT_RATED = "\0"


class _Scores:
    """The ratings of the line as a text, a letter a score: nothing counts a run of it faster.

    Hashing a Fraction takes longer than all else here, so each object is hashed once, and groups
    with like counts share them.
    """

    def __init__(self, ratings: Sequence[Score | None]) -> None:
        each = {id(one): one for one in ratings}
        letters = defaultdict[Score, str](map(chr, count(1)).__next__)
        letter_of = {
            known: NOT_RATED if one is None else letters[one] for known, one in each.items()
        }
        self._line = "".join(map(letter_of.__getitem__, map(id, ratings)))
        self._scores = tuple(letters)
        self._letters = tuple(letters.values())
        self._known: dict[tuple[int, ...], dict[Score, int]] = {}

    def among(self, places: _Places) -> dict[Score, int]:
        """How often each score was given there; only scores that were."""
        line, run = self._line, places
        if not isinstance(run, range):
            line, run = "".join([line[place] for place in run]), range(len(run))
        first, end = run.start, run.stop
        given = tuple([line.count(letter, first, end) for letter in self._letters])
        if given not in self._known:
            pairs = zip(self._scores, given, strict=True)
            self._known[given] = {score: times for score, times in pairs if times}
        return self._known[given]
