"""Weekly check-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_in",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["person.employee_id"], name=op.f("fk_check_in_employee_id_person")
        ),
        sa.PrimaryKeyConstraint("employee_id", "week", name=op.f("pk_check_in")),
    )
    op.create_index(op.f("ix_check_in_week"), "check_in", ["week"])


def downgrade() -> None:
    op.drop_table("check_in")
