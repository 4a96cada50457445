"""What reviewers said about turns, and the training sentences that came of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Id, UtcDateTime


class Review(Base):
    """One reviewer's word on one message: one row each, a second look changes it."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("message_id", "staff_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    right: Mapped[bool]
    """Whether it was understood."""
    should: Mapped[str | None] = mapped_column(String(60))
    """The intent it should have been, when it was not."""
    tone: Mapped[bool]
    """Whether the answer was kind and plain."""
    safe: Mapped[bool]
    """Whether nothing in the answer could harm her."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Stage(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Example(Base):
    """A sentence that may become training data. One a message; masked, and an editor may change it."""

    __tablename__ = "example"
    __table_args__ = (Index("ix_example_stage", "stage", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), unique=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(String(60))
    stage: Mapped[Stage] = mapped_column(default=Stage.PROPOSED)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_by: Mapped[int | None] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_in: Mapped[str | None] = mapped_column(String(12))
    """The model that was asked last."""
    fixed_in: Mapped[str | None] = mapped_column(String(12))
    """The first model that understood it."""
