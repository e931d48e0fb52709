"""Compares a platform's contacts with the roster: person by person, field by field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from review.contacts import LEFT, Absent, Choice, Comparison, Contact, Difference, Kind, Known
from review.people import EmployeeId, Person
from review.roster_check import Entry, check

DAYS = ("hired_on", LEFT)
TEXTS = ("name", "title", "department")
"""Empty where there is nothing; the other fields are None then."""


def missing(contacts: Iterable[Contact], known: Known, today: date) -> Mapping[EmployeeId, str]:
    """Who is thought to be there and has an account that the contacts don't show, with it."""
    seen = {one.id for one in contacts}
    found = {}
    for person in known.people:
        account = known.account_of.get(person.employee_id)
        if account and account not in seen and not person.has_left(today):
            found[person.employee_id] = account
    return found


def compare(
    contacts: Collection[Contact], known: Known, absent: Absent, choice: Choice, today: date
) -> Comparison:
    """What the contacts would change.

    A value of the roster is replaced only where it is still what the contacts said last, or
    empty; what HR set otherwise stays. What the contacts leave empty stays as well.
    """
    owners = _matched(contacts, known)
    there = {one.employee_id: one for one in known.people}
    look = _Look(known, owners, choice)
    skipped = tuple(owner for owner in owners.values() if owner in known.erased)
    added, kept, said = [], [], {}
    for one in contacts:
        owner = owners[one.id]
        if owner in known.erased:
            continue
        told = look.told(one)
        if owner in there:
            kept.append(look.changed(there[owner], look.asked(told)))
        elif choice.kind(owner, "", Kind.TAKEN) is Kind.KEPT:
            look.left_out.add(owner)
            continue
        else:
            added.append(_with(Person(employee_id=owner, name=one.name), told))
        spoken = {name: value for name, value in told.items() if value}
        said[owner] = {**spoken, **look.back(owner)}
    for employee, day in absent.gone.items():
        told = {LEFT: day.isoformat()}
        if there[employee].left_on is None:
            kept.append(look.changed(there[employee], told))
        said[employee] = told
    people = tuple(_without(one, look.left_out) for one in (*added, *kept))
    fresh = {one.employee_id: one for one in people}
    whole = [fresh.pop(one.employee_id, one) for one in known.people] + list(fresh.values())
    seen = set(owners.values()) | absent.gone.keys() | set(absent.hidden)
    return Comparison(
        added=tuple(one for one in people if one.employee_id not in there),
        differences=tuple(look.differences),
        people=people,
        hidden=absent.hidden,
        unseen=tuple(
            one for one, person in there.items() if one not in seen and not person.has_left(today)
        ),
        leaderless=tuple(
            one.employee_id for one in people if not one.manager_id and one.left_on is None
        ),
        skipped=skipped,
        faults=tuple(
            one
            for one in check(Entry(0, one) for one in whole)
            if one.facts.get("value") not in known.erased
        ),
        said=said,
        accounts={
            one: owner
            for one, owner in owners.items()
            if owner not in known.erased and owner not in look.left_out
        },
        unknown=choice.unknown(
            [
                *((one.employee_id, one.field) for one in look.differences),
                *((one.employee_id, "") for one in added),
                *((one, "") for one in look.left_out),
            ]
        ),
    )


