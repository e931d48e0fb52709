"""A review keeps what was really reached on its goals, as it was imported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review", sa.Column("actuals", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("review", "actuals")
