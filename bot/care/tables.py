"""What staff must look at. An incident lives as long as the learner's data; its story is in the sealed message."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Id, UtcDateTime


class IncidentKind(StrEnum):
    """What someone of the team must look at: the classes of the safety net, and three of our own."""

    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    CHILD_ABUSE = "child_abuse"
    TRAFFICKING = "trafficking"
    MEDICAL = "medical_emergency"
    PERSON = "person_wanted"
    UNANSWERED = "unanswered"
    UNDELIVERED = "undelivered"


class Outcome(StrEnum):
    """What came of an incident."""

    ACCOMPANIED = "accompanied"
    REFERRED = "referred"
    NOT_REACHED = "not_reached"
    NOTHING_NEEDED = "nothing_needed"
    FALSE_ALARM = "false_alarm"


class Incident(Base):
    """Someone needs a person, since when and how urgently. One of a kind per message."""

    __tablename__ = "incident"
    __table_args__ = (Index("ix_incident_open", "closed_at", "due_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), unique=True)
    kind: Mapped[IncidentKind]
    severity: Mapped[str] = mapped_column(String(8))
    pattern: Mapped[str | None] = mapped_column(String(80))
    """Which pattern of the safety net fired; of what did not reach her, why not."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """By when a person should have looked."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody of the team said: I saw it."""
    assignee_id: Mapped[int | None] = mapped_column(Id)
    """Who looks after it (`staff.id`; staff are never deleted)."""
    outcome: Mapped[Outcome | None]
    """What came of it, when it was closed by a person."""
