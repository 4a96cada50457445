"""The directory of services, referrals to them, every step of a referral, and one-time links to confirm it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Id, UtcDateTime
from bot.referrals.states import By, State


class Listed(Base):
    """A service of the directory as it was imported last; `row` has the columns of `services.csv`."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    row: Mapped[dict[str, Any]] = mapped_column(JSON)


class Import(Base):
    """One import of the directory: which file, how many services, when."""

    __tablename__ = "directory_import"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the file, so that the same one is not imported again at every start."""
    services: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Referral(Base):
    """A service offered for a need, and what became of it. Of violence and health, what and where is sealed."""

    __tablename__ = "referral"
    __table_args__ = (Index("ix_referral_learner", "learner_id"), Index("ix_referral_status", "status", "at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"))
    service: Mapped[str | None] = mapped_column(String(60))
    need: Mapped[str | None] = mapped_column(String(24))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Need and service of a private one, as JSON."""
    for_staff: Mapped[bool] = mapped_column(default=False, server_default=false())
    """She agreed that staff see it."""
    status: Mapped[State] = mapped_column(default=State.OFFERED)
    reason: Mapped[str | None] = mapped_column(String(16))
    """Why it failed."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReferralEvent(Base):
    """One step of a referral: from what to what, who said so, why. Rows are never changed."""

    __tablename__ = "referral_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    before: Mapped[State | None]
    after: Mapped[State]
    by: Mapped[By]
    reason: Mapped[str | None] = mapped_column(String(16))
    message_id: Mapped[int | None] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConfirmLink(Base):
    """A one-time link with which the service's contact says that she came. Only the hash of its token is kept."""

    __tablename__ = "confirm_link"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
