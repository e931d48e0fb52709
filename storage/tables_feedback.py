"""The rows of feedback: who, when and of which kind plain, every word sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class FeedbackRow(Row, table=True):
    __tablename__: ClassVar[str] = "feedback"
    __table_args__: ClassVar[Any] = (Index(None, "receiver", "reached_at"),)
    id: str = Field(primary_key=True)
    giver: str = Field(foreign_key="person.employee_id", index=True)
    receiver: str = Field(foreign_key="person.employee_id")
    kind: str
    about: str
    as_manager: bool
    wants_talk: bool
    at: datetime = _moment()
    reached_at: datetime | None = _moment()
    thanked_at: datetime | None = _moment()
    talk_asked_at: datetime | None = _moment()
    answered_at: datetime | None = _moment()
    said: bytes
    answer: bytes | None


FEEDBACK = METADATA.tables[str(FeedbackRow.__tablename__)]
