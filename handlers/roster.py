"""HR imports the roster: checked whole before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.roster_file import UnreadableFileError, rows_of
from handlers.work import Work
from review.people import Person
from review.roster_changes import Changes, changes
from review.roster_check import Entry, Fault, check
from review.roster_read import read_rows

STANDING = 0
"""Row of somebody who is in the roster already and not in the file."""
UNKNOWN = {"roster.unknown_manager", "roster.unknown_hrbp"}


@dataclass(frozen=True, slots=True)
class Import:
    """What a file would do: its faults, or the changes it makes."""

    people: tuple[Person, ...]
    faults: tuple[Fault, ...]
    changes: Changes


async def check_roster(data: bytes, work: Work) -> Import:
    """Read a roster file against what is there; nothing is written."""
    old = await work.tx.people.all()
    try:
        people, faults = read_rows(rows_of(data))
    except UnreadableFileError as fault:
        return Import((), (Fault(1, "", fault.key),), changes(old, old))
    known = {person.employee_id for person in old}
    faults = tuple(
        one for one in faults if not (one.key in UNKNOWN and one.facts.get("value") in known)
    )
    if not faults:
        faults = tuple(_together(people, old))
    return Import(people, faults, changes(old, people))


def _together(people: tuple[Person, ...], old: tuple[Person, ...]) -> list[Fault]:
    """Faults between the file and the people who are there and not in it."""
    inside = {person.employee_id for person in people}
    entries = [Entry(row, person) for row, person in enumerate(people, start=2)]
    entries += [Entry(STANDING, one) for one in old if one.employee_id not in inside]
    return check(entries)


async def import_roster(found: Import, by: str | None, work: Work) -> None:
    """Write the people of a file without faults."""
    wanted = {*found.changes.added, *found.changes.changed}
    fresh = [person for person in found.people if person.employee_id in wanted]
    await work.tx.people.put_all(fresh)
    if fresh:
        details = {"added": len(found.changes.added), "changed": len(found.changes.changed)}
        await work.tx.audit.record("roster.imported", "roster", by, work.now, details)
