"""The roster as a file: the rows that an import reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from sandbox.company.person import Person

FIELDS = (
    "employee_id",
    "name",
    "email",
    "title",
    "role",
    "department",
    "manager_id",
    "hrbp_id",
    "track",
    "hired_on",
    "left_on",
    "leave_from",
    "leave_to",
    "work_week",
    "time_zone",
    "locale",
    "slack_id",
    "dingtalk_id",
    "platform",
)
"""The roster's columns."""


def rows(people: Iterable[Person]) -> list[dict[str, str]]:
    """A row a person, field to text; empty where there is nothing, dates in ISO."""
    return [{field: _cell(getattr(person, field)) for field in FIELDS} for person in people]


def roster_csv(people: Iterable[Person]) -> str:
    """The file as text, with a header row."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(people))
    return file.getvalue()


def hr_admins(people: Iterable[Person]) -> tuple[str, ...]:
    """Employee ids of those who administer reviews."""
    return tuple(person.employee_id for person in people if person.hr_admin)


def _cell(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
