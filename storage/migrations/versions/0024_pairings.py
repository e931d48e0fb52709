"""Mentors and whom they go along with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "pairing",
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("mentor", sa.String(), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("declined_at", moment, nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("mentor_word", sa.LargeBinary(), nullable=True),
        sa.Column("owner_word", sa.LargeBinary(), nullable=True),
        *_points("pairing", "mentor"),
        sa.PrimaryKeyConstraint("action_id", "mentor", name=op.f("pk_pairing")),
    )
    op.create_index(op.f("ix_pairing_mentor"), "pairing", ["mentor"])
    op.create_table(
        "pairing_met",
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("at", moment, nullable=False),
        *_points("pairing_met", "by"),
        sa.PrimaryKeyConstraint("action_id", "number", "by", name=op.f("pk_pairing_met")),
    )
    op.create_index(op.f("ix_pairing_met_by"), "pairing_met", ["by"])


def _points(table: str, person: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f(f"fk_{table}_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            [person], ["person.employee_id"], name=op.f(f"fk_{table}_{person}_person")
        ),
    ]


def downgrade() -> None:
    op.drop_table("pairing_met")
    op.drop_table("pairing")
