"""The rows of the library's editions: when and by whom plain, the words sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field

from storage.tables import METADATA, Row
from storage.utc import Utc


def _moment() -> Any:
    return Field(sa_type=Utc)


class LibraryEditionRow(Row, table=True):
    __tablename__: ClassVar[str] = "library_edition"
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    since: datetime = _moment()
    by: str | None
    library: bytes


LIBRARY_EDITION = METADATA.tables[str(LibraryEditionRow.__tablename__)]
