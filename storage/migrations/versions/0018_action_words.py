"""What was said of how an action goes, word by word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action_word",
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("going", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_word_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["person.employee_id"], name=op.f("fk_action_word_by_person")
        ),
        sa.PrimaryKeyConstraint("action_id", "number", name=op.f("pk_action_word")),
    )
    op.create_index(op.f("ix_action_word_by"), "action_word", ["by"])


def downgrade() -> None:
    op.drop_table("action_word")
