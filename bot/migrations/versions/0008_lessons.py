"""Lessons she took, and whether she did what a tip proposed

Revision ID: 0008_lessons
Revises: 0007_console
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_lessons"
down_revision = "0007_console"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lesson_taken",
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("lesson", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=24), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_lesson_taken_learner_id_learner")),
        sa.PrimaryKeyConstraint("learner_id", "lesson", name=op.f("pk_lesson_taken")),
    )
    with op.batch_alter_table("tip_given") as tip:
        tip.add_column(sa.Column("outcome", sa.String(length=8), nullable=True))
        tip.add_column(sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tip_given") as tip:
        tip.drop_column("outcome_at")
        tip.drop_column("outcome")
    op.drop_table("lesson_taken")
