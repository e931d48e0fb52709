"""Times in the database: UTC going in, aware coming out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
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


class plus(FunctionElement[datetime]):  # noqa: N801  a function, as the others of SQL
    """A moment, and whole seconds after it: that later moment, in either database."""

    type = Utc()
    name = "plus"
    inherit_cache = True


@compiles(plus, "sqlite")
def _plus_in_sqlite(element: plus, compiler: SQLCompiler, **more: Any) -> str:
    # Kept as text. Its own time has no more than milliseconds, so the fraction stays as it was.
    moment, seconds = (compiler.process(part, **more) for part in element.clauses)
    whole = f"strftime('%Y-%m-%d %H:%M:%S', substr({moment}, 1, 19), {seconds} || ' seconds')"
    return f"({whole} || substr({moment}, 20))"


@compiles(plus, "postgresql")
def _plus_in_postgresql(element: plus, compiler: SQLCompiler, **more: Any) -> str:
    moment, seconds = (compiler.process(part, **more) for part in element.clauses)
    return f"({moment} + make_interval(secs => {seconds}))"
