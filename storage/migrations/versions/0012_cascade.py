"""Goals of the company and of departments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cascade",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("goals", sa.LargeBinary(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.employee_id"], name=op.f("fk_cascade_set_by_person")
        ),
        sa.PrimaryKeyConstraint("period", "level", "department", name=op.f("pk_cascade")),
    )
    op.create_index(op.f("ix_cascade_set_by"), "cascade", ["set_by"])


def downgrade() -> None:
    op.drop_table("cascade")
