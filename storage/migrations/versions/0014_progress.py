"""Progress on goals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goal_progress",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outlook", sa.String(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review"], ["review.id"], name=op.f("fk_goal_progress_review_review")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_progress")),
        sa.UniqueConstraint(
            "review", "row", "number", name=op.f("uq_goal_progress_review_row_number")
        ),
    )


def downgrade() -> None:
    op.drop_table("goal_progress")
