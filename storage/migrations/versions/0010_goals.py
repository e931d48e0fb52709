"""Goals that are being agreed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    marks = ("submitted_at", "returned_at", "approved_at", "confirmed_at", "agreed_at")
    op.create_table(
        "goal_sheet",
        sa.Column("review", sa.String(), nullable=False),
        *(sa.Column(name, moment, nullable=True) for name in marks),
        sa.Column("proposed", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review"], ["review.id"], name=op.f("fk_goal_sheet_review_review")
        ),
        sa.PrimaryKeyConstraint("review", name=op.f("pk_goal_sheet")),
    )


def downgrade() -> None:
    op.drop_table("goal_sheet")
