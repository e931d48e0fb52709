"""What importing a roster would change, for a look before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

from review.people import EmployeeId, Person

BLANK = (None, "")
"""What an empty cell makes of a field."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Each person of the old and the new roster, once."""

    added: tuple[EmployeeId, ...]
    changed: Mapping[EmployeeId, tuple[str, ...]]
    """To the fields that differ."""
    unchanged: tuple[EmployeeId, ...]
    left_out: tuple[EmployeeId, ...]
    """In the old roster but not in the new: they stay as they are, and it is said (ours)."""

    cleared: Mapping[str, int] = field(default_factory=dict)
    """Fields that are emptied, and of how many people."""

    @property
    def nothing(self) -> bool:
        """Whether the new roster changes nothing."""
        return not self.added and not self.changed


def changes(old: Iterable[Person], new: Iterable[Person]) -> Changes:
    """Compare two rosters by employee_id."""
    before = {person.employee_id: person for person in old}
    after = {person.employee_id: person for person in new}
    both = {one: _differing(before[one], person) for one, person in after.items() if one in before}
    return Changes(
        added=tuple(one for one in after if one not in before),
        changed={one: names for one, names in both.items() if names},
        unchanged=tuple(one for one, names in both.items() if not names),
        left_out=tuple(one for one in before if one not in after),
        cleared=Counter(
            name
            for one, names in both.items()
            for name in names
            if getattr(after[one], name) in BLANK
        ),
    )


def completed(
    people: Iterable[Person], old: Iterable[Person], given: Collection[str]
) -> tuple[Person, ...]:
    """People of a file with only those fields: what it has no column for stays as it was."""
    before = {person.employee_id: person for person in old}
    return tuple(
        replace(before[one.employee_id], **{name: getattr(one, name) for name in given})
        if one.employee_id in before
        else one
        for one in people
    )


def _differing(old: Person, new: Person) -> tuple[str, ...]:
    return tuple(
        one.name for one in fields(Person) if getattr(old, one.name) != getattr(new, one.name)
    )
