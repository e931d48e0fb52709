"""The rows of goals that are being agreed: when what was done plain, every word sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment() -> Any:
    return Field(sa_type=Utc)


class GoalSheetRow(Row, table=True):
    __tablename__: ClassVar[str] = "goal_sheet"
    review: str = Field(primary_key=True, foreign_key="review.id")
    submitted_at: datetime | None = _moment()
    returned_at: datetime | None = _moment()
    approved_at: datetime | None = _moment()
    confirmed_at: datetime | None = _moment()
    agreed_at: datetime | None = _moment()
    proposed: bytes
    before: bytes | None
    words: bytes
    version: int


GOAL_SHEET = METADATA.tables[str(GoalSheetRow.__tablename__)]
