"""Interviews, appeals and actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "interview",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("told_at", moment, nullable=True),
        sa.Column("first_slot", moment, nullable=True),
        sa.Column("second_slot", moment, nullable=True),
        sa.Column("starts_at", moment, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("late_at", moment, nullable=True),
        sa.Column("held_at", moment, nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_interview_review_id_review")
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_interview")),
    )
    op.create_index(op.f("ix_interview_ends_on"), "interview", ["ends_on"])
    op.create_table(
        "interview_part",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_interview_part_review_id_review")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["person.employee_id"],
            name=op.f("fk_interview_part_employee_id_person"),
        ),
        sa.PrimaryKeyConstraint("review_id", "employee_id", name=op.f("pk_interview_part")),
    )
    op.create_index(op.f("ix_interview_part_employee_id"), "interview_part", ["employee_id"])
    op.create_table(
        "appeal",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("filed_at", moment, nullable=False),
        sa.Column("decider", sa.String(), nullable=True),
        sa.Column("named_at", moment, nullable=True),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("moved", sa.Boolean(), nullable=True),
        sa.Column("late_at", moment, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("frozen", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_appeal_review_id_review")
        ),
        sa.ForeignKeyConstraint(
            ["decider"], ["person.employee_id"], name=op.f("fk_appeal_decider_person")
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_appeal")),
    )
    op.create_index(op.f("ix_appeal_decider"), "appeal", ["decider"])
    op.create_table(
        "action",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("going", sa.String(), nullable=False),
        sa.Column("agreed_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_action_review_id_review")
        ),
        sa.ForeignKeyConstraint(
            ["about"], ["person.employee_id"], name=op.f("fk_action_about_person")
        ),
        sa.ForeignKeyConstraint(
            ["owner"], ["person.employee_id"], name=op.f("fk_action_owner_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    for column in ("review_id", "about", "owner"):
        op.create_index(op.f(f"ix_action_{column}"), "action", [column])


def downgrade() -> None:
    for table in ("action", "appeal", "interview_part", "interview"):
        op.drop_table(table)
