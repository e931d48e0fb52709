"""Messages kept for a review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "evidence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("kept_at", moment, nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["keeper"], ["person.employee_id"], name=op.f("fk_evidence_keeper_person")
        ),
        sa.ForeignKeyConstraint(
            ["about"], ["person.employee_id"], name=op.f("fk_evidence_about_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("keeper", "place", name=op.f("uq_evidence_keeper_place")),
    )
    op.create_index(op.f("ix_evidence_about"), "evidence", ["about"])


def downgrade() -> None:
    op.drop_table("evidence")
