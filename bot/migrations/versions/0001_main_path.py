"""The main path

Revision ID: 0001_main_path
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_main_path"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_erasure")),
    )
    op.create_table(
        "learner",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("called", sa.LargeBinary(), nullable=True),
        sa.Column("age_band", sa.String(length=8), nullable=True),
        sa.Column("state", sa.String(length=3), nullable=True),
        sa.Column("pathway", sa.String(length=16), nullable=True),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner")),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("alias_lookup", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("standing", sa.String(20), nullable=False),
        sa.Column("standing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_address_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("channel", "lookup", name=op.f("uq_address_channel_lookup")),
    )
    op.create_index(op.f("ix_address_alias_lookup"), "address", ["alias_lookup"], unique=False)
    op.create_index(op.f("ix_address_learner_id"), "address", ["learner_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_commitment_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("learner_id", "message_id", name=op.f("uq_commitment_learner_id_message_id")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("notice_version", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_consent_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("message_id", name=op.f("uq_consent_message_id")),
    )
    op.create_index(op.f("ix_consent_learner_id"), "consent", ["learner_id"], unique=False)
    op.create_table(
        "link_code",
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_link_code_learner_id_learner")),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_link_code")),
    )
    op.create_index(op.f("ix_link_code_learner_id"), "link_code", ["learner_id"], unique=False)
    op.create_table(
        "opt_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("opted_in", sa.Boolean(), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_opt_change_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_change")),
    )
    op.create_index(op.f("ix_opt_change_learner_id"), "opt_change", ["learner_id"], unique=False)
    op.create_table(
        "pathway_choice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chosen", sa.String(length=16), nullable=False),
        sa.Column("suggested", sa.String(length=16), nullable=True),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("content_version", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_pathway_choice_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_choice")),
        sa.UniqueConstraint("learner_id", "message_id", name=op.f("uq_pathway_choice_learner_id_message_id")),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("need", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_referral_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("learner_id", "service", "need", name=op.f("uq_referral_learner_id_service_need")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("interview", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("asked", sa.String(length=40), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("picks", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_run_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index("ix_run_learner", "run", ["learner_id", "status"], unique=False)
    op.create_table(
        "tip_given",
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("tip", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_tip_given_learner_id_learner")),
        sa.PrimaryKeyConstraint("learner_id", "tip", name=op.f("pk_tip_given")),
    )
    op.create_table(
        "turn",
        sa.Column(
            "message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_turn_learner_id_learner")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_turn")),
    )
    op.create_index(op.f("ix_turn_learner_id"), "turn", ["learner_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("wave", sa.String(length=8), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_answer_learner_id_learner")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_answer_run_id_run")),
        sa.PrimaryKeyConstraint("run_id", "question", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_learner_id"), "answer", ["learner_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("address_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("direction", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("strikes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("provider_id", sa.String(length=128), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=True),
        sa.Column("picked", sa.String(length=40), nullable=True),
        sa.Column("understanding", sa.JSON(), nullable=True),
        sa.Column("answers_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("content_id", sa.String(length=80), nullable=True),
        sa.Column("content_version", sa.String(length=12), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_message_address_id_address")),
        sa.ForeignKeyConstraint(["answers_id"], ["message.id"], name=op.f("fk_message_answers_id_message")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_message_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("answers_id", "part", name=op.f("uq_message_answers_id_part")),
        sa.UniqueConstraint(
            "channel", "direction", "provider_id", name=op.f("uq_message_channel_direction_provider_id")
        ),
    )
    op.create_index("ix_message_address", "message", ["address_id", "id"], unique=False)
    op.create_index("ix_message_learner", "message", ["learner_id", "id"], unique=False)
    op.create_index("ix_message_queue", "message", ["direction", "status", "id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("pattern", sa.String(length=80), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_incident_learner_id_learner")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_incident_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("message_id", name=op.f("uq_incident_message_id")),
    )
    op.create_index(op.f("ix_incident_learner_id"), "incident", ["learner_id"], unique=False)
    op.create_index("ix_incident_open", "incident", ["closed_at", "due_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_incident_open", table_name="incident")
    op.drop_index(op.f("ix_incident_learner_id"), table_name="incident")
    op.drop_table("incident")
    op.drop_index("ix_message_queue", table_name="message")
    op.drop_index("ix_message_learner", table_name="message")
    op.drop_index("ix_message_address", table_name="message")
    op.drop_table("message")
    op.drop_index(op.f("ix_answer_learner_id"), table_name="answer")
    op.drop_table("answer")
    op.drop_index(op.f("ix_turn_learner_id"), table_name="turn")
    op.drop_table("turn")
    op.drop_table("tip_given")
    op.drop_index("ix_run_learner", table_name="run")
    op.drop_table("run")
    op.drop_table("referral")
    op.drop_table("pathway_choice")
    op.drop_index(op.f("ix_opt_change_learner_id"), table_name="opt_change")
    op.drop_table("opt_change")
    op.drop_index(op.f("ix_link_code_learner_id"), table_name="link_code")
    op.drop_table("link_code")
    op.drop_index(op.f("ix_consent_learner_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_table("commitment")
    op.drop_index(op.f("ix_address_learner_id"), table_name="address")
    op.drop_index(op.f("ix_address_alias_lookup"), table_name="address")
    op.drop_table("address")
    op.drop_table("learner")
    op.drop_table("erasure")
