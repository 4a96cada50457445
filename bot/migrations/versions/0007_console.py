"""The staff console: who works here, the audit log, holds, notes; words and intents to look for

Revision ID: 0007_console
Revises: 0006_referrals
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0007_console"
down_revision = "0006_referrals"
branch_labels = None
depends_on = None

BATCH = 5_000


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def moment(name: str, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def upgrade() -> None:
    _staff()
    _entering()
    _audit_log()
    _about_learners()
    _looking_for()


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", number(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("group_code", sa.String(length=24), nullable=True),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        moment("locked_until", null=True),
        moment("created_at"),
        moment("left_at", null=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
    )


def _entering() -> None:
    op.create_table(
        "staff_session",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("staff_id", number(), nullable=False),
        sa.Column("proven", sa.Boolean(), server_default=sa.false(), nullable=False),
        moment("made_at"),
        moment("seen_at"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"])
    op.create_table(
        "staff_invite",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("staff_id", number(), nullable=False),
        moment("expires_at"),
        moment("used_at", null=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_invite_staff_id_staff")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_staff_invite")),
    )
    op.create_index(op.f("ix_staff_invite_staff_id"), "staff_invite", ["staff_id"])


def _audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", number(), nullable=False),
        moment("at"),
        sa.Column("staff_id", number(), nullable=True),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=True),
        sa.Column("detail", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_audit_log_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index(op.f("ix_audit_log_staff_id"), "audit_log", ["staff_id"])
    op.create_index(op.f("ix_audit_log_subject"), "audit_log", ["subject"])
    for statement in _only_added(op.get_bind().dialect.name):
        op.execute(statement)


def _only_added(dialect: str) -> list[str]:
    """What makes the database refuse to change the log, whoever asks."""
    if dialect == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
        return [f"CREATE TRIGGER audit_log_{what} BEFORE {what} ON audit_log {refuse}" for what in ("UPDATE", "DELETE")]
    return [
        "CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$",
        "CREATE TRIGGER audit_log_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()",
    ]


def _about_learners() -> None:
    op.create_table(
        "hold",
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", number(), nullable=False),
        moment("since"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_hold_learner_id_learner")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_hold_staff_id_staff")),
        sa.PrimaryKeyConstraint("learner_id", name=op.f("pk_hold")),
    )
    op.create_table(
        "note",
        sa.Column("id", number(), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", number(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        moment("at"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_note_learner_id_learner")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_note_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_learner_id"), "note", ["learner_id"])
    op.add_column("incident", moment("seen_at", null=True))
    op.add_column("incident", sa.Column("assignee_id", number(), nullable=True))
    op.add_column("incident", sa.Column("outcome", sa.String(20), nullable=True))


def _looking_for() -> None:
    op.create_table(
        "said_word",
        sa.Column("word", sa.String(length=24), nullable=False),
        sa.Column("learner_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_said_word_learner_id_learner")),
        sa.PrimaryKeyConstraint("word", "learner_id", name=op.f("pk_said_word")),
    )
    op.create_index(op.f("ix_said_word_learner_id"), "said_word", ["learner_id"])
    op.add_column("message", sa.Column("intent", sa.String(length=60), nullable=True))
    op.add_column("message", sa.Column("confidence", sa.Float(), nullable=True))
    _fill()
    op.create_index("ix_message_intent", "message", ["intent", "learner_id"])
    op.create_index("ix_message_confidence", "message", ["confidence", "learner_id"])
    op.create_index("ix_address_last_inbound", "address", ["last_inbound_at", "id"])
    op.create_index(op.f("ix_learner_group_code"), "learner", ["group_code"])


def _fill() -> None:
    """What was understood and said so far can be looked for too."""
    if op.get_bind().dialect.name == "sqlite":
        intent, confidence = "json_extract(understanding, '$.intent')", "json_extract(understanding, '$.confidence')"
    else:
        intent, confidence = "understanding ->> 'intent'", "(understanding ->> 'confidence')::float"
    known = "direction = 'in' AND understanding IS NOT NULL"
    op.execute(f"UPDATE message SET intent = {intent}, confidence = {confidence} WHERE {known}")  # noqa: S608 -- our words
    read = sa.text(
        "SELECT id, learner_id, masked FROM message WHERE id > :after AND direction = 'in' AND masked IS NOT NULL "
        "ORDER BY id LIMIT :most"
    )
    after = 0
    while rows := op.get_bind().execute(read, {"after": after, "most": BATCH}).all():
        found = {(word, row.learner_id) for row in rows for word in _words(row.masked)}
        add = sa.text("INSERT INTO said_word (word, learner_id) VALUES (:word, :learner) ON CONFLICT DO NOTHING")
        if found:
            op.get_bind().execute(add, [{"word": word, "learner": learner} for word, learner in sorted(found)])
        after = rows[-1].id


def _words(text: str) -> set[str]:
    """As `bot/messages/words.py` did it then."""
    shown = re.sub(r"«\w+»", " ", text)
    plain = "".join(c for c in unicodedata.normalize("NFKD", shown.casefold()) if not unicodedata.combining(c))
    return {word[:24] for word in re.findall(r"\w{3,}", plain)}


def downgrade() -> None:
    for table, name in (("learner", "ix_learner_group_code"), ("address", "ix_address_last_inbound")):
        op.drop_index(name, table)
    for name in ("ix_message_confidence", "ix_message_intent"):
        op.drop_index(name, "message")
    for table, name in (("message", "confidence"), ("message", "intent")):
        op.drop_column(table, name)
    for name in ("outcome", "assignee_id", "seen_at"):
        op.drop_column("incident", name)
    for name in ("said_word", "note", "hold", "audit_log", "staff_invite", "staff_session", "staff"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_log_refuse")
