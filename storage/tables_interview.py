"""The rows of interviews: when and who plain, every word sealed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class InterviewRow(Row, table=True):
    __tablename__: ClassVar[str] = "interview"
    review_id: str = Field(primary_key=True, foreign_key="review.id")
    began_at: datetime = _moment()
    told_at: datetime | None = _moment()
    first_slot: datetime | None = _moment()
    second_slot: datetime | None = _moment()
    starts_at: datetime | None = _moment()
    minutes: int
    sequence: int
    asked_at: datetime | None = _moment()
    late_at: datetime | None = _moment()
    held_at: datetime | None = _moment()
    ends_on: date | None = Field(index=True)


class InterviewPartRow(Row, table=True):
    __tablename__: ClassVar[str] = "interview_part"
    review_id: str = Field(primary_key=True, foreign_key="review.id")
    employee_id: str = Field(primary_key=True, foreign_key="person.employee_id", index=True)
    at: datetime = _moment()
    words: bytes


class AppealRow(Row, table=True):
    __tablename__: ClassVar[str] = "appeal"
    review_id: str = Field(primary_key=True, foreign_key="review.id")
    filed_at: datetime = _moment()
    decider: str | None = Field(foreign_key="person.employee_id", index=True)
    named_at: datetime | None = _moment()
    decide_by: date | None
    decided_at: datetime | None = _moment()
    moved: bool | None
    late_at: datetime | None = _moment()
    words: bytes
    frozen: bytes
    why: bytes | None


class ActionRow(Row, table=True):
    __tablename__: ClassVar[str] = "action"
    id: str = Field(primary_key=True)
    review_id: str | None = Field(foreign_key="review.id", index=True)
    talk_id: str | None = Field(foreign_key="one_on_one.id", index=True)
    about: str = Field(foreign_key="person.employee_id", index=True)
    owner: str = Field(foreign_key="person.employee_id", index=True)
    due: date
    going: str
    agreed_at: datetime = _moment()
    changed_at: datetime = _moment()
    text: bytes
    kind: str
    link: bytes | None
    mentor: str | None = Field(index=True)


class ActionWordRow(Row, table=True):
    __tablename__: ClassVar[str] = "action_word"
    action_id: str = Field(primary_key=True, foreign_key="action.id")
    number: int = Field(primary_key=True)
    going: str
    by: str = Field(foreign_key="person.employee_id", index=True)
    at: datetime = _moment()
    words: bytes | None


INTERVIEW = METADATA.tables[str(InterviewRow.__tablename__)]
INTERVIEW_PART = METADATA.tables[str(InterviewPartRow.__tablename__)]
APPEAL = METADATA.tables[str(AppealRow.__tablename__)]
ACTION = METADATA.tables[str(ActionRow.__tablename__)]
ACTION_WORD = METADATA.tables[str(ActionWordRow.__tablename__)]
