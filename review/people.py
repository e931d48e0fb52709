"""People as the roster knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EmployeeId = str
MONDAY_TO_FRIDAY = frozenset(range(5))


class Track(StrEnum):
    """How often somebody is reviewed: staff each quarter, senior each half-year; both yearly."""

    STAFF = "staff"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row of the roster. Blank hired_on: there for the whole period."""

    employee_id: EmployeeId
    name: str
    email: str | None = None
    title: str = ""
    role: str = ""
    department: str = ""
    manager_id: EmployeeId | None = None
    hrbp_id: EmployeeId | None = None
    track: Track = Track.STAFF
    hired_on: date | None = None
    left_on: date | None = None
    leave_from: date | None = None
    leave_to: date | None = None
    work_week: frozenset[int] = MONDAY_TO_FRIDAY
    """Weekdays worked, Monday is 0."""
    time_zone: str | None = None
    """IANA name; None: the company's."""
    locale: str | None = None
    """"zh-CN" or "en"; None: the company's."""
    slack_id: str | None = None
    dingtalk_id: str | None = None
    platform: str | None = None
    """Where the bot writes to them, if they have an account there; None: the company's order."""

    def has_left(self, on: date) -> bool:
        """Whether that day is after their last day."""
        return self.left_on is not None and on > self.left_on

    def on_leave(self, on: date) -> bool:
        """Whether they are on leave that day; a leave without an end goes on."""
        return (
            self.leave_from is not None
            and self.leave_from <= on
            and (self.leave_to is None or on <= self.leave_to)
        )
