"""A review keeps who led the person at the period's end, where the roster has moved them since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review", sa.Column("led_by", sa.String(), nullable=True))
    op.create_index(op.f("ix_review_led_by"), "review", ["led_by"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_review_led_by"), table_name="review")
    op.drop_column("review", "led_by")
