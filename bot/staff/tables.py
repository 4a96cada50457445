"""Who works with Rumbo, what they did, and what they wrote about a learner. In `bot`, so that erasure finds it all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Id, UtcDateTime
from bot.staff.roles import Role


class Staff(Base):
    """Somebody of the team. Rows are never deleted, because the audit log names them; who leaves gets `left_at`."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    """Signs in with it, and learners read it when this person writes to them."""
    role: Mapped[Role]
    group_code: Mapped[str | None] = mapped_column(String(24))
    """The cohort of a counsellor, who sees no other."""
    password: Mapped[str | None] = mapped_column(String(200))
    """Argon2id with its parameters; empty until the invitation was taken."""
    totp: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The secret of the second factor, sealed."""
    totp_step: Mapped[int | None]
    """The time step of the last code that was taken: none until the first, and none of it or before is taken again."""
    failures: Mapped[int] = mapped_column(default=0)
    """Tries to sign in since the last that worked."""
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """A browser that signed in. Rows go when they have run out."""

    __tablename__ = "staff_session"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what the cookie holds: who reads the database cannot sign in with it."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    proven: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the second factor was given; without it a session opens nothing."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffInvite(Base):
    """A link that sets a password, once."""

    __tablename__ = "staff_invite"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what the link holds."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditLine(Base):
    """Something that was revealed, changed or exported. Only ever added: the database itself refuses the rest."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    """Nobody when it was done by the command `rumbo`."""
    act: Mapped[str] = mapped_column(String(24))
    subject: Mapped[str | None] = mapped_column(String(16), index=True)
    """About whom (`bot/staff/audit.py`). After an erasure nothing leads from it to a person."""
    detail: Mapped[str | None] = mapped_column(String(300))
    """The reason or the change, masked."""


class Hold(Base):
    """A conversation a person has taken over. One row a learner, so that two people cannot answer at once."""

    __tablename__ = "hold"

    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Note(Base):
    """What somebody of the team wrote down about a learner, for colleagues; sealed."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
