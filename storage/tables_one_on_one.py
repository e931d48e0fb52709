"""The rows of one-on-ones: who and when plain, every word sealed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class OneOnOneRow(Row, table=True):
    __tablename__: ClassVar[str] = "one_on_one"
    __table_args__: ClassVar[Any] = (UniqueConstraint("person", "manager", "number"),)
    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.employee_id")
    manager: str = Field(foreign_key="person.employee_id", index=True)
    number: int
    state: str = Field(index=True)
    starts_at: datetime | None = _moment()
    minutes: int
    sequence: int
    planned_at: datetime | None = _moment()
    settled_at: datetime | None = _moment()


class OneOnOneSheetRow(Row, table=True):
    __tablename__: ClassVar[str] = "one_on_one_sheet"
    talk_id: str = Field(primary_key=True, foreign_key="one_on_one.id")
    employee_id: str = Field(primary_key=True, foreign_key="person.employee_id", index=True)
    at: datetime = _moment()
    words: bytes


class RhythmRow(Row, table=True):
    __tablename__: ClassVar[str] = "rhythm"
    person: str = Field(primary_key=True, foreign_key="person.employee_id")
    manager: str = Field(primary_key=True, foreign_key="person.employee_id", index=True)
    weeks: int | None
    paused_until: date | None
    by: str = Field(foreign_key="person.employee_id")
    at: datetime = _moment()


ONE_ON_ONE = METADATA.tables[str(OneOnOneRow.__tablename__)]
ONE_ON_ONE_SHEET = METADATA.tables[str(OneOnOneSheetRow.__tablename__)]
RHYTHM = METADATA.tables[str(RhythmRow.__tablename__)]
