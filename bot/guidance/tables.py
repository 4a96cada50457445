"""What guidance leaves behind: answers, choices, commitments, referrals. Every row names the message it came from."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Id, UtcDateTime


class RunStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"


class Run(Base):
    """One learner going through one interview."""

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_learner", "learner_id", "status"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"))
    interview: Mapped[str] = mapped_column(String(40))
    status: Mapped[RunStatus] = mapped_column(default=RunStatus.ACTIVE)
    asked: Mapped[str | None] = mapped_column(String(40))
    """The question that is open."""
    tries: Mapped[int] = mapped_column(default=0)
    picks: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What was ticked so far in an open question with many answers."""
    wave: Mapped[str] = mapped_column(String(8), default="start", server_default="start")
    """Which time the same questions are asked: start, 30, 90 or 180 days after."""
    about: Mapped[int | None] = mapped_column(Id)
    """The commitment it is about, when it is about one."""
    mending: Mapped[bool] = mapped_column(default=False, server_default=false())
    """One answer of a block that is done is being changed."""
    helped: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """The questions whose vague answer was helped once to become concrete."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Answer(Base):
    """One answer; `None` twice is a question she skipped. Free words are sealed, the rest is plain for counting."""

    __tablename__ = "answer"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    wave: Mapped[str] = mapped_column(String(8), default="start")
    value: Mapped[Any] = mapped_column(JSON)
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    message_id: Mapped[int] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PathwayChoice(Base):
    """What was suggested and what she chose, with the scores and reasons of then. A change of mind is a new row."""

    __tablename__ = "pathway_choice"
    __table_args__ = (UniqueConstraint("learner_id", "message_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"))
    message_id: Mapped[int] = mapped_column(Id)
    chosen: Mapped[str] = mapped_column(String(16))
    suggested: Mapped[str | None] = mapped_column(String(16))
    scores: Mapped[dict[str, int]] = mapped_column(JSON)
    reasons: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    """What spoke for each way, as it reads after "dijiste que"."""
    against: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict, server_default="{}")
    best: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """The ways with the highest score: several when they tie."""
    weights_version: Mapped[str] = mapped_column(String(8), default="", server_default="")
    """The weights it was counted with (`pathways.weights_version`); empty in rows older than the column."""
    content_version: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CommitmentStatus(StrEnum):
    """OPEN: to be done. REPLACED: another one took its place. DROPPED: she let it go."""

    OPEN = "open"
    DONE = "done"
    REPLACED = "replaced"
    DROPPED = "dropped"


class Commitment(Base):
    """What she will do: which day and hour, where, with whom, and what if something gets in the way."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("learner_id", "message_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"))
    message_id: Mapped[int] = mapped_column(Id)
    step: Mapped[str | None] = mapped_column(String(40))
    """The id of the step when it was one of ours; her own words are sealed."""
    words: Mapped[bytes] = mapped_column(LargeBinary)
    day: Mapped[date | None]
    hour: Mapped[str | None] = mapped_column(String(5))
    """Her own clock, such as 09:30."""
    place: Mapped[bytes | None] = mapped_column(LargeBinary)
    company: Mapped[bytes | None] = mapped_column(LargeBinary)
    obstacle: Mapped[bytes | None] = mapped_column(LargeBinary)
    if_then: Mapped[bytes | None] = mapped_column(LargeBinary)
    status: Mapped[CommitmentStatus] = mapped_column(default=CommitmentStatus.OPEN, server_default="open")
    reminder_id: Mapped[int | None] = mapped_column(Id)
    """The message that asks how it went."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CommitmentEvent(Base):
    """What became of a commitment: done, not_yet, hindered, moved, shrunk, replaced, help, dropped. Never changed."""

    __tablename__ = "commitment_event"
    __table_args__ = (UniqueConstraint("commitment_id", "message_id", "what"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), index=True)
    message_id: Mapped[int] = mapped_column(Id)
    what: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(24))
    """What got in the way: the id of an option; her own words are in the answer."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Milestone(Base):
    """Something she reached: found work, first sale, enrolled, or a module of lessons. Its words are sealed."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("learner_id", "message_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"))
    message_id: Mapped[int] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(24))
    words: Mapped[bytes] = mapped_column(LargeBinary)
    day: Mapped[date | None]
    evidence: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What she can show for it, in her words."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class TipGiven(Base):
    """A money tip she saw, what she said to it, and, asked some days later, whether she did it."""

    __tablename__ = "tip_given"

    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    tip: Mapped[str] = mapped_column(String(40), primary_key=True)
    answer: Mapped[str | None] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(8))
    """`done` or `not_yet`, the latest she said; empty while it was not asked or not answered."""
    outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LessonStatus(StrEnum):
    """OPEN: begun, or left for later. What is done stays done when it is read again."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


class LessonTaken(Base):
    """One learner's way through one lesson: which step she saw last, and which answer she gave last."""

    __tablename__ = "lesson_taken"

    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    lesson: Mapped[str] = mapped_column(String(40), primary_key=True)
    status: Mapped[LessonStatus] = mapped_column(default=LessonStatus.OPEN)
    step: Mapped[int] = mapped_column(default=0)
    """From 0, as `bot/guidance/lessons.py` cuts a lesson."""
    answer: Mapped[str | None] = mapped_column(String(24))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Pick(Base):
    """What she picked from what she was shown: an occupation, a way to study, an idea. The latest of a kind counts."""

    __tablename__ = "pick"
    __table_args__ = (UniqueConstraint("learner_id", "message_id", "kind"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id"))
    message_id: Mapped[int] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    item: Mapped[str] = mapped_column(String(40))
    content_version: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
