"""Requests for feedback: whom somebody asked about themself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLE = "feedback_request"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("together", sa.String(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("declined_at", moment, nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asker"], ["person.employee_id"], name=op.f("fk_feedback_request_asker_person")
        ),
        sa.ForeignKeyConstraint(
            ["asked"], ["person.employee_id"], name=op.f("fk_feedback_request_asked_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_request")),
        sa.UniqueConstraint("together", "asked", name=op.f("uq_feedback_request_together_asked")),
    )
    op.create_index(op.f("ix_feedback_request_asker"), TABLE, ["asker"])
    op.create_index(op.f("ix_feedback_request_asked"), TABLE, ["asked"])


def downgrade() -> None:
    op.drop_table(TABLE)
