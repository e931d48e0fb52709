"""Runs migrations in the transaction that storage.migrate has begun, or on a given database."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, String, create_engine

from storage.schema import METADATA
from storage.utc import Utc

PROCRASTINATE = "procrastinate_"
"""Tables of the job library, which brings its own."""


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith(PROCRASTINATE))


def _plainly(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Migrations name the database's own types, so that they outlive our classes."""
    if kind == "type" and isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(getattr(item, "impl", None), String):
        return "sa.String()"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        include_name=_ours,
        render_item=_plainly,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_given = context.config.attributes.get("connection")
if _given is not None:
    _run(_given)
else:
    # A developer's `alembic revision --autogenerate`, with -x url=sqlite:///...
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as _made:
        _run(_made)
