"""What the team keeps about its own work: requests with a deadline, call-backs, labels, filters. See `tables.py`."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Id, UtcDateTime


class RequestKind(StrEnum):
    """What a person may ask for about her data (in Mexico the rights called ARCO)."""

    ACCESS = "access"
    RECTIFY = "rectify"
    CANCEL = "cancel"
    OPPOSE = "oppose"


class RightsRequest(Base):
    """She asked for something about her data; the law gives a last day to answer."""

    __tablename__ = "rights_request"
    __table_args__ = (Index("ix_rights_request_open", "closed_at", "due_on"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    kind: Mapped[RequestKind]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    """The last day to decide (`deadlines.py`)."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    """Who wrote it down."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CallBack(Base):
    """She wants to be called, on which day and in which part of it. The latest open one of a learner counts."""

    __tablename__ = "call_back"
    __table_args__ = (UniqueConstraint("learner_id", "message_id"), Index("ix_call_back_open", "closed_at", "day"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"))
    message_id: Mapped[int] = mapped_column(Id)
    day: Mapped[date]
    part: Mapped[str] = mapped_column(String(8))
    """`am` or `pm` on the office's clock."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_id: Mapped[int | None] = mapped_column(Id)
    """The message that asks whether we called."""
    called: Mapped[bool | None]
    """What she said to it."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Label(Base):
    """A word the team put on a conversation."""

    __tablename__ = "label"

    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(24), primary_key=True, index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Charge(Base):
    """Whose conversation it is: who of the team looks after this learner."""

    __tablename__ = "charge"

    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Seen(Base):
    """Up to which message somebody of the team has read a conversation."""

    __tablename__ = "seen"

    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SavedFilter(Base):
    """A filter of the list of conversations under a name, of one person of the team."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("staff_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(String(40))
    query: Mapped[str] = mapped_column(String(500))
