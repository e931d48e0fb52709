"""One-on-ones; an action may come from one, and then from no review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "one_on_one",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_at", moment, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("planned_at", moment, nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        *_points("one_on_one", "person", "manager"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_on_one")),
        sa.UniqueConstraint(
            "person", "manager", "number", name=op.f("uq_one_on_one_person_manager_number")
        ),
    )
    op.create_index(op.f("ix_one_on_one_manager"), "one_on_one", ["manager"])
    op.create_index(op.f("ix_one_on_one_state"), "one_on_one", ["state"])
    op.create_table(
        "one_on_one_sheet",
        sa.Column("talk_id", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["talk_id"], ["one_on_one.id"], name=op.f("fk_one_on_one_sheet_talk_id_one_on_one")
        ),
        *_points("one_on_one_sheet", "employee_id"),
        sa.PrimaryKeyConstraint("talk_id", "employee_id", name=op.f("pk_one_on_one_sheet")),
    )
    op.create_index(op.f("ix_one_on_one_sheet_employee_id"), "one_on_one_sheet", ["employee_id"])
    op.create_table(
        "rhythm",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", moment, nullable=False),
        *_points("rhythm", "person", "manager", "by"),
        sa.PrimaryKeyConstraint("person", "manager", name=op.f("pk_rhythm")),
    )
    op.create_index(op.f("ix_rhythm_manager"), "rhythm", ["manager"])
    with op.batch_alter_table("action") as batch:
        batch.alter_column("review_id", existing_type=sa.String(), nullable=True)
        batch.add_column(sa.Column("talk_id", sa.String(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_action_talk_id_one_on_one"), "one_on_one", ["talk_id"], ["id"]
        )
        batch.create_index(op.f("ix_action_talk_id"), ["talk_id"])


def _points(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    """Columns that name people."""
    return [
        sa.ForeignKeyConstraint(
            [column], ["person.employee_id"], name=op.f(f"fk_{table}_{column}_person")
        )
        for column in columns
    ]


def downgrade() -> None:
    with op.batch_alter_table("action") as batch:
        batch.drop_index(op.f("ix_action_talk_id"))
        batch.drop_constraint(op.f("fk_action_talk_id_one_on_one"), type_="foreignkey")
        batch.drop_column("talk_id")
        batch.alter_column("review_id", existing_type=sa.String(), nullable=False)
    for table in ("rhythm", "one_on_one_sheet", "one_on_one"):
        op.drop_table(table)
