"""Forms that are asked part by part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asking",
        sa.Column("surface", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["person.employee_id"], name=op.f("fk_asking_employee_id_person")
        ),
        sa.PrimaryKeyConstraint("surface", name=op.f("pk_asking")),
        sa.UniqueConstraint(
            "employee_id",
            "platform",
            "form",
            "subject",
            name=op.f("uq_asking_employee_id_platform_form_subject"),
        ),
    )


def downgrade() -> None:
    op.drop_table("asking")
