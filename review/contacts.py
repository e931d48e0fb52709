"""A chat platform's contacts against the roster: what would change, and what HR's word keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from review.people import EmployeeId, Person
from review.roster_check import Fault

FIELDS = ("name", "email", "title", "department", "manager_id", "hired_on")
"""Of the roster, what contacts may say, beside their own account ids."""
LEFT = "left_on"
Said = Mapping[EmployeeId, Mapping[str, str]]
"""What the contacts said last, by person and field; dates in ISO, "" for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody as a platform's contacts have them; "" is what they don't say."""

    id: str
    name: str
    email: str = ""
    title: str = ""
    department: str = ""
    job_number: str = ""
    manager: str = ""
    """The account of whoever leads them."""
    hired_on: date | None = None


class Kind(StrEnum):
    """What becomes of a difference."""

    TAKEN = "taken"
    """The contacts' value is new, and nobody had another in mind: it is taken."""
    KEPT = "kept"
    """HR corrected what the contacts say, and they say nothing new: the roster's value stays."""
    BOTH = "both"
    """Both say something of their own: the roster's value stays, unless the other is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of one person."""

    employee_id: EmployeeId
    field: str
    roster: str
    contacts: str
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Known:
    """What there is before the contacts are looked at."""

    platform: str
    people: tuple[Person, ...]
    accounts: Mapping[str, EmployeeId]
    """Whose account on that platform each is, as far as it is known."""
    said: Said
    erased: frozenset[EmployeeId] = frozenset()
    kept_there: frozenset[str] = frozenset(FIELDS)
    """Fields that the contacts are asked for, of people who are in the roster already."""

    @property
    def id_field(self) -> str:
        """The roster's field for an account there."""
        return f"{self.platform}_id"

    @cached_property
    def account_of(self) -> Mapping[EmployeeId, str]:
        """Their accounts there: the roster's word, else the one that they were matched to."""
        linked = {employee: account for account, employee in self.accounts.items()}
        given = {one.employee_id: getattr(one, self.id_field) for one in self.people}
        return linked | {one: account for one, account in given.items() if account}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What HR says of single differences: "ID:FIELD", or "ID" for all of one person's, or "all"."""

    take: frozenset[str] = frozenset()
    """The contacts' value, also where both say something of their own."""
    keep: frozenset[str] = frozenset()
    """The roster's value stays; somebody new is not added."""

    def kind(self, employee: EmployeeId, name: str, found: Kind) -> Kind:
        """What becomes of that difference."""
        if _named(self.keep, employee, name):
            return Kind.KEPT
        return Kind.TAKEN if _named(self.take, employee, name) else found

    def unknown(self, names: Collection[tuple[EmployeeId, str]]) -> tuple[str, ...]:
        """What was chosen and is no difference."""
        known = {"all", *(one for one, _ in names), *(f"{one}:{name}" for one, name in names)}
        return tuple(sorted((self.take | self.keep) - known))


def _named(chosen: frozenset[str], employee: EmployeeId, name: str) -> bool:
    return bool(chosen & {"all", employee, f"{employee}:{name}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Who has an account that the contacts no longer show."""

    gone: Mapping[EmployeeId, date] = field(default_factory=dict)
    """They left the organisation: the day that is proposed as their last."""
    hidden: tuple[EmployeeId, ...] = ()
    """They are there, but the app may not see them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that a look at the contacts came to; nothing is written yet."""

    added: tuple[Person, ...]
    differences: tuple[Difference, ...]
    people: tuple[Person, ...]
    """Everybody whom the contacts speak of, as they would be in the roster."""
    hidden: tuple[EmployeeId, ...]
    unseen: tuple[EmployeeId, ...]
    """In the roster, and nobody whom the contacts show; they stay as they are."""
    leaderless: tuple[EmployeeId, ...]
    """For whom the contacts name no manager who is known."""
    skipped: tuple[EmployeeId, ...]
    """In the contacts, but erased here: they are left alone."""
    faults: tuple[Fault, ...]
    said: Said
    """What is to be remembered as the contacts' last word."""
    accounts: Mapping[str, EmployeeId]
    unknown: tuple[str, ...]
    """Chosen, and no difference."""

    def of(self, kind: Kind) -> tuple[Difference, ...]:
        """The differences of that kind."""
        return tuple(one for one in self.differences if one.kind is kind)