class _Look:
    """Compares person by person, and keeps every difference."""

    def __init__(self, known: Known, owners: Mapping[str, EmployeeId], choice: Choice) -> None:
        self._known = known
        self._choice = choice
        linked = {account: employee for employee, account in known.account_of.items()}
        self._leads = {**linked, **owners}
        self.differences: list[Difference] = []
        self.left_out: set[EmployeeId] = set()
        self._back: set[EmployeeId] = set()

    def told(self, one: Contact) -> Mapping[str, str]:
        """What the contacts say of somebody, as the roster has it."""
        manager = self._leads.get(one.manager, "")
        return {
            "name": one.name,
            "email": one.email,
            "title": one.title,
            "department": one.department,
            "manager_id": "" if manager in self._known.erased else manager,
            "hired_on": one.hired_on.isoformat() if one.hired_on else "",
            self._known.id_field: one.id,
        }

    def asked(self, told: Mapping[str, str]) -> Mapping[str, str]:
        """What of it counts for somebody who is in the roster already."""
        fields = self._known.kept_there | {self._known.id_field}
        return {name: value for name, value in told.items() if name in fields}

    def changed(self, person: Person, told: Mapping[str, str]) -> Person:
        """That person with what is taken of it."""
        last = self._known.said.get(person.employee_id, {})
        returned = LEFT not in told and last.get(LEFT) and _text(person, LEFT) == last[LEFT]
        if returned:
            told = {**told, LEFT: ""}
            self._back.add(person.employee_id)
        taken = {}
        for name, value in told.items():
            mine = _text(person, name)
            if _same(name, mine, value) or not (value or name == LEFT):
                continue
            found = Kind.TAKEN if returned and name == LEFT else _kind(mine, value, last.get(name))
            kind = self._choice.kind(person.employee_id, name, found)
            self.differences.append(
                Difference(
                    employee_id=person.employee_id,
                    field=name,
                    roster=mine,
                    contacts=value,
                    kind=kind,
                )
            )
            if kind is Kind.TAKEN:
                taken[name] = value
        return _with(person, taken)

    def back(self, employee: EmployeeId) -> Mapping[str, str]:
        """Whoever is back has not left, as far as the contacts say."""
        return {LEFT: ""} if employee in self._back else {}


def _kind(mine: str, value: str, last: str | None) -> Kind:
    if not last:
        return Kind.BOTH if mine else Kind.TAKEN
    if value == last:
        return Kind.KEPT
    return Kind.TAKEN if mine == last else Kind.BOTH


def _matched(contacts: Collection[Contact], known: Known) -> Mapping[str, EmployeeId]:
    """Account to employee id: by the roster's own word, by number, by e-mail, else a new one.

    Nobody is two of the contacts: the surer tie wins.
    """
    ids = {one.employee_id for one in known.people} | known.erased
    accounts = {account: employee for employee, account in known.account_of.items()}
    shown = {one.id for one in contacts}
    mails = {
        one.email.casefold(): one.employee_id
        for one in known.people
        if one.email and known.account_of.get(one.employee_id) not in shown
    }
    ties: tuple[Callable[[Contact], EmployeeId | None], ...] = (
        lambda one: accounts.get(one.id),
        lambda one: one.job_number if one.job_number in ids else None,
        lambda one: mails.get(one.email.casefold()) if one.email else None,
    )
    found: dict[str, EmployeeId] = {}
    used: set[EmployeeId] = set()
    for tie in ties:
        for one in contacts:
            owner = None if one.id in found else tie(one)
            if owner is not None and owner not in used:
                found[one.id] = owner
                used.add(owner)
    used |= ids
    for one in contacts:
        if one.id not in found:
            number = one.job_number
            fits = number and number not in used and not number.startswith("#")
            found[one.id] = number if fits else one.id
            used.add(found[one.id])
    return found


def _text(person: Person, name: str) -> str:
    value = getattr(person, name)
    return value.isoformat() if isinstance(value, date) else value or ""


def _same(name: str, mine: str, value: str) -> bool:
    return mine.casefold() == value.casefold() if name == "email" else mine == value


def _with(person: Person, told: Mapping[str, str]) -> Person:
    """Somebody with those fields, read from their texts."""
    given: dict[str, Any] = {}
    for name, value in told.items():
        if name in DAYS:
            given[name] = date.fromisoformat(value) if value else None
        else:
            given[name] = value if value or name in TEXTS else None
    return replace(person, **given)


def _without(person: Person, left_out: Collection[EmployeeId]) -> Person:
    """Whoever is not added leads nobody."""
    return replace(person, manager_id=None) if person.manager_id in left_out else person
