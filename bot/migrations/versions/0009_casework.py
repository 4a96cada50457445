"""The team's own work: requests with a deadline, call-backs, labels, who is in charge, what was read, saved filters

Revision ID: 0009_casework
Revises: 0008_lessons
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0009_casework"
down_revision = "0008_lessons"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def moment(name: str, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def learner() -> sa.Column[str]:
    return sa.Column("learner_id", sa.String(length=32), nullable=False)


def staff() -> sa.Column[int]:
    return sa.Column("staff_id", number(), nullable=False)


def to_learner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f(f"fk_{table}_learner_id_learner"))


def to_staff(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f(f"fk_{table}_staff_id_staff"))


def upgrade() -> None:
    _waiting()
    _marks()
    op.create_table(
        "saved_filter",
        sa.Column("id", number(), nullable=False),
        staff(),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        to_staff("saved_filter"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("staff_id", "name", name=op.f("uq_saved_filter_staff_id_name")),
    )


def _waiting() -> None:
    op.create_table(
        "rights_request",
        sa.Column("id", number(), nullable=False),
        learner(),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        staff(),
        moment("closed_at", null=True),
        to_learner("rights_request"),
        to_staff("rights_request"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
    )
    op.create_index(op.f("ix_rights_request_learner_id"), "rights_request", ["learner_id"])
    op.create_index("ix_rights_request_open", "rights_request", ["closed_at", "due_on"])
    op.create_table(
        "call_back",
        sa.Column("id", number(), nullable=False),
        learner(),
        sa.Column("message_id", number(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        moment("at"),
        sa.Column("asked_id", number(), nullable=True),
        sa.Column("called", sa.Boolean(), nullable=True),
        moment("closed_at", null=True),
        to_learner("call_back"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back")),
        sa.UniqueConstraint("learner_id", "message_id", name=op.f("uq_call_back_learner_id_message_id")),
    )
    op.create_index("ix_call_back_open", "call_back", ["closed_at", "day"])


def _marks() -> None:
    op.create_table(
        "label",
        learner(),
        sa.Column("name", sa.String(length=24), nullable=False),
        staff(),
        moment("at"),
        to_learner("label"),
        to_staff("label"),
        sa.PrimaryKeyConstraint("learner_id", "name", name=op.f("pk_label")),
    )
    op.create_index(op.f("ix_label_name"), "label", ["name"])
    for table, key in (("charge", ("learner_id",)), ("seen", ("learner_id", "staff_id"))):
        op.create_table(
            table,
            learner(),
            staff(),
            moment("at"),
            to_learner(table),
            to_staff(table),
            sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        )
    op.create_index(op.f("ix_charge_staff_id"), "charge", ["staff_id"])
    op.add_column("link_code", sa.Column("staff_id", number(), nullable=True))


def downgrade() -> None:
    op.drop_column("link_code", "staff_id")
    for name in ("seen", "charge", "label", "call_back", "rights_request", "saved_filter"):
        op.drop_table(name)
