"""The HR channel bears a name that no employee can have."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TO_CHANNEL = ("board", "board_strong", "board_resolved", "board_closed")
"""Kinds that only the channel ever got."""
OUTBOX = sa.table("outbox", *map(sa.column, ("id", "kind", "receiver", "once", "thread_of")))


def upgrade() -> None:
    _rename("hr", "#hr")


def downgrade() -> None:
    _rename("#hr", "hr")


def _rename(old: str, new: str) -> None:
    """Receiver, and the names that living messages and their threads go by."""
    connection = op.get_bind()
    wanted = OUTBOX.c.receiver == old, OUTBOX.c.kind.in_(TO_CHANNEL)
    for row in connection.execute(sa.select(OUTBOX).where(*wanted)).mappings().all():
        values: Mapping[str, str | None] = {
            "receiver": new,
            "once": _of(row["once"], old, new),
            "thread_of": row["thread_of"] and _of(row["thread_of"], old, new),
        }
        connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == row["id"]).values(values))


def _of(name: str, old: str, new: str) -> str:
    """ "paint/board/<platform>/<receiver>/<cycle>" with the other receiver."""
    parts = name.split("/")
    if parts[:2] == ["paint", "board"] and parts[3] == old:
        parts[3] = new
    return "/".join(parts)
