"""The rows of requests for feedback: who, when and about what plain, every word sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class FeedbackRequestRow(Row, table=True):
    __tablename__: ClassVar[str] = "feedback_request"
    __table_args__: ClassVar[Any] = (UniqueConstraint("together", "asked"),)
    id: str = Field(primary_key=True)
    together: str
    asker: str = Field(foreign_key="person.employee_id", index=True)
    asked: str = Field(foreign_key="person.employee_id", index=True)
    about: str
    at: datetime = _moment()
    answered_at: datetime | None = _moment()
    declined_at: datetime | None = _moment()
    said: bytes


FEEDBACK_REQUEST = METADATA.tables[str(FeedbackRequestRow.__tablename__)]
