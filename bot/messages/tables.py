"""The message table is the inbox, the outbox and the record of the conversation."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Id, UtcDateTime


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Status(StrEnum):
    """Where a message stands. In: todo, doing, done, failed. Out: todo, doing, sent, delivered, read, failed."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""`not_before` of what was never told to wait. Clocks jump: it is due whatever the clock says."""
UNTIL_SHE_WRITES = datetime(9999, 1, 1, tzinfo=UTC)
"""`not_before` of what may only leave after her next message."""


SCHEDULED = "scheduled"
"""The `kind` of what is to be said first, at an agreed time; nobody sees it before."""
PERSON = "person"
"""The `kind` of what somebody of the team wrote; its content id is `staff/` and who."""


class Message(Base):
    """A message in either direction. Staff read `masked`; `sealed` holds what was really said."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("channel", "direction", "provider_id"),
        UniqueConstraint("answers_id", "part"),
        Index("ix_message_queue", "direction", "status", "not_before", "id"),
        Index("ix_message_learner", "learner_id", "id"),
        Index("ix_message_address", "address_id", "id"),
        Index("ix_message_intent", "intent", "learner_id"),
        Index("ix_message_confidence", "confidence", "learner_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"))
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"))
    channel: Mapped[str] = mapped_column(String(16))
    direction: Mapped[Direction]
    status: Mapped[Status] = mapped_column(default=Status.TODO)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime, default=AT_ONCE)
    attempts: Mapped[int] = mapped_column(default=0)
    strikes: Mapped[int] = mapped_column(default=0)
    """How often it failed by itself: an answer that did not come, a sending that may have happened."""
    reason: Mapped[str | None] = mapped_column(String(200))
    """Why it failed or waits, in words staff can read."""
    provider_id: Mapped[str | None] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(12), default="text")
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    masked: Mapped[str | None] = mapped_column(Text)

    picked: Mapped[str | None] = mapped_column(String(40))
    """Inbound: the id of the choice that was tapped."""
    understanding: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Inbound: intent, confidence and runners-up, or what was recognised before Rasa was asked."""
    intent: Mapped[str | None] = mapped_column(String(60))
    confidence: Mapped[float | None] = mapped_column(Float)
    """Inbound: both once more, to be looked for."""

    answers_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    """Outbound: the inbound message it answers; `part` counts the bubbles of that answer."""
    part: Mapped[int | None]
    content_id: Mapped[str | None] = mapped_column(String(80))
    content_version: Mapped[str | None] = mapped_column(String(12))
    choices: Mapped[list[dict[str, str]] | None] = mapped_column(JSON)
    """Outbound: what was offered, as `{"title", "payload"}`."""
    hears: Mapped[list[dict[str, str]] | None] = mapped_column(JSON)
    """Outbound: what may be written instead, not shown; `title` is how it is said."""
    media: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Outbound: the picture or paper that goes with it, as `{"paper": name, …}`; it is made when it is needed."""

    price: Mapped[int | None]
    """Outbound: what the service took for it, in hundred-thousandths of `price_unit`; None while it has not said."""
    price_unit: Mapped[str | None] = mapped_column(String(3))


class SaidWord(Base):
    """A word a learner wrote, out of her masked messages, once: how staff find a conversation without reading all."""

    __tablename__ = "said_word"

    word: Mapped[str] = mapped_column(String(24), primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), primary_key=True, index=True)


class Turn(Base):
    """What a message led to, sealed. The same message again gets the same outcome and writes nothing."""

    __tablename__ = "turn"

    message_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(8))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
