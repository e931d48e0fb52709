"""Times in the database: UTC going in, aware coming out."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from storage.errors import NaiveTimeError


def aware(at: datetime) -> datetime:
    """The same moment in UTC. Raises NaiveTimeError without a time zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise NaiveTimeError(f"{at.isoformat()} has no time zone")
    return at.astimezone(UTC)


class Utc(TypeDecorator[datetime]):
    """An aware moment; SQLite keeps no time zone, so all of them are kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into UTC. Raises NaiveTimeError without a time zone."""
        del dialect
        return None if value is None else aware(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again, also where the database forgot that it was UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
