"""The rows of calibration: sessions and moves; who, when and how far plain, the reason sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class CalibrationRow(Row, table=True):
    __tablename__: ClassVar[str] = "calibration"
    __table_args__: ClassVar[Any] = (UniqueConstraint("cycle_id", "kind", "key", "turn"),)
    id: str = Field(primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id")
    kind: str
    key: str
    turn: int
    opened_by: str = Field(foreign_key="person.employee_id")
    opened_at: datetime = _moment()
    closed_by: str | None = Field(default=None, foreign_key="person.employee_id")
    closed_at: datetime | None = _moment(default=None)
    done_at: datetime | None = _moment(default=None)


class CalibrationMoveRow(Row, table=True):
    __tablename__: ClassVar[str] = "calibration_move"
    id: str = Field(primary_key=True)
    session_id: str = Field(foreign_key="calibration.id", index=True)
    review_id: str = Field(foreign_key="review.id", index=True)
    was: str | None
    now: str
    by: str = Field(foreign_key="person.employee_id")
    at: datetime = _moment()
    because: bytes


CALIBRATION = METADATA.tables[str(CalibrationRow.__tablename__)]
CALIBRATION_MOVE = METADATA.tables[str(CalibrationMoveRow.__tablename__)]
