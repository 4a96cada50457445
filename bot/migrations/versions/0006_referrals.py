"""The directory of services, the steps of a referral, and links to confirm one

Revision ID: 0006_referrals
Revises: 0004_choice_reasons
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_referrals"
down_revision = "0004_choice_reasons"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _directory()
    with op.batch_alter_table("referral") as referral:
        referral.drop_constraint("uq_referral_learner_id_service_need", type_="unique")
        referral.alter_column("service", existing_type=sa.String(60), nullable=True)
        referral.alter_column("need", existing_type=sa.String(24), nullable=True)
        referral.alter_column("status", existing_type=sa.String(10), type_=sa.String(20))
        referral.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
        referral.add_column(sa.Column("for_staff", sa.Boolean(), server_default=sa.false(), nullable=False))
        referral.add_column(sa.Column("reason", sa.String(length=16), nullable=True))
    op.create_index("ix_referral_learner", "referral", ["learner_id"], unique=False)
    op.create_index("ix_referral_status", "referral", ["status", "at"], unique=False)
    _events()
    _links()


def _directory() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_table(
        "directory_import",
        sa.Column("id", number(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_import")),
    )


def _events() -> None:
    op.create_table(
        "referral_event",
        sa.Column("id", number(), nullable=False),
        sa.Column("referral_id", number(), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=True),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("message_id", number(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_referral_event_referral_id_referral")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_referral_event_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_event")),
    )
    for column in ("referral_id", "learner_id"):
        op.create_index(op.f(f"ix_referral_event_{column}"), "referral_event", [column], unique=False)


def _links() -> None:
    op.create_table(
        "confirm_link",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("referral_id", number(), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_confirm_link_referral_id_referral")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_confirm_link_learner_id_learner")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_confirm_link")),
    )
    op.create_index(op.f("ix_confirm_link_learner_id"), "confirm_link", ["learner_id"], unique=False)


def downgrade() -> None:
    for table in ("confirm_link", "referral_event", "directory_import", "service"):
        op.drop_table(table)
    for index in ("ix_referral_learner", "ix_referral_status"):
        op.drop_index(index, "referral")
    op.execute(
        "DELETE FROM referral WHERE service IS NULL OR need IS NULL"
    )  # sealed ones have no place in the old shape
    with op.batch_alter_table("referral") as referral:
        for column in ("reason", "for_staff", "sealed"):
            referral.drop_column(column)
        referral.alter_column("status", existing_type=sa.String(20), type_=sa.String(10))
        referral.alter_column("need", existing_type=sa.String(24), nullable=False)
        referral.alter_column("service", existing_type=sa.String(60), nullable=False)
        referral.create_unique_constraint("uq_referral_learner_id_service_need", ["learner_id", "service", "need"])
