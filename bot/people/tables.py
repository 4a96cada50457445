"""Who someone is. Rows live until the person erases them, except where a table says otherwise."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db import Base, Id, UtcDateTime


class Learner(Base):
    """A person under a made-up name. Everything that could tell who it is, is sealed."""

    __tablename__ = "learner"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locale: Mapped[str] = mapped_column(String(12))
    called: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What to call her, sealed."""
    age_band: Mapped[str | None] = mapped_column(String(8))
    state: Mapped[str | None] = mapped_column(String(3))
    municipality: Mapped[str | None] = mapped_column(String(60))
    pathway: Mapped[str | None] = mapped_column(String(16))
    gender: Mapped[str | None] = mapped_column(String(1))
    """The grammatical gender she wants to be spoken to in: f, m or n; without gender until she says."""
    phone: Mapped[str | None] = mapped_column(String(8))
    """Whose telephone it is: own or shared. On a shared one the first words of ours are neutral."""
    may_remind: Mapped[bool | None]
    """Whether we may write first; only a yes counts."""
    group_code: Mapped[str | None] = mapped_column(String(24), index=True)
    """The code of the group she came with."""
    opted_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when staff hold this conversation and the bot is silent."""
    erase_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When she asked for her data to be erased; done as soon as the good-bye has left."""
    unsure: Mapped[int] = mapped_column(default=0)
    """How many messages in a row were not understood."""
    busy_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    busy_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """A worker has one of her messages in hand until then; nobody takes another before."""


class Standing(StrEnum):
    """Whether an address can be written to."""

    OPEN = "open"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"


class Address(Base):
    """Where a learner can be reached. The external id (a phone number, a chat id) is sealed and found by keyed hash."""

    __tablename__ = "address"
    __table_args__ = (
        UniqueConstraint("channel", "lookup"),
        Index("ix_address_last_inbound", "last_inbound_at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    lookup: Mapped[str] = mapped_column(String(64))
    alias_lookup: Mapped[str | None] = mapped_column(String(64), index=True)
    """Keyed hash of the channel's second id of the same person (WhatsApp's `ExternalUserId`)."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    standing: Mapped[Standing] = mapped_column(default=Standing.OPEN)
    standing_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_inbound_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    busy_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    busy_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """A worker is sending to it, or waits before it tries again."""

    learner: Mapped[Learner] = relationship()


class Consent(Base):
    """One answer to one purpose, never changed afterwards: a new answer is a new row."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(32))
    given: Mapped[bool]
    notice_version: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    message_id: Mapped[int | None] = mapped_column(Id, unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class OptChange(Base):
    """Each time a learner stopped or restarted messages, and how."""

    __tablename__ = "opt_change"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    opted_in: Mapped[bool]
    method: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkCode(Base):
    """A code that joins a second channel to a learner. Lives 30 minutes and works once."""

    __tablename__ = "link_code"

    lookup: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(Id)
    """Who of the team gave it to her (`staff.id`): only such a code joins two histories."""


class Erasure(Base):
    """The receipt of an erasure: that it happened and how much went. Nothing in it leads back to the person."""

    __tablename__ = "erasure"

    receipt: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    rows: Mapped[int]
