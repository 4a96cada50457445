"""Life project: gender, telephone, waves, commitments that are followed up, milestones

Revision ID: 0002_life_project
Revises: 0001_main_path
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_life_project"
down_revision = "0001_main_path"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("learner", sa.Column("municipality", sa.String(length=60), nullable=True))
    op.add_column("learner", sa.Column("gender", sa.String(length=1), nullable=True))
    op.add_column("learner", sa.Column("phone", sa.String(length=8), nullable=True))
    op.add_column("learner", sa.Column("may_remind", sa.Boolean(), nullable=True))
    op.add_column("learner", sa.Column("group_code", sa.String(length=24), nullable=True))
    op.add_column("run", sa.Column("wave", sa.String(length=8), server_default="start", nullable=False))
    op.add_column("run", sa.Column("about", number(), nullable=True))
    op.add_column("run", sa.Column("mending", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("run", sa.Column("helped", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("commitment", sa.Column("hour", sa.String(length=5), nullable=True))
    for words in ("place", "company", "obstacle", "if_then"):
        op.add_column("commitment", sa.Column(words, sa.LargeBinary(), nullable=True))
    op.add_column("commitment", sa.Column("status", sa.String(20), server_default="open", nullable=False))
    op.add_column("commitment", sa.Column("reminder_id", number(), nullable=True))
    op.add_column("message", sa.Column("media", sa.JSON(), nullable=True))
    op.create_index("ix_learner_erase_at", "learner", ["erase_at"], unique=False)
    _events()
    _milestones()


def _events() -> None:
    op.create_table(
        "commitment_event",
        sa.Column("id", number(), nullable=False),
        sa.Column("commitment_id", number(), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", number(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_event_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_commitment_event_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_event")),
        sa.UniqueConstraint(
            "commitment_id", "message_id", "what", name=op.f("uq_commitment_event_commitment_id_message_id_what")
        ),
    )
    op.create_index(op.f("ix_commitment_event_learner_id"), "commitment_event", ["learner_id"], unique=False)


def _milestones() -> None:
    op.create_table(
        "milestone",
        sa.Column("id", number(), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", number(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_milestone_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("learner_id", "message_id", name=op.f("uq_milestone_learner_id_message_id")),
    )


def downgrade() -> None:
    op.drop_column("message", "media")
    op.drop_table("milestone")
    op.drop_index(op.f("ix_commitment_event_learner_id"), table_name="commitment_event")
    op.drop_table("commitment_event")
    for column in ("reminder_id", "status", "if_then", "obstacle", "company", "place", "hour"):
        op.drop_column("commitment", column)
    for column in ("helped", "mending", "about", "wave"):
        op.drop_column("run", column)
    op.drop_index("ix_learner_erase_at", table_name="learner")
    for column in ("group_code", "may_remind", "phone", "gender", "municipality"):
        op.drop_column("learner", column)
