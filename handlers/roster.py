"""HR imports the roster: checked whole before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers import membership, rater, roster_shown
from handlers.roster_file import Row, UnreadableFileError, rows_of
from handlers.watch import Watch, in_batches, unwatched
from handlers.work import Work
from review.people import Person
from review.roster_changes import Changes, changes, completed
from review.roster_check import Entry, Fault, check, check_spans
from review.roster_read import FIRST_ROW, field_of, read_rows, unread_columns

STANDING = 0
"""Row of somebody who is in the roster already and not in the file."""
UNKNOWN = {"roster.unknown_manager", "roster.unknown_hrbp"}
DOUBLE = "roster.duplicate"


@dataclass(frozen=True, slots=True)
class Import:
    """What a file would do: its faults, or the changes it makes."""

    people: tuple[Person, ...]
    faults: tuple[Fault, ...]
    changes: Changes
    unread: tuple[str, ...] = ()
    """Columns that name no field; they are left alone."""
    erased: tuple[str, ...] = ()
    """Ids in the file of people who were erased; their rows are left alone, too (ours)."""
    stays: tuple[rater.Stays, ...] = ()
    """Who is rated by whoever led them at the period's end all the same."""


async def check_roster(data: bytes, work: Work) -> Import:
    """Read a roster file against what is there; nothing is written.

    Of people who are there, fields without a column stay as they are, and an empty cell clears.
    """
    old = await work.tx.people.all()
    gone = await work.tx.erasing.erased()
    try:
        rows = rows_of(data)
    except UnreadableFileError as fault:
        found = Fault(fault.row, fault.column, fault.key, fault.facts)
        return Import((), (found,), changes(old, old))
    rows, erased = _without(rows, gone)
    people, faults = read_rows(rows)
    given = {field for name in rows[0] if (field := field_of(name)) is not None} if rows else set()
    people = completed(people, old, given)
    known = {person.employee_id for person in old}
    faults = tuple(
        one for one in faults if not (one.key in UNKNOWN and one.facts.get("value") in known)
    )
    if not faults:
        faults = tuple(_together(people, rows, old))
    there = [one for one in old if one.employee_id not in gone]
    return Import(
        people,
        faults,
        changes(there, people),
        unread_columns(rows[0]),
        erased,
        () if faults else await rater.moved(old, people, work),
    )


def _without(rows: list[Row], gone: Collection[str]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows with those of erased people blank, so that no other row's number changes."""
    name = next((one for one in rows[0] if field_of(one) == "employee_id"), "") if rows else ""
    ids = [(row.get(name) or "").strip() for row in rows]
    blank: Row = dict.fromkeys(rows[0]) if rows else {}
    kept = [blank if one in gone else row for row, one in zip(rows, ids, strict=True)]
    return kept, tuple(dict.fromkeys(one for one in ids if one in gone))


def _together(
    people: tuple[Person, ...], rows: Sequence[Row], old: tuple[Person, ...]
) -> list[Fault]:
    """Faults between the file and the people who are there and not in it, at the file's rows."""
    inside = {person.employee_id for person in people}
    filled = [
        number
        for number, row in enumerate(rows, start=FIRST_ROW)
        if any(cell and cell.strip() for cell in row.values())
    ]
    fresh = [Entry(row, person) for row, person in zip(filled, people, strict=True)]
    standing = [Entry(STANDING, one) for one in old if one.employee_id not in inside]
    headers = {field: name for name in rows[0] if (field := field_of(name)) is not None}
    doubles = [one for one in check([*standing, *fresh], headers) if one.key == DOUBLE]
    others = [one for one in check([*fresh, *standing], headers) if one.key != DOUBLE]
    faults = [*doubles, *others, *check_spans(fresh, headers)]
    return sorted(faults, key=lambda fault: fault.row)


async def import_roster(
    found: Import, by: str | None, work: Work, watch: Watch = unwatched
) -> None:
    """Write the people of a file without faults; what shows them in a running cycle follows."""
    running = await roster_shown.running(work)
    before = await work.tx.people.all() if running else ()
    wanted = {*found.changes.added, *found.changes.changed}
    fresh = [person for person in found.people if person.employee_id in wanted]
    for batch in in_batches(fresh, watch):
        await work.tx.people.put_all(batch)
    for one in found.stays:
        await work.tx.reviews.lead(one.cycle.id, one.led)
    if fresh:
        details = {"added": len(found.changes.added), "changed": len(found.changes.changed)}
        await work.tx.audit.record("roster.imported", "roster", by, work.now, details)
        for cycle in await work.tx.cycles.running():
            await membership.look(cycle, work, wanted)
        if running:
            await roster_shown.paint(running, before, wanted, work)
