"""Groups of people whose ratings are counted together: sub-trees, departments, the company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

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


class _Tally:
    """A group in the making; ratings are counted by their place in a list of all that occur."""

    __slots__ = ("counts", "mark", "members")

    def __init__(self, places: int) -> None:
        self.counts = [0] * places
        self.members = 0
        self.mark = 0

    def add(self, place: int | None, mark: int) -> None:
        self.members += 1
        self.mark += mark
        if place is not None:
            self.counts[place] += 1

    def merge(self, other: _Tally) -> None:
        self.members += other.members
        self.mark += other.mark
        self.counts = [mine + more for mine, more in zip(self.counts, other.counts, strict=True)]


_Named = list[tuple[GroupName, _Tally]]
_Own = Mapping[EmployeeId, tuple[int | None, int]]
"""Each person's place in the list of ratings (None: not rated), and mark."""


def groups(ratings: Ratings, roster: Roster) -> tuple[Group, ...]:
    """All groups of a track's cycle, the company first, then departments, then sub-trees.

    A manager's group is everybody reviewed below them, at any depth, themself left out. Each
    sub-tree is handed up to the manager above once, so the time grows with the people alone.
    """
    place: dict[Score, int] = {}
    own = {
        one: (None if rating is None else place.setdefault(rating, len(place)), _mark(one))
        for one, rating in ratings.items()
    }
    scores = list(place)
    company = _Tally(len(scores))
    departments: dict[str, _Tally] = {}
    for employee, (at, mark) in own.items():
        company.add(at, mark)
        person = roster.get(employee)
        if person is not None and person.department:
            departments.setdefault(person.department, _Tally(len(scores))).add(at, mark)
    by_department = [
        (GroupName(GroupKind.DEPARTMENT, name), departments[name]) for name in sorted(departments)
    ]
    subtrees = _subtrees(own, roster, len(scores))
    return _once([(COMPANY, company), *by_department, *subtrees], scores)


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


def _subtrees(own: _Own, roster: Roster, places: int) -> _Named:
    """Sub-trees with anybody reviewed in them, nearest to the leaves first."""
    below: dict[EmployeeId, _Tally] = {}
    found: _Named = []
    for employee in reversed(_from_top(roster)):
        mine = below.get(employee)
        if mine is not None:
            found.append((GroupName(GroupKind.MANAGER, employee), mine))
        head = roster.people[employee].manager_id
        if head is None or head not in roster.people:
            continue
        if employee in own:
            below.setdefault(head, _Tally(places)).add(*own[employee])
        if mine is not None:
            below.setdefault(head, _Tally(places)).merge(mine)
    return found


def _from_top(roster: Roster) -> list[EmployeeId]:
    """Everybody, managers before their reports; people in a loop are left out."""
    order = [one for one, person in roster.people.items() if person.manager_id not in roster.people]
    for head in order:
        order.extend(roster.reports.get(head, ()))
    return order


def _once(named: _Named, scores: list[Score]) -> tuple[Group, ...]:
    """One group for all names of the very same people."""
    same: dict[tuple[int, int], _Named] = {}
    for name, tally in named:
        same.setdefault((tally.members, tally.mark), []).append((name, tally))
    return tuple(
        Group(
            tuple(name for name, _ in alike),
            alike[0][1].members,
            {s: count for s, count in zip(scores, alike[0][1].counts, strict=True) if count},
        )
        for alike in same.values()
    )


def _mark(employee: EmployeeId) -> int:
    """A number for a person: sums of it are alike only for the very same people."""
    return int.from_bytes(blake2b(employee.encode(), digest_size=16).digest())
