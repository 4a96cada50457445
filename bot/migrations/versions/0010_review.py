"""Reviews of turns, and the training sentences that come of them

Revision ID: 0010_review
Revises: 0009_casework
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0010_review"
down_revision = "0009_casework"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def moment(name: str, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", number(), nullable=False),
        sa.Column("message_id", number(), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", number(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("should", sa.String(length=60), nullable=True),
        sa.Column("tone", sa.Boolean(), nullable=False),
        sa.Column("safe", sa.Boolean(), nullable=False),
        moment("at"),
        *_keys("review", "staff_id"),
        sa.UniqueConstraint("message_id", "staff_id", name=op.f("uq_review_message_id_staff_id")),
    )
    op.create_index(op.f("ix_review_learner_id"), "review", ["learner_id"])
    op.create_table(
        "example",
        sa.Column("id", number(), nullable=False),
        sa.Column("message_id", number(), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", number(), nullable=False),
        sa.Column("decided_by", number(), nullable=True),
        moment("at"),
        moment("decided_at", null=True),
        sa.Column("checked_in", sa.String(length=12), nullable=True),
        sa.Column("fixed_in", sa.String(length=12), nullable=True),
        *_keys("example", "proposed_by"),
        sa.UniqueConstraint("message_id", name=op.f("uq_example_message_id")),
    )
    op.create_index(op.f("ix_example_learner_id"), "example", ["learner_id"])
    op.create_index("ix_example_stage", "example", ["stage", "id"])


def _keys(table: str, staff: str) -> list[sa.Constraint]:
    points = {"message_id": "message", "learner_id": "learner", staff: "staff"}
    names = {column: op.f(f"fk_{table}_{column}_{to}") for column, to in points.items()}
    foreign = [sa.ForeignKeyConstraint([column], [f"{to}.id"], name=names[column]) for column, to in points.items()]
    return [*foreign, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]


def downgrade() -> None:
    for table in ("example", "review"):
        op.drop_table(table)
