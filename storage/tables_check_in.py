"""The rows of weekly check-ins: who and when plain, every word sealed."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


class CheckInRow(Row, table=True):
    __tablename__: ClassVar[str] = "check_in"
    employee_id: str = Field(foreign_key="person.employee_id", primary_key=True)
    week: date = Field(primary_key=True, index=True)
    answered_at: datetime = Field(sa_type=Utc)
    revision: int
    words: bytes | None


CHECK_IN = METADATA.tables[str(CheckInRow.__tablename__)]
