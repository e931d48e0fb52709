"""Erasing a person: who was, who must not be, and what is left of their ratings.

Of a line of the audit trail its details may be emptied, and nothing else of it changed; the
digests of seals stay.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_REFUSED = (
    "NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.event <> OLD.event "
    "OR NEW.subject <> OLD.subject OR COALESCE(NEW.actor, '') <> COALESCE(OLD.actor, '') "
    "OR NEW.at <> OLD.at OR LENGTH(NEW.details) > 0 OR OLD.event LIKE 'seal.%'"
)


def upgrade() -> None:
    op.create_table(
        "erased",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["person.employee_id"], name=op.f("fk_erased_employee_id_person")
        ),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_erased")),
    )
    op.create_table(
        "hold",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["person.employee_id"], name=op.f("fk_hold_employee_id_person")
        ),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_hold")),
    )
    op.create_table(
        "rating_count",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=True),
        sa.Column("rated_by", sa.String(), nullable=True),
        sa.Column("rating", sa.String(), nullable=False),
        sa.Column("k", sa.String(), nullable=True),
        sa.Column("self_in", sa.Boolean(), nullable=False),
        sa.Column("surprise", sa.Boolean(), nullable=False),
        sa.Column("same_words", sa.Boolean(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_rating_count_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["manager"], ["person.employee_id"], name=op.f("fk_rating_count_manager_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_count")),
    )
    op.create_index(op.f("ix_rating_count_cycle_id"), "rating_count", ["cycle_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_refuses_update")
        op.execute(
            "CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit "
            f"WHEN {_REFUSED} "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )
    else:
        op.execute("DROP TRIGGER audit_refuses ON audit")
        op.execute(
            "CREATE TRIGGER audit_refuses BEFORE DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()"
        )
        op.execute(
            "CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit "
            f"FOR EACH ROW WHEN ({_REFUSED}) EXECUTE FUNCTION audit_refuses()".replace("%", "%%")
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_refuses_update")
        op.execute(
            "CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )
    else:
        op.execute("DROP TRIGGER audit_refuses_update ON audit")
        op.execute("DROP TRIGGER audit_refuses ON audit")
        op.execute(
            "CREATE TRIGGER audit_refuses BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()"
        )
    op.drop_index(op.f("ix_rating_count_cycle_id"), table_name="rating_count")
    op.drop_table("rating_count")
    op.drop_table("hold")
    op.drop_table("erased")
