"""Seals of sign-offs, and who stands in for whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "seal",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("voids", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_seal_review_id_review")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_seal_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("review_id", "number", name=op.f("pk_seal")),
        sa.UniqueConstraint("cycle_id", "place", name=op.f("uq_seal_cycle_id_place")),
    )
    op.create_table(
        "seal_salt",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_seal_salt_review_id_review")
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_seal_salt")),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("stand_in", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner"], ["person.employee_id"], name=op.f("fk_delegation_owner_person")
        ),
        sa.ForeignKeyConstraint(
            ["stand_in"], ["person.employee_id"], name=op.f("fk_delegation_stand_in_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index(op.f("ix_delegation_owner"), "delegation", ["owner"])
    op.create_index(op.f("ix_delegation_last_day"), "delegation", ["last_day"])


def downgrade() -> None:
    op.drop_table("delegation")
    op.drop_table("seal_salt")
    op.drop_table("seal")
