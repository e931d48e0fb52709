"""What is wrong between the rows of a roster: ids, managers, HR partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from review.people import EmployeeId, Person

Scalar = str | int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that has to be mended; nothing of the file is taken before."""

    row: int
    """Row of the file; the header is row 1."""
    column: str
    """The header as it stands in the file; empty where no column is meant."""
    key: str
    """Names the template, such as "roster.unknown_manager"."""
    facts: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, and the row they stand in."""

    row: int
    person: Person


_UNIQUE = ("employee_id", "email", "slack_id", "dingtalk_id")


def check(entries: Iterable[Entry], headers: Mapping[str, str] | None = None) -> list[Fault]:
    """Faults between rows, by row. `headers` names each field's column as it is in the file."""
    every = list(entries)
    named = headers or {}
    faults = [*_doubles(every), *_unknown(every), *_loops(every)]
    shown = [Fault(f.row, named.get(f.column, f.column), f.key, f.facts) for f in faults]
    return sorted(shown, key=lambda fault: fault.row)


SPANS = (("hired_on", "left_on"), ("leave_from", "leave_to"))


def check_spans(entries: Iterable[Entry], headers: Mapping[str, str]) -> Iterator[Fault]:
    """Dates that end before they begin, where one of the two is kept from before the file.

    The fault stands at the column that the file does have.
    """
    for entry in entries:
        for first, second in SPANS:
            start, end = getattr(entry.person, first), getattr(entry.person, second)
            if start is None or end is None or start <= end:
                continue
            column = headers.get(second, headers.get(first, second))
            facts: dict[str, Scalar] = {"start": start.isoformat(), "end": end.isoformat()}
            yield Fault(entry.row, column, f"roster.ends_before_{first}", facts)


def _doubles(entries: list[Entry]) -> Iterator[Fault]:
    for name in _UNIQUE:
        first: dict[str, int] = {}
        for entry in entries:
            value: str | None = getattr(entry.person, name)
            if not value:
                continue
            same = value.casefold() if name == "email" else value
            if same in first:
                facts: dict[str, Scalar] = {"value": value, "first_row": first[same]}
                yield Fault(entry.row, name, "roster.duplicate", facts)
            first.setdefault(same, entry.row)


def _unknown(entries: list[Entry]) -> Iterator[Fault]:
    known = {entry.person.employee_id for entry in entries}
    for entry in entries:
        manager, partner = entry.person.manager_id, entry.person.hrbp_id
        if manager and manager not in known:
            yield Fault(entry.row, "manager_id", "roster.unknown_manager", {"value": manager})
        if partner and partner not in known:
            yield Fault(entry.row, "hrbp_id", "roster.unknown_hrbp", {"value": partner})


def _loops(entries: list[Entry]) -> Iterator[Fault]:
    """Each loop once, at the first of its rows."""
    managers = {entry.person.employee_id: entry.person.manager_id for entry in entries}
    done: set[EmployeeId] = set()
    for entry in entries:
        way: list[EmployeeId] = []
        on_way: set[EmployeeId] = set()
        at: EmployeeId | None = entry.person.employee_id
        while at is not None and at in managers and at not in done:
            if at in on_way:
                loop = way[way.index(at) :]
                row = next(e for e in entries if e.person.employee_id in loop)
                start = loop.index(row.person.employee_id)
                turned = [*loop[start:], *loop[:start], loop[start]]
                facts: dict[str, Scalar] = {"loop": " → ".join(turned)}
                yield Fault(row.row, "manager_id", "roster.manager_loop", facts)
                break
            way.append(at)
            on_way.add(at)
            at = managers[at]
        done.update(way)
