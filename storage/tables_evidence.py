"""The rows of kept messages: who, for whom and when plain, every word sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


class EvidenceRow(Row, table=True):
    __tablename__: ClassVar[str] = "evidence"
    __table_args__: ClassVar[Any] = (UniqueConstraint("keeper", "place"),)
    id: str = Field(primary_key=True)
    keeper: str = Field(foreign_key="person.employee_id")
    about: str = Field(foreign_key="person.employee_id", index=True)
    place: str
    sent_at: datetime = Field(sa_type=Utc)
    kept_at: datetime = Field(sa_type=Utc)
    message: bytes


EVIDENCE = METADATA.tables[str(EvidenceRow.__tablename__)]
