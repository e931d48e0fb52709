"""An action may be a training or a pairing with a mentor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("action", sa.Column("kind", sa.String(), nullable=False, server_default="task"))
    op.add_column("action", sa.Column("link", sa.LargeBinary(), nullable=True))
    op.add_column("action", sa.Column("mentor", sa.String(), nullable=True))
    op.create_index(op.f("ix_action_mentor"), "action", ["mentor"])


def downgrade() -> None:
    op.drop_index(op.f("ix_action_mentor"), table_name="action")
    for name in ("mentor", "link", "kind"):
        op.drop_column("action", name)
