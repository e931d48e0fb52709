"""The rows of what a platform's contacts said last, and of what they told since."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


class ContactSaidRow(Row, table=True):
    __tablename__: ClassVar[str] = "contact_said"
    platform: str = Field(primary_key=True)
    employee_id: str = Field(foreign_key="person.employee_id", primary_key=True, index=True)
    field: str = Field(primary_key=True)
    value: str


class ContactNewsRow(Row, table=True):
    """Of a department, or of somebody whom the roster does not know, without an employee."""

    __tablename__: ClassVar[str] = "contact_news"
    platform: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    kind: str
    at: datetime = Field(sa_type=Utc)
    employee_id: str | None = Field(foreign_key="person.employee_id", index=True)


CONTACT_SAID = METADATA.tables[str(ContactSaidRow.__tablename__)]
CONTACT_NEWS = METADATA.tables[str(ContactNewsRow.__tablename__)]
