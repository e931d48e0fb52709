"""The rows of praise: who, when and for which value plain, every word sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class PraiseRow(Row, table=True):
    __tablename__: ClassVar[str] = "praise"
    __table_args__: ClassVar[Any] = (Index(None, "receiver", "at"),)
    id: str = Field(primary_key=True)
    giver: str = Field(foreign_key="person.employee_id", index=True)
    receiver: str = Field(foreign_key="person.employee_id")
    value: str
    at: datetime = _moment(index=True)
    reached_at: datetime | None = _moment(index=True)
    taken_at: datetime | None = _moment()
    said: bytes


PRAISE = METADATA.tables[str(PraiseRow.__tablename__)]
