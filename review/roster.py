"""The roster as a tree: who manages whom, who belongs to which department, who is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from review.people import EmployeeId, Person


@dataclass(frozen=True, slots=True)
class Roster:
    """All people of a company. Build it with Roster.of; it takes one pass."""

    people: Mapping[EmployeeId, Person]
    """In the order they were given."""
    reports: Mapping[EmployeeId, tuple[EmployeeId, ...]]
    """Manager to direct reports."""
    hr_admins: tuple[EmployeeId, ...] = ()
    """The company's HR admins, in the order they are turned to."""
    delegates: Mapping[EmployeeId, EmployeeId] = field(default_factory=dict)
    """Whom somebody has named to stand in for them on the day that is asked about."""

    @classmethod
    def of(
        cls,
        people: Iterable[Person],
        hr_admins: Iterable[EmployeeId] = (),
        delegates: Mapping[EmployeeId, EmployeeId] = MappingProxyType({}),
    ) -> Roster:
        """Build the tree. HR admins who are not in the roster stay unknown."""
        known = {person.employee_id: person for person in people}
        reports: defaultdict[EmployeeId, list[EmployeeId]] = defaultdict(list)
        for person in known.values():
            if person.manager_id in known:
                reports[person.manager_id].append(person.employee_id)
        return cls(
            known,
            {head: tuple(below) for head, below in reports.items()},
            tuple(admin for admin in hr_admins if admin in known),
            delegates,
        )

    def get(self, employee: EmployeeId | None) -> Person | None:
        """The person with that id, if there is one."""
        return None if employee is None else self.people.get(employee)

    def active(self, employee: EmployeeId | None, on: date) -> bool:
        """Whether somebody is in the roster, has not left and is not on leave that day."""
        person = self.get(employee)
        return person is not None and not person.has_left(on) and not person.on_leave(on)

    def active_people(self, on: date) -> tuple[Person, ...]:
        """Everybody who is there that day."""
        return tuple(p for p in self.people.values() if self.active(p.employee_id, on))

    def manager_of(self, employee: EmployeeId) -> Person | None:
        """Somebody's manager, whether there that day or not."""
        person = self.get(employee)
        return None if person is None else self.get(person.manager_id)

    def chain(self, employee: EmployeeId) -> tuple[Person, ...]:
        """Somebody's managers, nearest first, up to the top (or to where a loop closes)."""
        above: list[Person] = []
        seen = {employee}
        head = self.manager_of(employee)
        while head is not None and head.employee_id not in seen:
            above.append(head)
            seen.add(head.employee_id)
            head = self.manager_of(head.employee_id)
        return tuple(above)

    def skip_level(self, employee: EmployeeId) -> Person | None:
        """The manager's manager."""
        above = self.chain(employee)
        return above[1] if len(above) > 1 else None

    def hrbp_of(self, employee: EmployeeId) -> Person | None:
        """Somebody's HR partner."""
        person = self.get(employee)
        return None if person is None else self.get(person.hrbp_id)

    def stand_in(self, employee: EmployeeId) -> EmployeeId:
        """Who sits for somebody: whom they named, or whom that one named; else themself."""
        seen = {employee}
        one = employee
        while (named := self.delegates.get(one)) is not None:
            if named in seen:
                return employee
            seen.add(named)
            one = named
        return one

    def reports_of(self, head: EmployeeId) -> tuple[Person, ...]:
        """Somebody's direct reports."""
        return tuple(self.people[below] for below in self.reports.get(head, ()))

    def has_reports(self, head: EmployeeId, on: date) -> bool:
        """Whether somebody has a direct report who has not left by that day."""
        return any(not person.has_left(on) for person in self.reports_of(head))

    def subtree(self, head: EmployeeId) -> tuple[Person, ...]:
        """Everybody below somebody, themself left out, level by level."""
        below: list[Person] = []
        seen = {head}
        level = [head]
        while level:
            found = [p for above in level for p in self.reports_of(above)]
            fresh = [p for p in found if p.employee_id not in seen]
            below += fresh
            level = [p.employee_id for p in fresh]
            seen.update(level)
        return tuple(below)

    def departments(self) -> dict[str, tuple[Person, ...]]:
        """Department to its people; people without one are left out."""
        grouped: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.people.values():
            if person.department:
                grouped[person.department].append(person)
        return {name: tuple(members) for name, members in grouped.items()}
