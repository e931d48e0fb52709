"""The rows of forms that are asked part by part; where each of them stands is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


class AskingRow(Row, table=True):
    __tablename__: ClassVar[str] = "asking"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("employee_id", "platform", "form", "subject"),
    )
    surface: str = Field(primary_key=True)
    employee_id: str = Field(foreign_key="person.employee_id")
    platform: str
    form: str
    subject: str
    turn: int
    reads: bool
    aside: bool
    typed: bool
    touched_at: datetime = Field(sa_type=Utc)
    place: bytes


ASKING = METADATA.tables[str(AskingRow.__tablename__)]
