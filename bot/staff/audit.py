"""The audit log: a line for every act that reveals, changes or exports. Nothing can change one or take it back."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from bot.people.masking import mask
from bot.staff.tables import AuditLine

LONGEST = 300


def write(
    session: Session, staff_id: int | None, act: str, at: datetime, learner_id: str | None = None, detail: str = ""
) -> None:
    """Add a line, in the transaction of what it is about: without the line the act does not happen."""
    subject = subject_of(learner_id) if learner_id else None
    told = mask(detail).text[:LONGEST] if detail else None
    session.add(AuditLine(at=at, staff_id=staff_id, act=act, subject=subject, detail=told))


def subject_of(learner_id: str) -> str:
    """How the log names a learner: the same each time, and no way back to her.

    It begins with the number of the receipt she gets when she is erased (`privacy.receipt_for`), so that she can still
    ask who looked at her data.
    """
    return hashlib.sha256(b"receipt " + learner_id.encode()).hexdigest()[:16].upper()
