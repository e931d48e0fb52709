"""Praise in public, tied to a value."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "praise",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["giver"], ["person.employee_id"], name=op.f("fk_praise_giver_person")
        ),
        sa.ForeignKeyConstraint(
            ["receiver"], ["person.employee_id"], name=op.f("fk_praise_receiver_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_praise")),
    )
    op.create_index(op.f("ix_praise_giver"), "praise", ["giver"])
    op.create_index(op.f("ix_praise_receiver_at"), "praise", ["receiver", "at"])
    op.create_index(op.f("ix_praise_at"), "praise", ["at"])
    op.create_index(op.f("ix_praise_reached_at"), "praise", ["reached_at"])


def downgrade() -> None:
    op.drop_table("praise")
