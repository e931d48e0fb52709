"""What a platform's contacts said last, their news, and where somebody likes to be written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("platform", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("stands_on", sa.String(), nullable=True))
    op.create_table(
        "contact_said",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        _person("contact_said"),
        sa.PrimaryKeyConstraint("platform", "employee_id", "field", name=op.f("pk_contact_said")),
    )
    op.create_index(op.f("ix_contact_said_employee_id"), "contact_said", ["employee_id"])
    op.create_table(
        "contact_news",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=True),
        _person("contact_news"),
        sa.PrimaryKeyConstraint("platform", "account_id", name=op.f("pk_contact_news")),
    )
    op.create_index(op.f("ix_contact_news_employee_id"), "contact_news", ["employee_id"])


def _person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_employee_id_person")
    return sa.ForeignKeyConstraint(["employee_id"], ["person.employee_id"], name=name)


def downgrade() -> None:
    op.drop_table("contact_news")
    op.drop_table("contact_said")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("stands_on")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("platform")
