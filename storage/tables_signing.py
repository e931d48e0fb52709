"""The rows of sign-offs: seals, the salts of what they saw, and who stands in for whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment(**more: Any) -> Any:
    return Field(sa_type=Utc, **more)


class SealRow(Row, table=True):
    """Only ever added to; it holds digests, and no text."""

    __tablename__: ClassVar[str] = "seal"
    __table_args__: ClassVar[Any] = (UniqueConstraint("cycle_id", "place"),)
    review_id: str = Field(primary_key=True, foreign_key="review.id")
    number: int = Field(primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id")
    place: int
    decision: str
    desk: str
    by: str | None
    at: datetime = _moment()
    voids: str
    """Numbers with commas between."""
    seen: str
    digest: str
    head: str


class SealSaltRow(Row, table=True):
    """One a review; without it nobody can tell what its seals saw."""

    __tablename__: ClassVar[str] = "seal_salt"
    review_id: str = Field(primary_key=True, foreign_key="review.id")
    salt: bytes


class DelegationRow(Row, table=True):
    __tablename__: ClassVar[str] = "delegation"
    id: str = Field(primary_key=True)
    owner: str = Field(foreign_key="person.employee_id", index=True)
    stand_in: str = Field(foreign_key="person.employee_id")
    first_day: date
    last_day: date = Field(index=True)
    at: datetime = _moment()


SEAL = METADATA.tables[str(SealRow.__tablename__)]
SEAL_SALT = METADATA.tables[str(SealSaltRow.__tablename__)]
DELEGATION = METADATA.tables[str(DelegationRow.__tablename__)]
