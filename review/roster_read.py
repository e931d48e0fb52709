"""From a roster file's rows to people, with every fault named by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from review import roster_fields as fields
from review.people import MONDAY_TO_FRIDAY, Person
from review.roster_check import Entry, Fault, check

HEADERS = {
    "工号": "employee_id",
    "姓名": "name",
    "邮箱": "email",
    "职位": "title",
    "角色": "role",
    "部门": "department",
    "上级工号": "manager_id",
    "hrbp工号": "hrbp_id",
    "考核类别": "track",
    "入职日期": "hired_on",
    "离职日期": "left_on",
    "休假开始": "leave_from",
    "休假结束": "leave_to",
    "工作日": "work_week",
    "时区": "time_zone",
    "语言": "locale",
    "slack_id": "slack_id",
    "dingtalk_id": "dingtalk_id",
    "平台": "platform",
}
"""Chinese name of each field, in lower case."""
FIELDS = frozenset(HEADERS.values())
REQUIRED = ("employee_id", "name")
CONTACTS = ("email", "slack_id", "dingtalk_id")
FIRST_ROW = 2
NOT_AN_ID = "#"
"""What begins with it is a channel, not a person (ours)."""

T = TypeVar("T")


def field_of(header: str) -> str | None:
    """The field that a column's header names, in English or Chinese; None if it is none."""
    name = header.strip().lstrip("\ufeff").casefold()
    return name if name in FIELDS else HEADERS.get(name)


def unread_columns(header: Iterable[str]) -> tuple[str, ...]:
    """Columns that name no field: they are left alone, and it is said."""
    return tuple(name for name in header if name.strip() and field_of(name) is None)


def read_rows(
    rows: Iterable[Mapping[str, str | None]],
) -> tuple[tuple[Person, ...], tuple[Fault, ...]]:
    """The people of a file, and all that is wrong with it; with a fault, take nothing of it.

    `rows` are the data rows by header, blank ones too, so that rows are counted right.
    """
    every = list(rows)
    if not any(_filled(row) for row in every):
        return (), (Fault(1, "", "roster.no_people"),)
    headers, faults = _headers(list(dict.fromkeys(name for row in every for name in row)))
    if faults:
        return (), tuple(faults)
    entries: list[Entry] = []
    for number, row in enumerate(every, start=FIRST_ROW):
        if _filled(row):
            cells = _Cells(number, row, headers)
            entries.append(Entry(number, cells.person()))
            faults += cells.faults
    known = [entry for entry in entries if entry.person.employee_id]
    faults += check(known, headers)
    return (
        tuple(entry.person for entry in entries),
        tuple(sorted(faults, key=lambda fault: fault.row)),
    )


def _headers(names: Sequence[str]) -> tuple[dict[str, str], list[Fault]]:
    """Field to its header; and what is wrong with the header row."""
    headers: dict[str, str] = {}
    faults: list[Fault] = []
    for name in names:
        field = field_of(name)
        if field is not None and field in headers:
            faults.append(Fault(1, name, "roster.duplicate_column", {"first": headers[field]}))
        elif field is not None:
            headers[field] = name
    faults += [
        Fault(1, field, "roster.missing_column") for field in REQUIRED if field not in headers
    ]
    if not any(field in headers for field in CONTACTS):
        faults.append(Fault(1, ", ".join(CONTACTS), "roster.missing_column"))
    return headers, faults


class _Cells:
    """One row's cells, and the faults found while reading them."""

    def __init__(
        self, number: int, row: Mapping[str, str | None], headers: Mapping[str, str]
    ) -> None:
        self.number = number
        self.row = row
        self.headers = headers
        self.faults: list[Fault] = []

    def person(self) -> Person:
        """The person; a cell that can't be read is taken as blank, and is a fault."""
        for field in REQUIRED:
            if not self.text(field):
                self.fault(field, "roster.missing")
        if self.text("employee_id").startswith(NOT_AN_ID):
            self.fault("employee_id", "roster.bad_employee_id", self.text("employee_id"))
        if not any(self.text(field) for field in CONTACTS):
            first = next(field for field in CONTACTS if field in self.headers)
            self.fault(first, "roster.missing_contact")
        person = Person(
            employee_id=self.text("employee_id"),
            name=self.text("name"),
            email=self.text("email") or None,
            title=self.text("title"),
            role=self.text("role"),
            department=self.text("department"),
            manager_id=self.text("manager_id") or None,
            hrbp_id=self.text("hrbp_id") or None,
            track=self.read("track", fields.read_track) or fields.read_track(""),
            hired_on=self.day("hired_on"),
            left_on=self.day("left_on"),
            leave_from=self.day("leave_from"),
            leave_to=self.day("leave_to"),
            work_week=self.read("work_week", fields.read_work_week) or MONDAY_TO_FRIDAY,
            time_zone=self.read("time_zone", fields.read_time_zone),
            locale=self.read("locale", fields.read_locale),
            slack_id=self.text("slack_id") or None,
            dingtalk_id=self.text("dingtalk_id") or None,
            platform=self.read("platform", fields.read_platform),
        )
        self.in_order("hired_on", person.hired_on, "left_on", person.left_on)
        self.in_order("leave_from", person.leave_from, "leave_to", person.leave_to)
        if person.leave_to and not self.text("leave_from"):
            self.fault("leave_to", "roster.leave_without_start")
        return person

    def text(self, field: str) -> str:
        return (self.row.get(self.headers.get(field, "")) or "").strip()

    def read(self, field: str, reader: Callable[[str], T]) -> T | None:
        text = self.text(field)
        if not text:
            return None
        try:
            return reader(text)
        except ValueError:
            self.fault(field, f"roster.bad_{field}", text)
            return None

    def day(self, field: str) -> date | None:
        text = self.text(field)
        if not text:
            return None
        try:
            return fields.read_date(text)
        except ValueError:
            self.fault(field, "roster.bad_date", text)
            return None

    def in_order(self, first: str, start: date | None, second: str, end: date | None) -> None:
        if start and end and start > end:
            facts = {"first": self.headers[first], "second": self.headers[second]}
            column = self.headers[second]
            self.faults.append(Fault(self.number, column, "roster.dates_out_of_order", facts))

    def fault(self, field: str, key: str, value: str | None = None) -> None:
        facts = {} if value is None else {"value": value}
        self.faults.append(Fault(self.number, self.headers[field], key, facts))


def _filled(row: Mapping[str, str | None]) -> bool:
    return any(cell and cell.strip() for cell in row.values())
