"""Calibration: sessions of groups, and the ratings that were moved in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "calibration",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("done_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_calibration_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["person.employee_id"], name=op.f("fk_calibration_opened_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["person.employee_id"], name=op.f("fk_calibration_closed_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
        sa.UniqueConstraint(
            "cycle_id", "kind", "key", "turn", name=op.f("uq_calibration_cycle_id_kind_key_turn")
        ),
    )
    op.create_table(
        "calibration_move",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("because", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["calibration.id"],
            name=op.f("fk_calibration_move_session_id_calibration"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_calibration_move_review_id_review")
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["person.employee_id"], name=op.f("fk_calibration_move_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_move")),
    )
    for column in ("session_id", "review_id"):
        op.create_index(op.f(f"ix_calibration_move_{column}"), "calibration_move", [column])


def downgrade() -> None:
    op.drop_table("calibration_move")
    op.drop_table("calibration")
