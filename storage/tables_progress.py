"""The rows of progress on goals: when and how it looks plain, every word sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


class GoalProgressRow(Row, table=True):
    __tablename__: ClassVar[str] = "goal_progress"
    __table_args__: ClassVar[Any] = (UniqueConstraint("review", "row", "number"),)
    id: str = Field(primary_key=True)
    review: str = Field(foreign_key="review.id")
    row: str
    number: int
    at: datetime = Field(sa_type=Utc)
    outlook: str
    said: bytes


GOAL_PROGRESS = METADATA.tables[str(GoalProgressRow.__tablename__)]
