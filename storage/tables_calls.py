"""How many calls each platform was asked for in a month."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row


class CallCountRow(Row, table=True):
    __tablename__: ClassVar[str] = "call_count"
    platform: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    """Its first day."""
    kind: str = Field(primary_key=True)
    calls: int


CALL_COUNT = METADATA.tables[str(CallCountRow.__tablename__)]
