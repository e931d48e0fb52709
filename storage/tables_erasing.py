"""Who was erased, who must not be, and the ratings of those who were, as counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment() -> Any:
    return Field(sa_type=Utc)


class ErasedRow(Row, table=True):
    __tablename__: ClassVar[str] = "erased"
    employee_id: str = Field(primary_key=True, foreign_key="person.employee_id")
    at: datetime = _moment()


class HoldRow(Row, table=True):
    __tablename__: ClassVar[str] = "hold"
    employee_id: str = Field(primary_key=True, foreign_key="person.employee_id")
    at: datetime = _moment()
    by: str | None
    reason: bytes


class RatingCountRow(Row, table=True):
    """How many ratings of people who were erased are alike; no row says whose they were."""

    __tablename__: ClassVar[str] = "rating_count"
    id: str = Field(primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    department: str
    manager: str | None = Field(foreign_key="person.employee_id")
    rated_by: str | None
    rating: str
    k: str | None
    self_in: bool
    surprise: bool
    same_words: bool
    times: int


ERASED = METADATA.tables[str(ErasedRow.__tablename__)]
HOLD = METADATA.tables[str(HoldRow.__tablename__)]
RATING_COUNT = METADATA.tables[str(RatingCountRow.__tablename__)]
