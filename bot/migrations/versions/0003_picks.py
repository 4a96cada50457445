"""What she picked from what she was shown

Revision ID: 0003_picks
Revises: 0002_life_project
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_picks"
down_revision = "0002_life_project"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pick",
        sa.Column("id", number(), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", number(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("content_version", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_pick_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick")),
        sa.UniqueConstraint("learner_id", "message_id", "kind", name=op.f("uq_pick_learner_id_message_id_kind")),
    )


def downgrade() -> None:
    op.drop_table("pick")
