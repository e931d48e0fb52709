"""Goals of the company and of departments; what they say is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


class CascadeRow(Row, table=True):
    __tablename__: ClassVar[str] = "cascade"
    period: str = Field(primary_key=True)
    level: str = Field(primary_key=True)
    department: str = Field(primary_key=True)
    goals: bytes
    set_by: str = Field(foreign_key="person.employee_id", index=True)
    set_at: datetime = Field(sa_type=Utc)


CASCADE = METADATA.tables[str(CascadeRow.__tablename__)]
