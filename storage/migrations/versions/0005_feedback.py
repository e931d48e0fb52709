"""Feedback, and what a rating says of what was heard before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTED = ("surprise", "same_words")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("as_manager", sa.Boolean(), nullable=False),
        sa.Column("wants_talk", sa.Boolean(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("reached_at", moment, nullable=True),
        sa.Column("thanked_at", moment, nullable=True),
        sa.Column("talk_asked_at", moment, nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["giver"], ["person.employee_id"], name=op.f("fk_feedback_giver_person")
        ),
        sa.ForeignKeyConstraint(
            ["receiver"], ["person.employee_id"], name=op.f("fk_feedback_receiver_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_giver"), "feedback", ["giver"])
    op.create_index(op.f("ix_feedback_receiver_reached_at"), "feedback", ["receiver", "reached_at"])
    for name in COUNTED:
        op.add_column("review", sa.Column(name, sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("review") as batch:
        for name in COUNTED:
            batch.drop_column(name)
    op.drop_table("feedback")
