"""The rows of mentors and whom they go along with: when plain, every word sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class PairingRow(Row, table=True):
    __tablename__: ClassVar[str] = "pairing"
    action_id: str = Field(primary_key=True, foreign_key="action.id")
    mentor: str = Field(primary_key=True, foreign_key="person.employee_id", index=True)
    began_at: datetime = _moment()
    declined_at: datetime | None = _moment()
    closed_at: datetime | None = _moment()
    mentor_word: bytes | None
    owner_word: bytes | None


class PairingMetRow(Row, table=True):
    __tablename__: ClassVar[str] = "pairing_met"
    action_id: str = Field(primary_key=True, foreign_key="action.id")
    number: int = Field(primary_key=True)
    by: str = Field(primary_key=True, foreign_key="person.employee_id", index=True)
    met: bool
    at: datetime = _moment()


PAIRING = METADATA.tables[str(PairingRow.__tablename__)]
PAIRING_MET = METADATA.tables[str(PairingMetRow.__tablename__)]
