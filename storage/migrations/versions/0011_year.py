"""A year's review keeps its quarters as they stood when it was rated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review", sa.Column("year", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("review", "year")
