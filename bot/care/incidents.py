"""Opens what a person of the team must look at, with a clock that runs by how urgent it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.care.safety import Finding
from bot.care.tables import Incident, IncidentKind
from bot.db import insert_once

CLOCK = {"now": timedelta(minutes=15), "high": timedelta(hours=2), "concern": timedelta(hours=24)}
"""By when someone should have looked."""

CARE = frozenset(IncidentKind) - {IncidentKind.PERSON, IncidentKind.UNANSWERED, IncidentKind.UNDELIVERED}
RECENT = timedelta(hours=24)
PATTERN = 80
"""Characters of the column."""


def open_incident(
    session: Session,
    learner_id: str,
    message_id: int,
    kind: IncidentKind,
    now: datetime,
    severity: str = "concern",
    pattern: str | None = None,
) -> bool:
    """Open an incident, once a message. False when that message has one already."""
    when = {"opened_at": now, "due_at": now + CLOCK[severity]}
    what = {"kind": kind, "severity": severity, "pattern": pattern}
    return insert_once(session, Incident, {"learner_id": learner_id, "message_id": message_id, **what, **when})


def open_for(session: Session, learner_id: str, message_id: int, finding: Finding, now: datetime) -> bool:
    """Open the incident of what the safety net found."""
    kind = IncidentKind(finding.risk)
    return open_incident(session, learner_id, message_id, kind, now, finding.severity, finding.pattern)


def open_undelivered(session: Session, learner_id: str, message_id: int, said: str, why: str, now: datetime) -> bool:
    """Words of ours that did not reach her. `said` is their content id: help lines that got lost are urgent."""
    severity = "now" if said.startswith("care/") else "concern"
    return open_incident(session, learner_id, message_id, IncidentKind.UNDELIVERED, now, severity, why[:PATTERN])


def is_recent(session: Session, learner_id: str, now: datetime) -> bool:
    """Whether the safety net caught something in the last day: then SALIR closes that subject."""
    mine = (Incident.learner_id == learner_id, Incident.kind.in_(CARE), Incident.opened_at > now - RECENT)
    return bool(session.scalar(select(exists().where(*mine))))
